"""The inner loop: this person, this conversation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.accounts.leave import leave
from pivotpoint.channels import conversations, follow, sending
from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Channel, Conversation, Delivery, Message
from pivotpoint.channels.reply import note, reply
from pivotpoint.jobs.beat import settle
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(mail: Any, samir: Any, now: datetime) -> Any:
    receive(
        mail, [Inbound("<1@home.example>", "Where is it?", handle="hanne@home.example", subject="Refund")]
    )
    return Conversation.objects.get()


def test_a_reply_goes_out_under_what_they_wrote(
    conversation: Any, samir: Any, now: datetime, mail_server: Any
) -> None:
    message = reply(conversation, " It is on its way. ", by=samir)
    sending.send_due()

    (sent,) = mail_server.messages
    assert (sent["Subject"], sent["In-Reply-To"]) == ("Re: Refund", "<1@home.example>")
    words, _, below = sent.get_content().replace("\r\n", "\n").partition("\n\n--\n")
    assert "List-Unsubscribe" not in sent and words == "It is on its way."
    assert follow.link(conversation.messages.get(direction="in")) in below
    conversation.refresh_from_db()
    assert (conversation.answered_at, conversation.waiting_since) == (now, None)
    assert conversation.due_at == now + timedelta(hours=72)
    assert (message.author, message.direction, Delivery.objects.get().message) == (samir, "out", message)
    assert Event.objects.get(name="channels.reply_sent").subject() == conversation


def test_the_first_answer_is_when_they_were_answered(conversation: Any, samir: Any, now: datetime) -> None:
    reply(conversation, "First", by=samir)
    with clock.at(now + timedelta(hours=2)):
        reply(conversation, "Second", by=samir)
    conversation.refresh_from_db()
    assert conversation.answered_at == now and conversation.last_at == now + timedelta(hours=2)


def test_a_note_stays_inside(conversation: Any, samir: Any) -> None:
    note(conversation, "She called twice.", by=samir)
    conversation.refresh_from_db()
    assert conversation.waiting_since is not None and not Delivery.objects.exists()
    assert Message.objects.heard().count() == 1


def test_an_empty_answer_is_refused(conversation: Any, samir: Any) -> None:
    with pytest.raises(ValidationError, match="Write something"):
        reply(conversation, "  ", by=samir)


def test_nothing_goes_out_where_nothing_may(conversation: Any, samir: Any) -> None:
    Channel.objects.update(replies="none")
    conversation.channel.refresh_from_db()
    with pytest.raises(ValidationError, match="Nothing goes out on E-mail"):
        reply(conversation, "Hello", by=samir)
    assert not Delivery.objects.exists()


def test_where_the_policy_says_so_an_agent_s_reply_waits(conversation: Any, samir: Any, maren: Any) -> None:
    Channel.objects.update(replies="approved")
    conversation.channel.refresh_from_db()
    reply(conversation, "From Samir", by=samir)
    reply(conversation, "From Maren", by=maren)
    assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["held", "queued"]


def test_a_viewer_may_not_answer(conversation: Any, victor: Any) -> None:
    for verb in (reply, note):
        with pytest.raises(PermissionDenied):
            verb(conversation, "Hello", by=victor)
    with pytest.raises(PermissionDenied):
        conversations.close(conversation, by=victor)


def test_closing_and_writing_again(conversation: Any, mail: Any, samir: Any, now: datetime) -> None:
    conversations.close(conversation, by=samir)
    conversations.close(conversation, by=samir)
    conversation.refresh_from_db()
    assert (conversation.closed_at, conversation.closed_by) == (now, samir)
    assert Event.objects.filter(name="channels.conversation_closed").count() == 1

    later = now + timedelta(days=3)
    with clock.at(later):
        receive(mail, [Inbound("2", "Still nothing", handle="hanne@home.example")])
    again = Conversation.objects.get()
    assert again == conversation and again.closed_at is None and again.closed_by is None
    assert (again.waiting_since, again.due_at, again.owner) == (later, later + timedelta(hours=24), samir)
    assert Event.objects.filter(name="channels.conversation_reopened").count() == 1


def test_asking_twice_does_not_put_the_answer_off(conversation: Any, mail: Any, now: datetime) -> None:
    due = conversation.due_at
    with clock.at(now + timedelta(hours=5)):
        receive(mail, [Inbound("2", "Hello?", handle="hanne@home.example")])
    conversation.refresh_from_db()
    assert (conversation.due_at, conversation.waiting_since) == (due, now)


def test_assigning_to_somebody_who_can_answer(conversation: Any, samir: Any, maren: Any, bo: Any) -> None:
    conversations.assign(conversation, maren, by=samir)
    conversation.refresh_from_db()
    assert conversation.owner == maren
    assert Event.objects.get(name="channels.conversation_assigned").data == {
        "owner": maren.pk,
        "was": samir.pk,
    }
    with pytest.raises(ValidationError, match="can't answer customers"):
        conversations.assign(conversation, bo, by=samir)


@pytest.mark.django_db(transaction=True)
def test_a_leaver_s_conversations_move(conversation: Any, samir: Any, maren: Any, ada: Any) -> None:
    leave(samir, maren, by=ada)
    settle()
    conversation.refresh_from_db()
    assert conversation.owner == maren


@pytest.mark.django_db(transaction=True)
def test_when_the_successor_cannot_answer_the_next_in_turn_does(
    conversation: Any, samir: Any, bo: Any, ada: Any
) -> None:
    leave(samir, bo, by=ada)
    settle()
    conversation.refresh_from_db()
    assert conversation.owner == ada


def test_what_opens_again_has_an_owner_who_is_here(
    conversation: Any, mail: Any, samir: Any, maren: Any, ada: Any
) -> None:
    conversations.close(conversation, by=samir)
    leave(samir, maren, by=ada)
    receive(mail, [Inbound("2", "Still nothing", handle="hanne@home.example")])
    conversation.refresh_from_db()
    assert conversation.owner == maren
