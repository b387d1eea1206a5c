"""An advertisement that came as a letter waits for nobody; a customer always waits for somebody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pivotpoint.channels import apart, reply
from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Conversation, Message
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.listening.apart import follow_exchange
from pivotpoint.listening.correcting.correct import correct, undo
from pivotpoint.listening.models import Reading
from pivotpoint.listening.reading.read import read_unread

pytestmark = pytest.mark.django_db

ADVERT = "Buy followers now! 5,000 real followers for 9.99, click the link http://cheap.example/now"
LETTER = "My refund for the sofa has still not arrived. Can you please help me?"


def write(channel: Any, *texts: str, email: str = "hanne@home.example", read: bool = True) -> Conversation:
    """What one person writes, read one after the other."""
    for text in texts:
        (receipt,) = receive(channel, [Inbound(f"x{Message.objects.count()}", text, email=email)])
        if read:
            read_unread()
    return Conversation.objects.get(messages=receipt.message_id)


def test_an_advertisement_leaves_the_inbox_with_its_reason(form: Any, samir: Any, now: datetime) -> None:
    conversation = write(form, ADVERT)
    assert (conversation.apart, conversation.closed_at, conversation.closed_by) == (
        "advertisement",
        now,
        None,
    )
    assert conversation.owner == samir
    event = Event.objects.get(name="channels.conversation_kept_apart")
    assert (event.subject_id, event.data) == (conversation.pk, {"reason": "advertisement"})


def test_a_letter_and_small_talk_stay(form: Any, samir: Any) -> None:
    assert write(form, LETTER).apart == ""
    assert write(form, "thank you", email="tomek@home.example").closed_at is None


def test_who_has_also_asked_something_still_waits(form: Any, samir: Any) -> None:
    assert write(form, LETTER, ADVERT).closed_at is None


def test_words_that_nobody_has_read_yet_may_be_a_letter(form: Any, samir: Any) -> None:
    write(form, LETTER, read=False)
    first = Message.objects.get()
    Message.objects.filter(pk=first.pk).update(read_at=clock.now())
    assert write(form, ADVERT).closed_at is None


def test_who_was_answered_is_in_a_conversation(form: Any, samir: Any) -> None:
    conversation = write(form, LETTER)
    reply.reply(conversation, "It is on its way.", by=samir)
    correct(conversation.messages.heard().get(), "about_us", "false", by=samir)
    conversation.refresh_from_db()
    assert (conversation.apart, conversation.closed_at) == ("", None)


def test_who_writes_again_waits_again(form: Any, samir: Any) -> None:
    conversation = write(form, ADVERT, LETTER)
    assert (conversation.apart, conversation.closed_at) == ("", None)
    assert conversation.waiting_since is not None


def test_a_person_lets_it_in_with_a_new_due_date(form: Any, samir: Any, now: datetime) -> None:
    conversation = write(form, ADVERT)
    with clock.at(now + timedelta(days=9)):
        apart.let_in(conversation, by=samir)
        apart.let_in(conversation, by=samir)
        conversation.refresh_from_db()
        assert (conversation.apart, conversation.closed_at) == ("", None)
        assert conversation.due_at > clock.now()
    assert Event.objects.filter(name="channels.conversation_reopened").count() == 1


def test_only_who_answers_customers_lets_in(form: Any, samir: Any, victor: Any) -> None:
    conversation = write(form, ADVERT)
    with pytest.raises(PermissionDenied):
        apart.let_in(conversation, by=victor)


def test_what_a_person_says_counts_both_ways(form: Any, samir: Any) -> None:
    conversation = write(form, ADVERT)
    message = conversation.messages.get()
    correction = correct(message, "about_us", "true", by=samir)
    conversation.refresh_from_db()
    assert (conversation.apart, conversation.closed_at) == ("", None)
    undo(correction, by=samir)
    conversation.refresh_from_db()
    assert conversation.apart == "advertisement"


def test_a_letter_that_a_person_calls_not_about_us_leaves(form: Any, samir: Any) -> None:
    conversation = write(form, LETTER)
    correct(conversation.messages.get(), "about_us", "false", by=samir)
    conversation.refresh_from_db()
    assert conversation.apart == "elsewhere"


def test_a_correction_of_something_else_moves_nothing(form: Any, samir: Any) -> None:
    conversation = write(form, ADVERT)
    apart.let_in(conversation, by=samir)
    correct(conversation.messages.get(), "mood", "negative", by=samir)
    conversation.refresh_from_db()
    assert conversation.closed_at is None


def test_what_is_read_anew_as_noise_leaves_and_comes_back_with_the_undoing(form: Any, samir: Any) -> None:
    conversation = write(form, LETTER)
    reading = conversation.messages.get().reading
    now_noise = {"about_us": False, "reason": "advertisement", "confidence": {"about_us": 0.95}}
    was = {name: getattr(reading, name) for name in now_noise}
    for values, kept in ((now_noise, "advertisement"), (was, "")):
        Reading.objects.update(**values)
        follow_exchange([reading.pk])
        conversation.refresh_from_db()
        assert (conversation.apart, conversation.closed_at is None) == (kept, not kept)
