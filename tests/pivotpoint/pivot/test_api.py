"""Everything the switchyard can do, by API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.pivot import loops
from pivotpoint.pivot.decide import decide
from pivotpoint.pivot.models import Handoff
from tests.switchyard import make_insight, make_pivot
from tests.trackers import GitHub, tracking

FINANCE = {"conditions": [{"field": "function", "op": "is", "value": "finance"}]}


class Caller:
    """A machine with a token of `user`."""

    def __init__(self, user: Any, scopes: Any = PERMISSIONS) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {Token.issue(user, 'test', scopes)[1]}"}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        send = getattr(self.client, method)
        data = {"data": body or {}, "content_type": "application/json"} if method != "get" else {}
        return send(f"/api/v1{path}", headers=self.headers | headers, **data)


@pytest.fixture
def pivot(teams: Any, ines: Any, maren: Any) -> Any:
    return make_pivot(teams["finance"], ines)


def test_a_pivot_is_made_tried_changed_and_closed(maren: Any, ines: Any, teams: Any) -> None:
    call = Caller(maren)
    make_insight()
    tried = call("post", "/pivots/replay", {"rules": [FINANCE]})
    assert tried.json()["matched"] == 1
    fields = {"name": "Refunds", "team": "finance", "owner": ines.pk, "rules": [FINANCE]}
    made = call("post", "/pivots", fields)
    assert made.status_code == 201
    assert made.json()["rules"][0]["words"] == "Function is Finance"
    path = f"/pivots/{made.json()['id']}"
    assert call("patch", path, {"gate": "open"}).json()["gate"] == "open"
    assert call("get", "/pivots").json()["items"][0]["name"] == "Refunds"
    assert call("post", f"{path}/close").json()["closed_at"]
    assert call("get", "/pivots").json()["items"] == []


def test_a_wrong_condition_is_a_problem_in_one_sentence(maren: Any, teams: Any) -> None:
    wrong = {"conditions": [{"field": "people", "op": "at_least", "value": "many"}]}
    response = Caller(maren)("post", "/pivots/replay", {"rules": [wrong]})
    assert response.status_code == 422
    assert "People at least needs a number, not “many”" in response.json()["detail"]


def test_two_machines_at_once_take_nothing_back_unseen(maren: Any, ada: Any, pivot: Any) -> None:
    """`over` says which version the second had before it."""
    path = f"/pivots/{pivot.pk}"
    Caller(maren)("patch", path, {"name": "Money back"})
    had = pivot.versions.first().number
    assert Caller(ada)("patch", path, {"act_hours": 100, "over": had}).status_code == 200
    second = Caller(maren)("patch", path, {"act_hours": 200, "over": had})
    assert second.status_code == 422
    # By the name of its token.
    assert "test has changed this meanwhile: Act within." in second.json()["detail"]
    assert Caller(maren)("patch", path, {"tell_hours": 24, "over": had}).json()["act_hours"] == 100
    steps = [{"after_hours": 1, "to": "lead"}]
    assert Caller(ada)("put", f"{path}/escalation?over={had}", steps).status_code == 200
    again = [{"after_hours": 9, "to": "owner"}]
    assert Caller(maren)("put", f"{path}/escalation?over={had}", again).status_code == 422
    said = {"steps": [{"text": "Ring them"}], "over": had}
    assert Caller(maren)("put", f"{path}/playbook", said).status_code == 200


def test_what_no_target_can_be_is_a_sentence_and_no_fault(maren: Any, pivot: Any) -> None:
    for wrong in ({"act_hours": 2_000_000_000}, {"tell_hours": 0}, {"process": None}, {"name": None}):
        assert Caller(maren)("patch", f"/pivots/{pivot.pk}", wrong).status_code == 422


def test_the_place_of_a_destination_is_said(maren: Any, pivot: Any) -> None:
    call = Caller(maren)
    path = f"/pivots/{pivot.pk}/destinations"
    call("post", path, {"name": "CRM", "kind": "tasks", "place": 1})
    call("post", path, {"name": "ERP", "kind": "tasks"})
    assert list(pivot.destinations.values_list("name", flat=True)) == ["CRM", "Tasks 0", "ERP"]


def test_a_destination_has_terms_that_a_change_leaves_alone(maren: Any, pivot: Any) -> None:
    call = Caller(maren)
    said = {"name": "ERP", "kind": "tasks", "how": "fallback", "per_minute": 30}
    made = call("post", f"/pivots/{pivot.pk}/destinations", said).json()
    assert (made["how"], made["at_once"], made["per_minute"]) == ("fallback", None, 30)
    changed = call(
        "patch", f"/destinations/{made['id']}", {"name": "CRM", "kind": "tasks", "at_once": 1}
    ).json()
    assert (changed["name"], changed["how"], changed["at_once"], changed["per_minute"]) == (
        "CRM",
        "fallback",
        1,
        30,
    )
    for wrong in ({"how": "perhaps"}, {"at_once": 0}, {"per_minute": -1}):
        body = {"name": "CRM", "kind": "tasks"} | wrong
        assert call("patch", f"/destinations/{made['id']}", body).status_code == 422


def test_a_mapping_is_tried_and_its_door_is_shown(maren: Any, pivot: Any, settings: Any) -> None:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    call = Caller(maren)
    with tracking(GitHub) as tracker:
        config = {"preset": "github-issues", "url": tracker.url, "project": GitHub.project}
        said = {"name": "Bugs", "kind": "http", "config": config, "key": "right"}
        made = call("post", f"/pivots/{pivot.pk}/destinations", said).json()
        shown = call("post", f"/destinations/{made['id']}/rehearse").json()
        assert (shown["wrong"], len(tracker.issues)) == ("", 0)
        assert "•••" in shown["request"]
        sent = call("post", f"/destinations/{made['id']}/rehearse", {"send": True}).json()
        assert (sent["reference"], len(tracker.issues)) == ("Issue #1", 1)
    door = call("post", f"/destinations/{made['id']}/door").json()
    assert door["url"].endswith(f"/hooks/{made['id']}/")
    assert len(door["secret"]) > 40
    other = pivot.destinations.get(kind="tasks")
    assert call("post", f"/destinations/{other.pk}/rehearse").status_code == 422
    assert call("post", f"/destinations/{other.pk}/door").status_code == 422


def test_fields_kinds_and_the_uncovered_are_listed(maren: Any, teams: Any) -> None:
    call = Caller(maren)
    make_insight()
    assert {"key", "group", "label", "kind", "operators", "choices", "of"} == set(
        call("get", "/pivots/fields").json()[0]
    )
    assert [k["kind"] for k in call("get", "/destination-kinds").json()] == [
        "email",
        "http",
        "matrix",
        "tasks",
        "tryton",
        "webhook",
    ]
    assert call("get", "/pivots/uncovered").json()["items"][0]["people"] == 3


def test_destinations_are_added_and_their_secret_is_shown_once(pivot: Any, maren: Any) -> None:
    call = Caller(maren)
    said = {"name": "ERP", "kind": "webhook", "config": {"url": "https://erp.example/in"}}
    made = call("post", f"/pivots/{pivot.pk}/destinations", said)
    assert made.status_code == 201
    path = f"/destinations/{made.json()['id']}"
    assert call("post", f"{path}/secret").json()["secret"].startswith("whsec_")
    assert "secret" not in str(call("get", f"/pivots/{pivot.pk}").json())
    assert call("patch", path, said | {"name": "Other ERP"}).json()["name"] == "Other ERP"
    assert call("post", f"{path}/close").status_code == 204


def test_an_unreachable_destination_says_why(pivot: Any, maren: Any) -> None:
    destination = pivot.destinations.get()
    destination.config = {"team": "moon"}
    destination.save()
    checked = Caller(maren)("post", f"/destinations/{destination.pk}/check").json()
    assert checked == {"ok": False, "wrong": "Refunds → Tasks 0: There is no function “moon”."}


def test_a_passage_is_let_through_or_held(pivot: Any, ines: Any) -> None:
    call = Caller(ines)
    one, two = decide(make_insight(1)), decide(make_insight(2))
    assert one
    assert two
    assert len(call("get", "/passages").json()["items"]) == 2
    assert call("post", f"/passages/{one.pk}/pass").json()["stage"] == "handed_over"
    assert call("post", f"/passages/{two.pk}/hold", {"reason": "Known."}).json()["state"] == "held"
    assert call("get", "/passages").json()["items"] == []


def test_a_loop_goes_all_the_way(pivot: Any, ines: Any, joris: Any) -> None:
    call = Caller(ines)
    opened = call("post", "/loops", {"insight": make_insight().pk, "pivot": pivot.pk, "why": "Now."})
    assert opened.status_code == 201
    path = f"/loops/{opened.json()['id']}"
    assert call("post", f"{path}/reassign", {"owner": joris.pk}).json()["owner"]["name"] == "Joris Tamm"
    for verb, stage in (("accept", "accepted"), ("start", "changing"), ("deliver", "delivered")):
        assert call("post", f"{path}/{verb}").json()["stage"] == stage
    refused = call("post", f"{path}/accept")
    assert refused.status_code == 422
    assert "“Accepted” cannot follow" in refused.json()["detail"]
    assert call("post", f"{path}/told").json()["stage"] == "told"
    assert call("post", f"{path}/confirm", {"reason": "No one writes any more."}).json()["closed_at"]
    assert call("post", f"{path}/reopen", {"reason": "They do."}).json()["times_reopened"] == 1
    declined = call("post", f"{path}/decline", {"reason": "The law forbids it."}).json()
    assert (declined["stage"], declined["overdue"]) == ("declined", False)
    moves = call("get", f"{path}/moves").json()
    assert [m["stage"] for m in moves][:3] == ["heard", "handed_over", "handed_over"]
    assert call("get", f"{path}/payload").json()["schema"] == "pivotpoint.handoff/1"
    assert call("get", "/loops?stage=declined").json()["items"][0]["people"] == 3
    assert call("get", "/loops?overdue=true").json()["items"] == []


def test_an_answer_by_token_moves_the_loop_once(pivot: Any, ines: Any) -> None:
    call = Caller(ines, ["loop.act", "desk.view"])
    handoff = loops.open_loop(make_insight(), pivot, by=None).handoffs.get()
    path = f"/handoffs/{handoff.key}"
    said = {"outcome": "accepted", "note": "CR-1"}
    first = call("post", f"{path}/answers", said)
    assert first.status_code == 201
    assert first.json()["stage"] == "accepted"
    assert call("post", f"{path}/answers", said).json() == first.json()
    third = call("post", f"{path}/answers", {"outcome": "note", "note": "Hm."}, **{"Idempotency-Key": "k"})
    assert third.json()["answer"] != first.json()["answer"]
    shown = call("get", path).json()
    assert (shown["state"], len(shown["answers"])) == ("answered", 2)
    Handoff.objects.update(state="dead")
    assert call("get", "/handoffs?state=dead").json()["items"][0]["key"] == handoff.key
    assert call("post", f"{path}/replay").json()["state"] == "queued"
    assert call("post", f"/loops/{handoff.loop_id}/handoffs", {"destination": handoff.destination_id}).json()


def test_scopes_and_sight_hold(pivot: Any, ines: Any, victor: Any, pia: Any) -> None:
    loop = loops.open_loop(make_insight(), pivot, by=None)
    path = f"/loops/{loop.pk}"
    assert Caller(ines, ["desk.view"])("post", f"{path}/accept").status_code == 403
    assert Caller(victor)("post", f"{path}/accept").status_code == 403
    assert Caller(pia)("post", f"{path}/accept").status_code == 404  # a partner of another team
    assert Client().get(f"/api/v1{path}").status_code == 401
    assert Caller(ines)("get", "/loops/999").status_code == 404


def test_lists_cost_the_same_on_more_data(pivot: Any, ines: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(1, 13):
        loops.open_loop(make_insight(number, 1), pivot, by=None)
    call = Caller(ines)
    call("get", "/loops")
    with django_assert_max_num_queries(3):
        found = call("get", "/loops?limit=10").json()
    assert len(found["items"]) == 10
    rest = call("get", f"/loops?limit=10&cursor={found['next']}").json()
    assert (len(rest["items"]), rest["next"]) == (2, None)
