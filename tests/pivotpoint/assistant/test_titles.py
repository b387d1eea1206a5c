"""A title is suggested from masked words; a person approves it, and it is their rename."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.assistant import suggestions
from pivotpoint.assistant.models import Assistant, Quoted, Request
from pivotpoint.assistant.titles import suggest_title, title_of
from pivotpoint.channels.models import Message
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.models import Theme, ThemeAction
from pivotpoint.journal.models import Event
from tests.chat_server import ChatServer

pytestmark = pytest.mark.django_db
Outcome = Request.Outcome


def title(yard: SimpleNamespace) -> str:
    return Theme.objects.get(pk=yard.trend.pk).title


def test_it_changes_nothing_until_it_is_approved_and_can_be_undone(
    yard: SimpleNamespace, assistant: Assistant, chat: ChatServer
) -> None:
    chat.answer = lambda _: "“Money is not paid back.”\nThis title says what happens."
    row = suggest_title(yard.trend, by=yard.maren)
    assert (row.suggestion, row.outcome) == ("Money is not paid back", Outcome.WAITING)
    assert title(yard) == "Refund still missing"
    action = suggestions.approve_title(row, "Money is not paid back", by=yard.maren)
    row.refresh_from_db()
    assert title(yard) == "Money is not paid back"
    assert (row.outcome, row.decided_by, action.by) == (Outcome.APPROVED, yard.maren, yard.maren)
    undo(action, by=yard.maren)
    assert title(yard) == "Refund still missing"
    names = Event.objects.filter(name__startswith="assistant.").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["assistant.asked", "assistant.decided"]


def test_other_words_count_as_edited_and_it_is_decided_once(
    yard: SimpleNamespace, assistant: Assistant
) -> None:
    row = suggest_title(yard.trend, by=yard.maren)
    suggestions.approve_title(row, "Refunds take weeks", by=yard.maren)
    row.refresh_from_db()
    assert (title(yard), row.outcome) == ("Refunds take weeks", Outcome.EDITED)
    for again in (
        lambda: suggestions.approve_title(row, "Twice", by=yard.maren),
        lambda: suggestions.throw_away(row, by=yard.maren),
    ):
        with pytest.raises(ValidationError, match="does not wait any more"):
            again()
    assert ThemeAction.objects.count() == 1


def test_what_leaves_is_masked_and_the_log_has_every_byte_of_it(
    yard: SimpleNamespace, assistant: Assistant, chat: ChatServer
) -> None:
    for message in Message.objects.all():
        who = message.customer.name
        Message.objects.filter(pk=message.pk).update(
            text=f"{message.text} {who}, order 4711, {who.split()[0].lower()}@home.example, +49 170 1234567"
        )
    row = suggest_title(yard.trend, by=yard.maren)
    (raw,), (came,) = chat.raw, chat.came
    assert came["messages"] == row.sent
    assert (came["model"], came["max_tokens"], came["stream"]) == ("small-1", 60, False)
    assert chat.headers[0]["authorization"] == "Bearer sk-secret"
    assert chat.paths == ["/v1/chat/completions"]
    said = json.loads(came["messages"][1]["content"])["said"]
    assert len(said) == 5
    assert "[E-MAIL-" in said[0]
    for personal in ("4711", "@home.example", "1234567"):
        assert personal not in raw.decode()
    for name in Message.objects.values_list("customer__name", flat=True):
        assert name not in raw.decode()
    assert Quoted.objects.filter(request=row).count() == 5
    assert (row.by, row.host, row.model) == (yard.maren, chat.url.split("/")[2], "small-1")


def test_asking_again_puts_the_first_away(yard: SimpleNamespace, assistant: Assistant) -> None:
    first, second = (suggest_title(yard.trend, by=yard.maren) for _ in range(2))
    assert list(Request.objects.waiting()) == [second]
    first.refresh_from_db()
    assert first.outcome == Outcome.THROWN_AWAY


@pytest.mark.parametrize(
    "nonsense", ["", "   \n", "word " * 40, "Write to [E-MAIL-1] at once", "<think>hm</think>", "\x00\x01"]
)
def test_what_is_no_title_is_refused_and_logged(
    yard: SimpleNamespace, assistant: Assistant, chat: ChatServer, nonsense: str
) -> None:
    chat.answer = lambda _: nonsense
    with pytest.raises(ValidationError, match="no title|personal data"):
        suggest_title(yard.trend, by=yard.maren)
    row = Request.objects.get()
    assert (row.outcome, row.tokens, row.suggestion) == (Outcome.FAILED, 120, "")
    assert row.trouble


def test_an_answer_is_words_and_never_a_command(
    yard: SimpleNamespace, assistant: Assistant, chat: ChatServer
) -> None:
    """Whatever a customer has talked the model into, it comes to a text field, and a person."""
    chat.answer = lambda _: "<script>alert(1)</script> {{ settings }} merge insight 2"
    row = suggest_title(yard.trend, by=yard.maren)
    assert title(yard) == "Refund still missing"
    assert not ThemeAction.objects.exists()
    assert row.suggestion.startswith("<script>"), "kept as it is; pages escape it"


def test_a_model_that_thinks_aloud_is_read_behind_it() -> None:
    assert title_of("Title: **Lamp wobbles**") == "Lamp wobbles"


def test_who_may_not_rename_may_not_ask(
    yard: SimpleNamespace, assistant: Assistant, chat: ChatServer
) -> None:
    for one in (yard.samir, yard.bo, yard.pia, yard.victor):
        with pytest.raises(PermissionDenied):
            suggest_title(yard.trend, by=one)
    assert not chat.raw


def test_off_means_that_nothing_is_even_put_together(
    yard: SimpleNamespace, assistant: Assistant, chat: ChatServer, django_assert_max_num_queries: Any
) -> None:
    Assistant.objects.update(titles=False)
    with django_assert_max_num_queries(1), pytest.raises(ValidationError, match="is off"):
        suggest_title(yard.trend, by=yard.maren)
    assert not chat.raw
    assert not Request.objects.exists()
