"""A judgement can be corrected; the correction is kept, teaches, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels.models import Message
from pivotpoint.journal.models import Event
from pivotpoint.listening.correcting.correct import correct, undo
from pivotpoint.listening.models import ModelVersion
from pivotpoint.listening.reading.read import read_unread

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]


@pytest.fixture
def read(say: Say) -> Message:
    message = say("The pallet was stacked askew, and the forklift man shrugged.")
    read_unread()
    return Message.objects.get(pk=message.pk)


def state(message: Message) -> tuple[Any, ...]:
    message.reading.refresh_from_db()
    row = message.reading
    return row.mood, row.sentiment, row.function, row.about_us, row.reason, row.confidence, row.corrected


def test_the_reading_changes_at_once(read: Message, samir: Any) -> None:
    was = read.reading.function
    correction = correct(read, "function", "supply", by=samir)
    read.reading.refresh_from_db()
    assert (read.reading.function, read.reading.corrected) == ("supply", True)
    assert (correction.was, correction.value, correction.by) == (was, "supply", samir)
    event = Event.objects.get(name="listening.reading_corrected")
    assert event.data["value"] == "supply"


def test_undone_in_any_order_it_is_what_it_was(read: Message, samir: Any) -> None:
    before = state(read)
    first = correct(read, "mood", "positive", by=samir)
    second = correct(read, "mood", "negative", by=samir)
    third = correct(read, "about_us", "false", by=samir)
    undo(first, by=samir)
    read.reading.refresh_from_db()
    assert read.reading.mood == "negative"
    for correction in (third, second, second):
        correction.refresh_from_db()
        undo(correction, by=samir)
    assert state(read) == before


def test_the_next_batch_is_read_by_a_reader_that_learnt(read: Message, say: Say, samir: Any) -> None:
    correct(read, "function", "supply", by=samir)
    again = say(read.text)
    read_unread()
    assert Message.objects.get(pk=again.pk).reading.function == "supply"
    live = ModelVersion.objects.live()
    assert live is not None and live.corrections == 1


def test_a_reader_forgets_what_was_undone(read: Message, say: Say, samir: Any) -> None:
    was = read.reading.mood
    other = next(mood for mood in ("positive", "negative") if mood != was)
    correction = correct(read, "mood", other, by=samir)
    read_unread()
    undo(correction, by=samir)
    again = say(read.text)
    read_unread()
    assert Message.objects.get(pk=again.pk).reading.mood == was


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("mood", "furious", "mood is one of"),
        ("colour", "red", "A reading has no colour"),
        ("function", "astrology", "function is one of"),
        ("language", "klingon!", "two-letter code"),
    ],
)
def test_what_does_not_exist_is_refused(read: Message, samir: Any, field: str, value: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        correct(read, field, value, by=samir)
    assert not read.corrections.exists()


def test_a_viewer_may_not(read: Message, victor: Any) -> None:
    with pytest.raises(PermissionDenied):
        correct(read, "mood", "positive", by=victor)


def test_over_the_api(read: Message, samir: Any, victor: Any, client: Any) -> None:
    from pivotpoint.accounts.models import Token

    def call(user: Any, method: str, path: str, body: Any = None) -> Any:
        _, secret = Token.issue(user, "t", ["customer.view", "reading.correct"])
        return getattr(client, method)(
            f"/api/v1/{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    path = f"messages/{read.pk}/corrections"
    made = call(samir, "post", path, {"field": "intent", "value": "praise"})
    assert made.status_code == 201, made.content
    assert call(samir, "get", f"messages/{read.pk}/reading").json()["intent"] == "praise"
    assert len(call(samir, "get", path).json()) == 1
    assert call(samir, "delete", f"corrections/{made.json()['id']}").json()["undone_at"]
    assert call(samir, "post", path, {"field": "mood", "value": "odd"}).status_code == 422
    assert call(victor, "get", f"messages/{read.pk}/reading").status_code == 403


@pytest.mark.parametrize("instead", ["rival", "trade"])
def test_it_may_be_about_somebody_else_instead(read: Message, samir: Any, instead: str) -> None:
    before = state(read)
    correction = correct(read, "about_us", instead, by=samir)
    read.reading.refresh_from_db()
    assert (read.reading.about_us, read.reading.reason) == (False, instead)
    noise = correct(read, "about_us", "false", by=samir)
    assert noise.was == instead
    read.reading.refresh_from_db()
    assert read.reading.reason == "elsewhere"
    undo(noise, by=samir)
    undo(correction, by=samir)
    assert state(read) == before


def test_the_reader_learns_whom_it_is_about(read: Message, say: Say, samir: Any) -> None:
    correct(read, "about_us", "trade", by=samir)
    again = say(read.text)
    read_unread()
    again.refresh_from_db()
    assert (again.reading.about_us, again.reading.reason) == (False, "trade")
