"""Several processes at once: threads with connections of their own stand for them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from pivotpoint.channels import outbox, sending
from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Channel, Conversation, Delivery, Message
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Identity

pytestmark = pytest.mark.django_db(transaction=True)


def together(*work: Callable[[], Any]) -> None:
    """Run all at the same moment; the first failure is raised."""
    start, failures = Barrier(len(work)), []

    def run(one: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            one()
        except BaseException as failure:  # noqa: BLE001 it is raised below, in the test's own thread
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if failures:
        raise failures[0]


def test_the_same_messages_sent_twice_at_once_are_kept_once(form: Any, samir: Any) -> None:
    batch = [Inbound(str(n), "Words", email=f"u{n % 20}@home.example") for n in range(60)]
    together(*[lambda: receive(form, batch)] * 3)
    assert (Message.objects.count(), Conversation.objects.count()) == (60, 20)


def test_the_same_people_on_several_channels_at_once_are_counted_once(installation: Any, samir: Any) -> None:
    channels = [Channel.objects.create(name=f"Form {n}", kind="form", goal="Hear.") for n in range(3)]

    def arrive(channel: Channel, order: int) -> None:
        people = [Inbound(str(n), "Words", email=f"u{n}@home.example") for n in range(80)]
        receive(channel, people[::order], live=False)

    together(
        *[
            lambda c=channel, o=order: arrive(c, o)
            for channel, order in zip(channels, (1, -1, 1), strict=True)
        ]
    )
    assert (Identity.objects.count(), Customer.objects.count(), Message.objects.count()) == (80, 80, 240)
    assert all(
        message.customer_id == message.identity.customer_id
        for message in Message.objects.select_related("identity")
    )


def test_two_workers_send_each_once_and_keep_the_cap(
    mail: Any, hanne: Any, tomek: Any, mail_server: Any
) -> None:
    for person in (hanne, tomek):
        consent.give(person, "notice", source="Form")
        for number in range(4):
            outbox.post(mail, person, purpose="notice", subject="s", text="t", key=f"{person.pk}:{number}")
            outbox.post(mail, person, purpose="reply", subject="s", text="t", key=f"r{person.pk}:{number}")
    together(sending.send_due, sending.send_due)

    sent = [message["Message-ID"] for message in mail_server.messages]
    assert len(sent) == len(set(sent)) == Delivery.objects.filter(state="sent").count()
    for person in (hanne, tomek):
        theirs = Delivery.objects.filter(customer=person, state="sent")
        assert theirs.filter(purpose="reply").count() == 4 and theirs.filter(purpose="notice").count() <= 2
