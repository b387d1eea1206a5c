"""The assistant on the pages: a suggestion beside what is there, and a person who decides."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from pivotpoint.assistant.models import Assistant, Request
from pivotpoint.channels.models import Delivery, Message
from pivotpoint.insights.models import Theme
from tests.chat_server import ChatServer
from tests.pivotpoint.assistant.conftest import assistant, chat
from tests.pivotpoint.desk.scene import url

__all__ = ["assistant", "chat"]
pytestmark = pytest.mark.django_db


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_it_no_page_speaks_of_it(
    yard: SimpleNamespace, hers: Message, samir: Any, client: Client
) -> None:
    client.force_login(yard.maren)
    assert "Suggest a title" not in body(client, url("insight", yard.trend.pk))
    client.force_login(samir)
    assert "Draft an answer" not in body(client, url("conversation", hers.conversation_id))


def test_a_title_is_suggested_approved_and_escaped(
    yard: SimpleNamespace, assistant: Assistant, chat: ChatServer, client: Client
) -> None:
    client.force_login(yard.maren)
    page = url("insight", yard.trend.pk)
    assert "Suggest a title" in body(client, page)
    chat.answer = lambda _: '"><script>alert(1)</script>'
    answer = client.post(url("title_ask", yard.trend.pk), follow=True)
    shown = answer.content.decode()
    assert "<script>alert" not in shown
    assert "A title the assistant suggests" in shown
    assert "Refund still missing" in shown
    row = Request.objects.get()
    client.post(url("title_throw_away", row.pk))
    chat.answer = lambda _: "Money is not paid back"
    client.post(url("title_ask", yard.trend.pk))
    row = Request.objects.waiting().get()
    assert 'value="Money is not paid back"' in body(client, page)
    client.post(url("title_approve", row.pk), {"title": "Money is not paid back"})
    assert Theme.objects.get(pk=yard.trend.pk).title == "Money is not paid back"
    assert "A title the assistant suggests" not in body(client, page)


def test_a_draft_stands_in_the_text_box_until_it_is_sent(
    hers: Message, desk: Client, assistant: Assistant, chat: ChatServer
) -> None:
    chat.answer = lambda _: "Hello [NAME-1], <b>we</b> look into it."
    here = url("conversation", hers.conversation_id)
    answer = desk.post(url("answer_ask", hers.conversation_id), follow=True)
    assert answer.redirect_chain[-1][0] == here
    shown = body(desk, here)
    assert "&lt;b&gt;we&lt;/b&gt; look into it.</textarea>" in shown
    assert "The assistant drafted this." in shown
    assert not Delivery.objects.exists()
    row = Request.objects.get()
    text = "Hello, we look into it."
    desk.post(
        url("conversation_reply", hers.conversation_id), {"text": text, "as": "reply", "suggestion": row.pk}
    )
    row.refresh_from_db()
    assert (Delivery.objects.get().text, row.outcome) == (text, "edited")
    assert "The assistant drafted this." not in body(desk, here)


def test_a_draft_of_another_conversation_or_none_sends_an_ordinary_reply(
    hers: Message, desk: Client, assistant: Assistant
) -> None:
    for number, wrong in enumerate(("987654321", "x", "9" * 30, "")):
        said = {"text": f"Number {number}", "as": "reply", "suggestion": wrong}
        assert desk.post(url("conversation_reply", hers.conversation_id), said).status_code == 302
    assert Delivery.objects.count() == 4


def test_a_note_leaves_the_draft_waiting_and_throwing_it_away_empties_the_box(
    hers: Message, desk: Client, assistant: Assistant
) -> None:
    desk.post(url("answer_ask", hers.conversation_id))
    row = Request.objects.get()
    desk.post(
        url("conversation_reply", hers.conversation_id), {"text": "n", "as": "note", "suggestion": row.pk}
    )
    assert Request.objects.waiting().exists()
    desk.post(url("answer_throw_away", row.pk))
    assert "Boxes arrive crushed" not in body(desk, url("conversation", hers.conversation_id))


def test_trouble_is_a_sentence_and_the_page_goes_on(
    hers: Message, desk: Client, assistant: Assistant, chat: ChatServer
) -> None:
    chat.status = 500
    answer = desk.post(url("answer_ask", hers.conversation_id), follow=True)
    assert answer.status_code == 200
    assert "failed with 500" in answer.content.decode()


def test_settings_keep_show_no_key_and_the_log_shows_what_was_sent(
    yard: SimpleNamespace, chat: ChatServer, client: Client
) -> None:
    client.force_login(yard.ada)
    form = {
        "url": chat.url,
        "model": "small-1",
        "key": "sk-secret",
        "titles": "on",
        "monthly_tokens": "10000",
        "currency": "EUR",
    }
    assert client.post(url("assistant_keep"), form).status_code == 302
    assert client.post(url("assistant_keep"), form | {"key": "", "answers": "on"}).status_code == 302
    assert Assistant.objects.get().key == "sk-secret"
    client.post(url("title_ask", yard.trend.pk))
    shown = body(client, url("assistant"))
    assert "sk-secret" not in shown
    assert "You name a topic" in shown
    assert "120" in shown
    refused = client.post(url("assistant_keep"), form | {"monthly_cost": "5"})
    assert refused.status_code == 422
    assert "needs the prices" in refused.content.decode()
    client.force_login(yard.maren)
    assert "Administrators change it" in body(client, url("assistant"))
    client.force_login(yard.samir)
    assert client.get(url("assistant")).status_code == 403
