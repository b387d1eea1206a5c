"""Signed answers come in by the destination's own door."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from standardwebhooks import Webhook

from pivotpoint.lib import clock
from pivotpoint.pivot import edit, loops
from pivotpoint.pivot.models import Answer, Destination, Handoff, Stage
from tests.receiver import SECRET
from tests.switchyard import make_insight, make_pivot


@pytest.fixture
def handoff(teams: Any, ines: Any) -> Handoff:
    pivot = make_pivot(teams["finance"], ines, destinations=0)
    Destination.objects.create(pivot=pivot, name="ERP", kind="webhook", secret=SECRET)
    return loops.open_loop(make_insight(), pivot, by=None).handoffs.get()


def post(handoff: Handoff, said: Any, *, key: str = "a1", secret: str = SECRET, age: int = 0) -> Any:
    body = json.dumps(said)
    at = datetime.now(UTC) - timedelta(seconds=age)
    headers = {
        "webhook-id": key,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(key, at, body),
    }
    return Client(enforce_csrf_checks=True).post(
        f"/hooks/{handoff.destination_id}/", body, content_type="application/json", headers=headers
    )


def test_a_signed_answer_moves_the_loop_once(handoff: Handoff) -> None:
    said = {"handoff": handoff.key, "outcome": "accepted", "by": "ERP clerk"}
    first, second = post(handoff, said), post(handoff, said)
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    assert first.json()["stage"] == Stage.ACCEPTED
    assert Answer.objects.get().actor_name == "ERP clerk"


@pytest.mark.parametrize(
    "options", [{"secret": "whsec_" + "c29tZWJvZHkgZWxzZSBzaWduZWQgaXQ="}, {"age": 330}, {"age": -330}]
)
def test_a_wrong_or_old_signature_is_a_stranger(handoff: Handoff, options: Any) -> None:
    response = post(handoff, {"handoff": handoff.key, "outcome": "accepted"}, **options)
    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert not Answer.objects.exists()


def test_what_no_database_keeps_is_left_out_of_an_answer(handoff: Handoff) -> None:
    """Refused, it would be sent again and again."""
    said = {"handoff": handoff.key, "outcome": "declined", "note": "Not \0us\ud800.", "by": "\0Clerk"}
    assert post(handoff, said).status_code == 200
    assert (Answer.objects.get().note, Answer.objects.get().actor_name) == ("Not �us�.", "�Clerk")


def test_a_system_that_declines_may_say_what_those_who_asked_are_told(handoff: Handoff) -> None:
    said = {"handoff": handoff.key, "outcome": "declined", "note": "Code 17.", "told": "It is too late."}
    assert post(handoff, said).status_code == 200
    move = handoff.loop.moves.last()
    assert move is not None
    assert (move.reason, move.told) == ("Code 17.", "It is too late.")


def test_an_answer_comes_out_of_order_and_the_loop_does_not_go_back(handoff: Handoff) -> None:
    for key, outcome in (("3", "delivered"), ("1", "accepted"), ("2", "changing"), ("3", "delivered")):
        assert post(handoff, {"handoff": handoff.key, "outcome": outcome}, key=key).status_code == 200
    assert Answer.objects.count() == 3
    assert Handoff.objects.get().loop.stage == Stage.DELIVERED


@pytest.mark.parametrize("signature", ["", "v1", "v1,%%%", "v2,abc", "a,b,c"])
def test_a_broken_signature_is_a_stranger_too(handoff: Handoff, signature: str) -> None:
    headers = {"webhook-id": "1", "webhook-timestamp": str(int(datetime.now(UTC).timestamp()))}
    response = Client().post(
        f"/hooks/{handoff.destination_id}/",
        b"\xff",
        content_type="application/json",
        headers=headers | {"webhook-signature": signature},
    )
    assert response.status_code == 401


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        ({"outcome": "accepted"}, 404, "the key that came with it"),
        ({"handoff": "loop-1-1-99", "outcome": "accepted"}, 404, "the key that came with it"),
        ({"handoff": "KEY", "outcome": "perhaps"}, 422, "“perhaps” is no answer"),
        ({"handoff": "KEY", "outcome": "declined"}, 422, "Declining needs a reason"),
        (["accepted"], 422, "Send a JSON object"),
        ({"handoff": "\ud800\0", "outcome": "accepted"}, 404, "the key that came with it"),
    ],
)
def test_a_wrong_answer_gets_one_sentence(handoff: Handoff, said: Any, status: int, sentence: str) -> None:
    if isinstance(said, dict) and said.get("handoff") == "KEY":
        said = said | {"handoff": handoff.key}
    response = post(handoff, said)
    assert response.status_code == status
    assert sentence in response.json()["detail"]


def test_another_destinations_hand_off_is_not_answered(handoff: Handoff) -> None:
    other = Destination.objects.create(
        pivot=handoff.loop.pivot,
        name="Other",
        kind="webhook",
        secret="whsec_" + "b3RoZXIgc2VjcmV0IG9mIHRlc3Rz",
    )
    stranger = Handoff(destination=other)
    said = {"handoff": handoff.key, "outcome": "accepted"}
    assert post(stranger, said, secret="whsec_" + "b3RoZXIgc2VjcmV0IG9mIHRlc3Rz").status_code == 404


def test_after_a_new_secret_the_one_before_counts_for_a_day(handoff: Handoff, maren: Any) -> None:
    said = {"handoff": handoff.key, "outcome": "accepted"}
    new = edit.new_secret(handoff.destination, by=maren)
    assert [post(handoff, said, secret=secret).status_code for secret in (SECRET, new)] == [200, 200]
    with clock.at(clock.now() + edit.OVERLAP):
        assert [post(handoff, said, secret=secret).status_code for secret in (SECRET, new)] == [401, 200]


def test_a_leaked_secret_is_gone_after_two_new_ones(handoff: Handoff, maren: Any) -> None:
    said = {"handoff": handoff.key, "outcome": "accepted"}
    last = [edit.new_secret(handoff.destination, by=maren) for _ in range(2)]
    answers = [post(handoff, said, secret=secret).status_code for secret in (SECRET, *last)]
    assert answers == [401, 200, 200]


def test_no_secret_no_door(handoff: Handoff) -> None:
    Destination.objects.update(secret="")
    assert post(handoff, {"handoff": handoff.key, "outcome": "accepted"}).status_code == 404
    assert Client().get(f"/hooks/{handoff.destination_id}/").status_code == 405


def test_a_flood_is_refused(handoff: Handoff) -> None:
    said = {"handoff": handoff.key, "outcome": "note", "note": "x" * 70_000}
    assert post(handoff, said).status_code == 413


def test_an_unreadable_secret_is_our_fault_and_said_so(handoff: Handoff, settings: Any) -> None:
    settings.SECRET_KEY = "x" * 50
    response = post(handoff, {"handoff": handoff.key, "outcome": "accepted"})
    assert response.status_code == 503
    assert response.json()["detail"] == "SECRET_KEY has changed; enter this secret again."
