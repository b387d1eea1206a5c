"""A draft is put together from masked words, unmasked where its placeholders stand, and sent by a person or not at all."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.assistant import suggestions
from pivotpoint.assistant.answers import NO_LINK, draft_answer
from pivotpoint.assistant.models import Assistant, Request
from pivotpoint.channels import reply
from pivotpoint.channels.models import Channel, Conversation, Delivery, Message
from tests.chat_server import ChatServer
from tests.pivotpoint.desk.letters import write

pytestmark = pytest.mark.django_db
Outcome = Request.Outcome


def data(chat: ChatServer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(chat.came[-1]["messages"][1]["content"])
    return found


def customer(said: dict[str, Any]) -> str:
    """What the request calls them."""
    return str(json.loads(said["messages"][1]["content"])["customer"])


def test_placeholders_become_their_words_again_and_nobody_is_told(
    mail: Channel, samir: Any, assistant: Assistant, chat: ChatServer
) -> None:
    letter = "I am Hanne Vos. Order FJ-88213 is late, write to hanne.v@work.example.\nRegards\nPetra"
    message = write(mail, text=letter)
    chat.answer = lambda said: f"Hello {customer(said)}, we look for [NUMBER-1]. [NAME-99]"
    row = draft_answer(message.conversation, by=samir)
    assert row.suggestion == "Hello Hanne Vos, we look for FJ-88213. [NAME-99]"
    for personal in ("Hanne", "Vos", "88213", "work.example", "Petra"):
        assert personal not in chat.raw[0].decode()
    assert not Delivery.objects.exists()
    assert Message.objects.count() == 1


def test_what_others_said_cannot_come_back_into_the_letter(
    yard: SimpleNamespace, samir: Any, assistant: Assistant, chat: ChatServer
) -> None:
    """The insight's title holds somebody's number, and this customer has one of their own."""
    theme = yard.trend.theme
    theme.title = "Order 99887766 never came"
    theme.save()
    message = Message.objects.filter(membership__cluster__theme=theme).order_by("pk")[0]
    conversation = Conversation.objects.create(
        channel=message.channel, customer=message.customer, thread="t", owner=samir, due_at=message.said_at
    )
    Message.objects.filter(pk=message.pk).update(conversation=conversation, text="Mine is FJ-88213.")
    chat.answer = lambda _: "About [NUMBER-1]."
    row = draft_answer(conversation, by=samir)
    assert data(chat)["about"] == "Order … never came"
    assert row.suggestion == "About FJ-88213."


def test_a_person_sends_it_as_it_is_or_edited_or_throws_it_away(
    mail: Channel, samir: Any, assistant: Assistant, chat: ChatServer
) -> None:
    chat.answer = lambda _: "We look into it."
    conversation = write(mail).conversation
    one = draft_answer(conversation, by=samir)
    sent = suggestions.send_answer(one, "We look into it.", by=samir)
    assert (sent.author, sent.text, Delivery.objects.get().text) == (
        samir,
        "We look into it.",
        "We look into it.",
    )
    two = draft_answer(conversation, by=samir)
    suggestions.send_answer(two, "We look into it today.", by=samir)
    three = draft_answer(conversation, by=samir)
    suggestions.throw_away(three, by=samir)
    outcomes = list(Request.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == [Outcome.APPROVED, Outcome.EDITED, Outcome.THROWN_AWAY]
    assert Delivery.objects.count() == 2


def test_a_reply_that_is_refused_leaves_the_draft_waiting(
    mail: Channel, samir: Any, assistant: Assistant
) -> None:
    row = draft_answer(write(mail).conversation, by=samir)
    with pytest.raises(ValidationError, match="Write something"):
        suggestions.send_answer(row, "  ", by=samir)
    row.refresh_from_db()
    assert row.outcome == Outcome.WAITING


def test_notes_for_colleagues_stay_in_the_house_and_colleagues_names_too(
    mail: Channel, samir: Any, assistant: Assistant, chat: ChatServer
) -> None:
    conversation = write(mail).conversation
    reply.note(conversation, "She is difficult.", by=samir)
    reply.reply(conversation, "Hello, this is Samir Teal; we look.", by=samir)
    draft_answer(conversation, by=samir)
    thread = data(chat)["thread"]
    assert [one["from"] for one in thread] == ["customer", "us"]
    assert "difficult" not in chat.raw[0].decode()
    assert "Samir" not in chat.raw[0].decode()


def test_a_link_that_the_model_made_up_is_taken_out(
    mail: Channel, samir: Any, assistant: Assistant, chat: ChatServer
) -> None:
    message = write(mail, text="Is https://fjordhus.example/returns right? My refund is late.")
    chat.answer = lambda _: "Yes, [LINK-1]. Log in at https://evil.example/x or www.evil.example now."
    row = draft_answer(message.conversation, by=samir)
    assert row.suggestion == f"Yes, https://fjordhus.example/returns. Log in at {NO_LINK} or {NO_LINK} now."


def test_a_long_letter_is_bounded_and_a_long_answer_refused(
    mail: Channel, samir: Any, assistant: Assistant, chat: ChatServer
) -> None:
    conversation = write(mail, text="My refund is late. " * 900).conversation
    draft_answer(conversation, by=samir)
    assert len(data(chat)["thread"][0]["text"]) == 2_000
    chat.answer = lambda _: "x" * 5_000
    with pytest.raises(ValidationError, match="no reply"):
        draft_answer(conversation, by=samir)


def test_who_does_not_answer_customers_may_not_ask(
    mail: Channel, ines: Any, bo: Any, assistant: Assistant, chat: ChatServer
) -> None:
    conversation = write(mail).conversation
    for one in (ines, bo):
        with pytest.raises(PermissionDenied):
            draft_answer(conversation, by=one)
    assert not chat.raw
