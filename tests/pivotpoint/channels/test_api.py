"""Machines put messages in and work the inbox."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Channel, Conversation, Delivery, Message

pytestmark = pytest.mark.django_db


class Machine:
    """Calls the API with a token."""

    def __init__(self, client: Any, user: Any, *scopes: str) -> None:
        self.client = client
        _, secret = Token.issue(user, "test", scopes or PERMISSIONS)
        self.headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, body: Any = None, expect: int = 200) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body) if body is not None else ""
        answer = getattr(self.client, method)(
            f"/api/v1/{path}", data, content_type="application/json", **self.headers
        ) if method != "get" else self.client.get(f"/api/v1/{path}", **self.headers)  # fmt: skip
        assert answer.status_code == expect, answer.content
        return json.loads(answer.content) if answer.content else None


@pytest.fixture
def machine(client: Any, samir: Any, form: Any, mail: Any) -> Machine:
    return Machine(client, samir)


@pytest.fixture
def lead(client: Any, maren: Any) -> Machine:
    return Machine(client, maren)


def message(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"channel": "Web form", "external_id": f"t-{number}", "text": f"Words {number}", **more}


def test_one_message_in(machine: Machine, form: Any) -> None:
    (result,) = machine("post", "messages", message(email="hanne@home.example", plan="gold"), 202)["results"]
    row = Message.objects.get(pk=result["id"])
    assert (result["status"], row.external_id, row.channel, row.data) == (
        "created",
        "t-1",
        form,
        {"plan": "gold"},
    )
    assert Conversation.objects.count() == 1


def test_each_of_many_has_its_result(machine: Machine, form: Any) -> None:
    machine("post", "messages", message(1), 202)
    found = machine(
        "post",
        f"messages?channel={form.key}",
        [
            message(1),
            {"external_id": 2, "text": "By key"},
            message(3, channel="nowhere"),
            message(4, said_at="yesterday"),
            {"text": "no name", "channel": form.key},
            "words",
            message(5, audience="moon"),
            message(6, text="", external_id="t-6"),
            message(7, text=["a"]),
            message(2, external_id="2"),
            message(8, may_tell="maybe"),
        ],
        202,
    )["results"]
    assert [one["status"] for one in found] == [
        "repeated", "created", "rejected", "rejected", "rejected", "rejected", "rejected", "created", "rejected",
        "repeated", "rejected",
    ]  # fmt: skip
    assert [one["detail"] for one in found if one["detail"]] == [
        "There is no open channel nowhere.",
        "said_at=yesterday is no ISO 8601 time since 1970, such as 2026-11-17T09:00:00Z.",
        "external_id is missing.",
        "A message is an object with at least external_id and text.",
        "audience is us, about or elsewhere.",
        "kept apart: empty",
        "text is not text.",
        "may_tell is neither true nor false.",
    ]
    assert Message.objects.count() == 3


def test_a_thousand_and_no_more(machine: Machine) -> None:
    many = [message(number) for number in range(1_000)]
    results = machine("post", "messages?live=false", many, 202)["results"]
    assert {one["status"] for one in results} == {"created"} and not Conversation.objects.exists()
    problem = machine("post", "messages", [*many, message(1_000)], 413)
    assert problem["detail"] == "Send at most 1,000 messages in one call, not 1,001."
    assert Message.objects.count() == 1_000


def test_what_is_not_json_is_a_problem(machine: Machine) -> None:
    assert machine("post", "messages", b"{", 400)["title"] == "The body is not JSON"


def test_without_the_scope_nothing_comes_in(client: Any, samir: Any, victor: Any, form: Any) -> None:
    Machine(client, samir, "customer.view")("post", "messages", message(), 403)
    Machine(client, victor)("post", "messages", message(), 403)
    assert client.post("/api/v1/messages", message(), content_type="application/json").status_code == 401
    assert not Message.objects.exists()


def test_a_raw_e_mail(machine: Machine, mail: Any) -> None:
    raw = b"From: Hanne <hanne@home.example>\r\nMessage-ID: <7@home.example>\r\nSubject: Lamp\r\n\r\nIt is broken.\r\n"
    (result,) = machine("post", f"channels/{mail.key}/raw", raw, 202)["results"]
    row = Message.objects.get(pk=result["id"])
    assert (row.subject, row.text, row.identity.handle) == ("Lamp", "It is broken.", "hanne@home.example")
    assert "no sender" in machine("post", f"channels/{mail.key}/raw", b"Subject: x\r\n\r\ny", 422)["detail"]


def test_messages_are_paged_and_filtered(machine: Machine, form: Any, mail: Any) -> None:
    receive(form, [Inbound(str(number), f"Words {number}") for number in range(5)])
    receive(mail, [Inbound("x", "", handle="hanne@home.example")])
    first = machine("get", f"messages?channel={form.key}&limit=3")
    second = machine("get", f"messages?channel={form.key}&limit=3&cursor={first['next']}")
    assert [row["external_id"] for row in first["items"] + second["items"]] == ["4", "3", "2", "1", "0"]
    assert second["next"] is None
    (apart,) = machine("get", "messages?quarantined=true")["items"]
    assert apart["quarantined"] == "empty"
    assert machine("get", f"messages/{apart['id']}")["external_id"] == "x"
    assert "no words" in machine("post", f"messages/{apart['id']}/release", None, 422)["detail"]


def test_what_was_kept_apart_can_be_let_in(machine: Machine, form: Any) -> None:
    (receipt,) = receive(form, [Inbound("1", "I am a person", kept_apart="sent too fast")])
    for _ in range(2):
        row = machine("post", f"messages/{receipt.message_id}/release")
    assert row["quarantined"] == "" and row["conversation_id"] == Conversation.objects.get().pk
    assert Message.objects.unread().count() == 1


def test_the_inbox(machine: Machine, form: Any, samir: Any, maren: Any, now: datetime) -> None:
    receive(form, [Inbound("1", "Where is it?", email="hanne@home.example")])
    (row,) = machine("get", "conversations?open=true&waiting=true")["items"]
    at = f"conversations/{row['id']}"
    assert machine("post", f"{at}/replies", {"text": "On its way."}, 201)["direction"] == "out"
    assert machine("post", f"{at}/notes", {"text": "She called."}, 201)["direction"] == "note"
    assert machine("put", f"{at}/owner", {"owner": maren.pk})["owner_id"] == maren.pk
    assert machine("post", f"{at}/closure")["closed_at"] is not None
    assert machine("get", at)["answered_at"] is not None
    assert machine("get", f"messages?conversation={row['id']}")["items"][-1]["text"] == "Where is it?"
    assert not machine("get", "conversations?open=true")["items"]
    machine("post", f"{at}/replies", {"text": ""}, 422)
    machine("get", "conversations/999", expect=404)


def test_channels(machine: Machine, lead: Machine) -> None:
    new = lead(
        "post",
        "channels",
        {"name": "Shop", "kind": "form", "goal": "Hear buyers.", "origins": ["https://Shop.example/"]},
        201,
    )
    assert new["origins"] == ["https://shop.example"]
    changed = lead("patch", f"channels/{new['key']}", {"replies": "approved", "config": {"answer_hours": 4}})
    assert (changed["replies"], changed["config"], changed["goal"]) == (
        "approved",
        {"answer_hours": 4},
        "Hear buyers.",
    )
    for wrong, words in [
        ({"goal": " "}, "why this channel"),
        ({"origins": ["*"]}, "is not a site"),
        ({"config": {"colour": 1}}, "colour"),
        ({"config": {"answer_hours": -1}}, "answer_hours"),
        ({"name": "Web form"}, "already exists"),
    ]:
        assert words in lead("patch", f"channels/{new['key']}", wrong, 422)["detail"]
    assert lead("post", f"channels/{new['key']}/closure")["closed_at"] is not None
    assert lead("delete", f"channels/{new['key']}/closure")["closed_at"] is None
    machine("patch", f"channels/{new['key']}", {"goal": "Mine"}, 403)
    assert {row["name"] for row in machine("get", "channels")} == {"Shop", "Web form", "E-mail"}
    assert "secret" not in machine("get", f"channels/{new['key']}")


def test_dead_letters(machine: Machine, lead: Machine, mail: Any, hanne: Any) -> None:
    delivery = Delivery.objects.create(
        channel=mail,
        customer=hanne,
        purpose="reply",
        address="old@home.example",
        text="t",
        key="k",
        state="dead",
    )
    (dead,) = machine("get", "deliveries?state=dead")["items"]
    assert machine("post", f"deliveries/{dead['id']}/replay")["state"] == "queued"
    delivery.refresh_from_db()
    assert delivery.address == "hanne@home.example"
    machine("post", f"deliveries/{dead['id']}/replay", None, 422)
    Delivery.objects.update(state="held")
    machine("post", f"deliveries/{dead['id']}/approval", None, 403)
    assert lead("post", f"deliveries/{dead['id']}/approval")["state"] == "queued"


def test_a_closed_channel_takes_nothing(machine: Machine) -> None:
    Channel.objects.update(closed_at="2026-01-01T00:00Z")
    (result,) = machine("post", "messages", message(), 202)["results"]
    assert result["detail"] == "There is no open channel Web form."
