"""The assistant over the API: the same verbs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pivotpoint.accounts.models import Token
from pivotpoint.accounts.permissions import PERMISSIONS
from pivotpoint.assistant.models import Assistant
from pivotpoint.channels.models import Delivery, Message
from pivotpoint.insights.models import Theme
from tests.chat_server import ChatServer

pytestmark = pytest.mark.django_db


def caller(client: Any, user: Any) -> Any:
    _, secret = Token.issue(user, "t", [name for name in PERMISSIONS if user.may(name)])
    head = {"headers": {"authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    return lambda method, path, body=None: getattr(client, method)(f"/api/v1/{path}", body or {}, **head)


def test_set_up_asked_approved_and_logged(yard: SimpleNamespace, chat: ChatServer, client: Any) -> None:
    ada, maren = caller(client, yard.ada), caller(client, yard.maren)
    assert ada("get", "assistant").json()["titles"] is False
    asked = f"insights/{yard.trend.pk}/title-suggestions"
    assert "is off" in maren("post", asked).json()["detail"]
    body = {"url": chat.url, "model": "small-1", "key": "sk-secret", "titles": True}
    assert maren("patch", "assistant", body).status_code == 403
    made = ada("patch", "assistant", body)
    assert (made.status_code, made.json()["titles"], "key" in made.json()) == (200, True, False)
    row = maren("post", asked)
    assert (row.status_code, row.json()["suggestion"]) == (201, "Boxes arrive crushed")
    done = maren("post", f"title-suggestions/{row.json()['id']}/approval", {"text": "Boxes arrive crushed"})
    assert (done.status_code, done.json()["outcome"]) == (200, "approved")
    assert Theme.objects.get(pk=yard.trend.pk).title == "Boxes arrive crushed"
    away = maren("post", asked).json()["id"]
    assert maren("delete", f"title-suggestions/{away}").json()["outcome"] == "thrown_away"
    log = ada("get", "assistant/requests").json()["items"]
    assert [one["outcome"] for one in log] == ["thrown_away", "approved"]
    assert log[0]["sent"] == chat.came[-1]["messages"]
    assert ada("get", "assistant").json()["spent_tokens"] == 240


def test_a_draft_is_sent_by_whoever_asked_for_it(
    hers: Message, samir: Any, ines: Any, assistant: Assistant, client: Any
) -> None:
    call = caller(client, samir)
    row = call("post", f"conversations/{hers.conversation_id}/answer-suggestions").json()
    assert not Delivery.objects.exists()
    others = caller(client, ines)("post", f"answer-suggestions/{row['id']}/approval", {"text": "x"})
    assert others.status_code == 403
    sent = call("post", f"answer-suggestions/{row['id']}/approval", {"text": "We look into it."})
    assert (sent.status_code, sent.json()["outcome"]) == (200, "edited")
    assert Delivery.objects.get().text == "We look into it."
    away = call("post", f"conversations/{hers.conversation_id}/answer-suggestions").json()["id"]
    assert call("delete", f"answer-suggestions/{away}").json()["outcome"] == "thrown_away"
