"""The accuracy card: what people confirmed and corrected, and what the latest reader said of what it had not learnt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Conversation, Message
from pivotpoint.listening.correcting.accuracy import Card, accuracy
from pivotpoint.listening.correcting.correct import confirm, correct, undo
from pivotpoint.listening.learning.learn import learn_if_due
from pivotpoint.listening.reading.read import read_unread
from textanalytics.reading.agreement import Share

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]


def card(field: str) -> Card:
    return next(one for one in accuracy().cards if one.field == field)


@pytest.fixture
def three(say: Say) -> list[Message]:
    """Read as negative."""
    words = ("invoice", "parcel", "lamp")
    messages = [say(f"This {word} is awful, I am very angry about the {word}.") for word in words]
    read_unread()
    return [Message.objects.get(pk=message.pk) for message in messages]


def test_confirmed_and_corrected_are_the_share(three: list[Message], samir: Any) -> None:
    assert {message.reading.mood for message in three} == {"negative"}
    sure = three[2].reading.confidence["mood"]
    confirm(three[0], ["mood"], by=samir)
    confirm(three[1], ["mood"], by=samir)
    correct(three[2], "mood", "neutral", by=samir)
    found = card("mood")
    assert found.people == Share(2, 3)
    assert [(one.name, one.precision, one.recall) for one in found.classes] == [
        ("negative", Share(2, 3), Share(2, 2)),
        ("neutral", Share(0, 0), Share(0, 1)),
    ]
    assert (found.languages, found.channels) == ([("en", Share(2, 3))], [("Web form", Share(2, 3))])
    last = next(one for one in found.bins if one.low <= sure < one.high)
    assert last.share.wrong == 1, "how sure it was before anybody judged it"
    assert sum(one.share.asked for one in found.bins) == 3
    assert card("intent").people == Share(0, 0)


def test_the_last_word_counts_against_what_was_first_read(three: list[Message], samir: Any) -> None:
    """A second correction says nothing about the reader, and a correction that was taken back says nothing."""
    correct(three[0], "mood", "positive", by=samir)
    correct(three[0], "mood", "negative", by=samir)
    undo(correct(three[1], "mood", "neutral", by=samir), by=samir)
    assert card("mood").people == Share(1, 1)


def test_held_out_figures_come_from_the_latest_reader(three: list[Message], samir: Any) -> None:
    for message in three:
        confirm(message, ["mood"], by=samir)
    learn_if_due()
    assert card("mood").held_out == Share(3, 3)
    assert card("mood").before == Share(3, 3)


def test_answered_and_left_as_read_is_counted_apart(
    three: list[Message], samir: Any, form: Any, hanne: Any
) -> None:
    talk = Conversation.objects.create(channel=form, customer=hanne, owner=samir, due_at=three[0].said_at)
    Message.objects.filter(pk__in=[three[0].pk, three[1].pk]).update(conversation=talk)
    Message.objects.create(
        channel=form,
        external_id="out",
        conversation=talk,
        direction="out",
        author=samir,
        text="We are sorry.",
        said_at=three[1].said_at,
    )
    confirm(three[0], by=samir)
    found = accuracy()
    assert (found.messages, found.passed) == (1, 1)


def test_without_moods_there_is_no_card_for_them(three: list[Message], samir: Any) -> None:
    confirm(three[0], by=samir)
    Installation.objects.update(reads_mood=False)
    assert "mood" not in {one.field for one in accuracy().cards}


def test_ten_times_as_many_are_no_query_more(say: Say, samir: Any) -> None:
    def count(first: int, last: int) -> int:
        for number in range(first, last):
            say(f"Parcel {number} is late, parcel {number}.")
        read_unread()
        for message in Message.objects.filter(corrections=None):
            confirm(message, by=samir)
        with CaptureQueriesContext(connection) as asked:
            accuracy()
        return len(asked)

    assert count(0, 2) == count(2, 20)


def test_over_the_api(three: list[Message], maren: Any, samir: Any, client: Any) -> None:
    from pivotpoint.accounts.models import Token

    _, secret = Token.issue(maren, "t", ["desk.view", "customer.view", "reading.manage", "reading.correct"])
    call = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    made = client.post(f"/api/v1/messages/{three[0].pk}/confirmations", {"fields": ["mood"]}, **call)
    assert made.status_code == 201, made.content
    learn_if_due()
    said = client.get("/api/v1/reading-accuracy", **call).json()
    assert next(one for one in said["judgements"] if one["field"] == "mood")["people"]["right"] == 1
    readers = client.get("/api/v1/readers", **call).json()["items"]
    assert [one["verdict"] for one in readers] == ["too_few", "first"]
    assert client.post(f"/api/v1/readers/{readers[1]['version']}/return", **call).status_code == 200
    assert client.post(f"/api/v1/readers/{readers[1]['version']}/return", **call).status_code == 422
