"""Out once, only with leave, and never lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from pivotpoint.channels import outbox, sending
from pivotpoint.channels.inbox import Inbound, receive
from pivotpoint.channels.models import Channel, Delivery
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer
from pivotpoint.jobs.beat import settle
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock

pytestmark = pytest.mark.django_db


def notice(channel: Any, customer: Any, key: str = "notice:1") -> Delivery:
    return outbox.post(
        channel, customer, purpose="notice", subject="It changed", text="Refunds take a day.", key=key
    )


def state(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


@pytest.fixture
def willing(hanne: Any) -> Any:
    consent.give(hanne, "notice", source="Form")
    return hanne


def test_a_notice_leaves_by_mail_with_its_headers(mail: Any, willing: Any, mail_server: Any) -> None:
    delivery = notice(mail, willing)
    assert sending.send_due() == 1

    (message,) = mail_server.messages
    assert message["To"] == "hanne@home.example" and message["From"] == "Fjordhus <hello@fjordhus.example>"
    assert message["Subject"] == "It changed" and "Refunds take a day." in message.get_content()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip(" <>")
    assert link.startswith("http://127.0.0.1:8000/stop/") and link in message.get_content()
    assert state(delivery) == "sent" and delivery.reference == message["Message-ID"]
    assert Event.objects.get(name="channels.delivery_sent").data["customer"] == willing.pk


def test_the_same_key_is_sent_once(mail: Any, willing: Any, mail_server: Any) -> None:
    assert notice(mail, willing) == notice(mail, willing)
    sending.send_due()
    notice(mail, willing)
    sending.send_due()
    assert len(mail_server.messages) == 1


def test_a_withdrawn_consent_stops_what_is_queued_at_once(mail: Any, willing: Any, mail_server: Any) -> None:
    delivery = notice(mail, willing)
    consent.withdraw(willing, "notice", source="Telephone")
    settle()
    assert state(delivery) == "stopped" and delivery.error == "They do not allow it."
    assert not mail_server.messages
    assert Event.objects.filter(name="channels.delivery_stopped").count() == 1


def test_consent_is_asked_again_when_it_leaves(mail: Any, willing: Any, mail_server: Any) -> None:
    delivery = notice(mail, willing)
    willing.consents.all().delete()
    sending.send_due()
    assert state(delivery) == "stopped" and not mail_server.messages


@pytest.mark.parametrize("change", [{"notices": "none"}, {"closed_at": clock.now()}, {"notices_per_week": 0}])
def test_the_channel_is_asked_again_too(
    mail: Any, willing: Any, mail_server: Any, change: dict[str, Any]
) -> None:
    delivery = notice(mail, willing)
    Channel.objects.update(**change)
    sending.send_due()
    assert state(delivery) == "stopped" and not mail_server.messages


def test_the_week_s_cap_holds_over_all_channels(
    mail: Any, form: Any, willing: Any, mail_server: Any, now: datetime
) -> None:
    deliveries = [
        notice(channel, willing, f"notice:{number}")
        for number, channel in enumerate((mail, form, mail, form, form))
    ]
    for _ in range(3):
        sending.send_due()
    assert [state(one) for one in deliveries] == ["sent", "sent", "queued", "queued", "queued"]
    with clock.at(now + timedelta(days=6, hours=23)):
        assert sending.send_due() == 0
    with clock.at(now + timedelta(days=7, seconds=1)):
        sending.send_due()
    assert len(mail_server.messages) == 4
    assert {one.attempts for one in Delivery.objects.filter(state="queued")} == {0}


def test_what_another_worker_is_sending_counts(mail: Any, willing: Any, mail_server: Any) -> None:
    Channel.objects.update(notices_per_week=1)
    notice(mail, willing, "notice:1")
    delivery = notice(mail, willing, "notice:2")
    Delivery.objects.filter(key="notice:1").update(state="sending", claimed_at=clock.now())
    sending.send_due()
    assert state(delivery) == "queued" and not mail_server.messages


def test_a_server_that_is_down_is_tried_again_ever_more_slowly(
    mail: Any, willing: Any, settings: Any, now: datetime
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    delivery = notice(mail, willing)
    waits, moment = [], now
    for _ in range(sending.MOST_ATTEMPTS):
        with clock.at(moment):
            assert sending.send_due() == 1
            assert sending.send_due() == 0
        delivery.refresh_from_db()
        waits.append(delivery.next_attempt_at - moment)
        moment = delivery.next_attempt_at
    assert waits[:-1] == sorted(waits[:-1]) and waits[0] >= timedelta(seconds=30)
    assert (state(delivery), delivery.attempts) == ("dead", sending.MOST_ATTEMPTS)
    assert "could not be reached" in delivery.error
    assert Event.objects.filter(name="channels.delivery_failed").count() == 1


@pytest.mark.parametrize(("answer", "after"), [("550 unknown", "dead"), ("451 later", "queued")])
def test_the_mail_server_says_whether_it_is_for_good(
    mail: Any, willing: Any, mail_server: Any, answer: str, after: str
) -> None:
    mail_server.refuse = answer
    delivery = notice(mail, willing)
    sending.send_due()
    assert state(delivery) == after and "refused hanne@home.example" in delivery.error


def test_a_dead_letter_is_replayed_with_the_same_key(
    mail: Any, willing: Any, mail_server: Any, samir: Any
) -> None:
    mail_server.refuse = "550 full"
    delivery = notice(mail, willing)
    sending.send_due()
    mail_server.refuse = ""
    delivery.refresh_from_db()
    outbox.replay(delivery, by=samir)
    sending.send_due()
    assert state(delivery) == "sent" and len(mail_server.messages) == 1
    with pytest.raises(ValidationError, match="Only what was not delivered"):
        outbox.replay(delivery, by=samir)


def test_somebody_without_an_address_is_a_dead_letter(feed: Any, installation: Any) -> None:
    nobody = Customer.objects.create()
    consent.give(nobody, "notice", source="Form")
    delivery = notice(feed, nobody)
    sending.send_due()
    assert state(delivery) == "dead" and delivery.error == "We know no address of theirs."


def test_whoever_left_no_address_on_the_form_reads_it_on_their_page(
    form: Any, samir: Any, mail_server: Any
) -> None:
    (receipt,) = receive(form, [Inbound("1", "Where is my refund?")])
    customer = Customer.objects.get(messages=receipt.message_id)
    delivery = outbox.post(form, customer, purpose="reply", subject="Re", text="On its way.", key="k")
    sending.send_due()
    assert (state(delivery), delivery.reference) == ("sent", "page") and not mail_server.messages


def test_a_killed_worker_s_claim_is_taken_over_and_it_cannot_finish_twice(
    mail: Any, willing: Any, mail_server: Any, monkeypatch: Any
) -> None:
    delivery = notice(mail, willing)
    Delivery.objects.update(state="sending", attempts=1, claimed_at=clock.now() - timedelta(minutes=6))
    late = Delivery.objects.select_related("channel", "customer").get()
    sending.send_due()
    assert (state(delivery), delivery.attempts) == ("sent", 2)
    sending._finish(late, "sent", "channels.delivery_sent")
    sending._fail(late, "too late", permanent=True)
    assert state(delivery) == "sent" and Event.objects.filter(name="channels.delivery_sent").count() == 1


def test_a_fresh_claim_is_left_alone(mail: Any, willing: Any, mail_server: Any) -> None:
    notice(mail, willing)
    Delivery.objects.update(state="sending", claimed_at=clock.now())
    assert sending.send_due() == 0 and not mail_server.messages


def test_the_message_id_is_the_same_at_every_attempt(mail: Any, willing: Any, mail_server: Any) -> None:
    delivery = notice(mail, willing)
    sending.send_due()
    Delivery.objects.update(state="queued", sent_at=None)
    sending.send_due()
    first, second = mail_server.messages
    assert first["Message-ID"] == second["Message-ID"] == Delivery.objects.get(pk=delivery.pk).reference


def test_a_slow_mail_server_does_not_hold_up_the_worker(
    mail: Any, hanne: Any, mail_server: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "AT_A_TIME", -1.0)
    for number in range(3):
        outbox.post(mail, hanne, purpose="reply", subject="Re", text="Hello", key=str(number))
    assert [sending.send_due() for _ in range(4)] == [1, 1, 1, 0]


def test_held_words_wait_for_somebody_who_may(mail: Any, hanne: Any, samir: Any, maren: Any) -> None:
    held = outbox.post(mail, hanne, purpose="reply", subject="Re", text="Hello", key="k", held=True)
    assert sending.send_due() == 0
    with pytest.raises(PermissionDenied):
        outbox.approve(held, by=samir)
    outbox.approve(held, by=maren)
    assert state(held) == "queued"


class TestRoute:
    def test_the_channel_they_used_last_that_allows_it(
        self, form: Any, mail: Any, samir: Any, now: datetime
    ) -> None:
        hanne = self.wrote(form, "1", now - timedelta(days=1))
        self.wrote(mail, "2", now)
        consent.give(hanne, "notice", channel_kind="form", source="Form")
        assert outbox.route([hanne.pk], "notice") == {hanne.pk: form}
        assert outbox.route([hanne.pk], "reply") == {hanne.pk: mail}

    def test_or_why_not_in_words(self, form: Any, feed: Any, samir: Any, tomek: Any) -> None:
        hanne = self.wrote(form, "1")
        assert outbox.route([hanne.pk, tomek.pk], "notice") == {
            hanne.pk: "no consent",
            tomek.pk: "no channel",
        }
        Channel.objects.filter(pk=form.pk).update(notices="none")
        assert outbox.route([hanne.pk], "notice") == {hanne.pk: "channel sends nothing"}
        (receipt,) = receive(feed, [Inbound("1", "Slow", handle="u1", may_tell=True)], live=False)
        reviewer = Customer.objects.get(messages=receipt.message_id)
        assert outbox.route([reviewer.pk], "notice") == {reviewer.pk: "no address"}

    def test_a_yes_to_e_mail_is_enough_when_their_own_channel_does_not_do(
        self, form: Any, mail: Any, samir: Any
    ) -> None:
        hanne = self.wrote(form, "1")
        consent.give(hanne, "notice", channel_kind="email", source="Telephone")
        assert outbox.route([hanne.pk], "notice") == {hanne.pk: mail}

    def test_as_many_statements_for_many(
        self, form: Any, samir: Any, django_assert_max_num_queries: Any
    ) -> None:
        receive(form, [Inbound(str(n), "x", email=f"u{n}@home.example") for n in range(500)])
        with django_assert_max_num_queries(5):
            outbox.route(list(Customer.objects.values_list("pk", flat=True)), "notice")

    def wrote(self, channel: Any, name: str, at: datetime | None = None) -> Any:
        (receipt,) = receive(channel, [Inbound(name, "Words", email="hanne@home.example", said_at=at)])
        return Customer.objects.get(messages=receipt.message_id)
