"""Words come in once, whole, and to somebody who answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pivotpoint.channels.examine import KEPT, LONGEST
from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Conversation, Message
from pivotpoint.customers.models import Consent, Customer, Identity
from pivotpoint.journal.models import Event

pytestmark = pytest.mark.django_db


def said(external_id: str, text: str = "My refund has not come.", **more: Any) -> Inbound:
    return Inbound(external_id, text, **more)


def test_a_message_is_kept_with_its_speaker(form: Any, samir: Any, now: datetime) -> None:
    (receipt,) = receive(
        form, [said("1", email="Hanne@Home.example", name="Hanne", data={"page": "/refund"})]
    )

    message = Message.objects.get(pk=receipt.message_id)
    assert receipt.created and message.text == "My refund has not come."
    assert (message.customer.name, message.identity.handle) == ("Hanne", "hanne@home.example")
    assert (message.said_at, message.received_at, message.data) == (now, now, {"page": "/refund"})


def test_the_same_name_twice_is_one_message(form: Any, samir: Any) -> None:
    first, again = receive(form, [said("1"), said("1", "Other words")])
    (later,) = receive(form, [said("1", "And other words")])

    assert (first.created, again.created, later.created) == (True, False, False)
    assert first.message_id == again.message_id == later.message_id
    assert Message.objects.get().text == "My refund has not come."
    assert Customer.objects.count() == 1


def test_the_same_name_on_two_channels_is_two_messages(form: Any, mail: Any, samir: Any) -> None:
    receive(form, [said("1")])
    (receipt,) = receive(mail, [said("1")])
    assert receipt.created and Message.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("a" * (LONGEST + 1), "longer than 20,000 characters"),
        ("ok\x00ok", "holds control characters"),
        ("ok\x1bok", "holds control characters"),
        ("half \ud83d of one", "holds control characters"),
    ],
)
def test_what_is_no_message_is_kept_apart(form: Any, samir: Any, text: str, reason: str) -> None:
    (receipt,) = receive(form, [said("1", text)])

    message = Message.objects.get(pk=receipt.message_id)
    assert message.quarantined == receipt.quarantined == reason
    assert not Message.objects.unread().exists() and not Conversation.objects.exists()


def test_what_is_far_too_long_is_cut(form: Any, samir: Any) -> None:
    receive(form, [said("1", "a" * (KEPT + 5))])
    assert len(Message.objects.get().text) == KEPT


def test_every_field_may_hold_anything(form: Any, samir: Any) -> None:
    odd = "\ud83d\x00" + "x" * 400
    receive(
        form,
        [said(odd, "Fine", handle=odd, name=odd, email=odd, subject=odd, thread=odd, segment=odd,
              organisation=odd, audience=odd, data={"a\x00": ["\ud83d", 1]})],
    )  # fmt: skip
    (again,) = receive(form, [said(odd)])
    message = Message.objects.get()
    assert not again.created and message.audience == "us"
    assert message.data == {"a\ufffd": ["\ufffd", 1]}


def test_a_message_without_a_name_is_refused(form: Any, samir: Any) -> None:
    with pytest.raises(ValidationError, match="no external id"):
        receive(form, [said("1"), said("  ")])
    assert not Message.objects.exists()


def test_live_words_open_one_conversation_with_owner_and_due_date(
    form: Any, samir: Any, maren: Any, now: datetime
) -> None:
    receive(form, [said("1", email="hanne@home.example"), said("2", email="hanne@home.example")])

    conversation = Conversation.objects.get()
    assert (conversation.owner, conversation.due_at) == (samir, now + timedelta(hours=24))
    assert conversation.subject == "My refund has not come." and conversation.messages.count() == 2
    assert Event.objects.filter(name="channels.conversation_opened").count() == 1


def test_agents_take_turns(form: Any, samir: Any, teams: Any) -> None:
    from pivotpoint.accounts.models import User

    rosa = User.objects.create_user("rosa@fjordhus.example", name="Rosa", role="agent", team=teams["service"])
    User.objects.create_user("sold@fjordhus.example", name="Sol", role="agent", team=teams["sales"])
    receive(form, [said(str(number)) for number in range(3)])
    receive(form, [said("later")])
    owners = list(Conversation.objects.order_by("pk").values_list("owner", flat=True))
    assert owners == [samir.pk, rosa.pk, samir.pk, rosa.pk]


def test_without_agents_the_lead_answers_then_the_administrator(form: Any, ada: Any) -> None:
    receive(form, [said("1")])
    assert Conversation.objects.get().owner == ada


def test_the_channel_says_how_soon_an_answer_is_due(form: Any, samir: Any, now: datetime) -> None:
    form.config = {"answer_hours": 4}
    form.save()
    receive(form, [said("1")])
    assert Conversation.objects.get().due_at == now + timedelta(hours=4)


def test_an_imported_history_waits_for_nobody(feed: Any, samir: Any) -> None:
    receive(feed, [said("1", said_at=datetime(2026, 1, 2, tzinfo=UTC))], live=False)
    assert not Conversation.objects.exists() and Message.objects.unread().count() == 1


def test_words_about_us_wait_for_no_answer(feed: Any, samir: Any) -> None:
    receive(feed, [said("1", audience="about")])
    assert not Conversation.objects.exists()


def test_a_time_without_a_zone_is_utc(feed: Any) -> None:
    receive(feed, [said("1", said_at=datetime(2026, 1, 2, 3, 4))], live=False)
    assert Message.objects.get().said_at == datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def test_a_yes_and_a_no_are_noted_once(form: Any, samir: Any) -> None:
    receive(
        form,
        [said("1", email="h@home.example", may_tell=True), said("2", email="h@home.example", may_tell=True)],
    )
    receive(form, [said("3", email="h@home.example", may_tell=True), said("4", email="o@home.example")])
    row = Consent.objects.get()
    assert (row.purpose, row.channel_kind, row.granted, row.source) == (
        "notice",
        "form",
        True,
        "Web form: with their message",
    )
    receive(form, [said("5", email="h@home.example", may_tell=False)])
    assert list(Consent.objects.order_by("pk").values_list("granted", flat=True)) == [True, False]


def test_a_thousand_take_as_many_statements_as_ten(form: Any, samir: Any) -> None:
    def statements(start: int, count: int) -> int:
        batch = [
            said(str(start + n), handle=f"u{start + n}", email=f"u{start + n}@home.example", organisation=f"o{n % 7}",
                 thread=f"t{start + n}", may_tell=True)
            for n in range(count)
        ]  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            receive(form, batch)
        return len(seen)

    few, many = statements(0, 10), statements(10, 1_000)
    assert many <= few + 12  # Events go in by Django's own batches.
    with CaptureQueriesContext(connection) as seen:
        receive(form, [said(f"x{n}", handle=f"x{n}") for n in range(3_000)], live=False)
    assert len(seen) <= 16
    assert Identity.objects.count() == 2 * 1_010 + 3_000
