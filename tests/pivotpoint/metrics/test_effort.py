"""What listening takes: acts and time of people, work of the machine, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Message
from pivotpoint.jobs import beat
from pivotpoint.jobs.models import SweepDay
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.correct import confirm
from pivotpoint.listening.models import Glance
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.metrics.effort import Acts, Effort, effort
from tests.pivotpoint.listening.conftest import say as say  # a fixture

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
JUDGED = "Readings judged"


def kind(found: Effort, label: str) -> Acts:
    return next(one for one in found.people if one.label == label)


def minutes(hours: float) -> int:
    return round(60 * hours)


@pytest.fixture
def read(say: Say) -> list[Message]:
    found = [say(f"My lamp number {number} is broken.") for number in range(5)]
    read_unread()
    return [Message.objects.get(pk=message.pk) for message in found]


def test_an_act_takes_the_time_since_the_one_before_but_never_long(
    read: list[Message], samir: Any, maren: Any, now: datetime
) -> None:
    for message, after in zip(read, (0, 2, 3, 60), strict=False):
        with clock.at(now + timedelta(minutes=after)):
            confirm(message, ["mood"], by=samir)
    with clock.at(now + timedelta(minutes=61)):
        confirm(read[4], ["mood"], by=maren)
        found = effort()
    mine = kind(found, JUDGED)
    assert (mine.acts, mine.people) == (5, 2)
    assert minutes(mine.hours) == 5 + 2 + 1 + 5 + 5, "first acts and the one after a pause take five minutes"
    assert found.different_people == 2
    assert found.weeks[-1].acts == 5 and found.weeks[-1].day.weekday() == 0


def test_who_could_not_tell_has_worked_too(read: list[Message], samir: Any, now: datetime) -> None:
    confirm(read[0], ["mood"], by=samir)
    with clock.at(now + timedelta(minutes=3)):
        Glance.objects.create(message=read[1], by=samir)
        assert kind(effort(), JUDGED).acts == 2
        assert minutes(effort().hours) == 8


def test_a_program_is_nobody(read: list[Message], now: datetime) -> None:
    confirm(read[0], ["mood"], by=None)
    assert effort().acts == 0


def test_only_the_asked_days_count(read: list[Message], samir: Any, now: datetime) -> None:
    with clock.at(now - timedelta(days=40)):
        confirm(read[0], ["mood"], by=samir)
    assert (effort(30).acts, effort(90).acts, effort().acts) == (0, 1, 1)


def test_the_worker_keeps_what_its_sweeps_did_each_day(say: Say, now: datetime) -> None:
    say("Where is my parcel?")
    beat.run("listening.read")
    with clock.at(now + timedelta(days=1)):
        say("Where is my refund?")
        say("Where is my lamp?")
        beat.run("listening.read")
        beat.run("listening.read")
        rows = SweepDay.objects.filter(name="listening.read").order_by("day").values_list("rows", flat=True)
        assert list(rows) == [1, 2], "the run that found nothing adds nothing"
        found = effort()
    assert found.messages == 3
    assert (
        found.machine_hours == pytest.approx(sum(one.hours for one in found.machine))
        and found.machine_hours > 0
    )


def test_the_cost_is_told_where_somebody_has_said_what_an_hour_costs(
    read: list[Message], samir: Any, now: datetime
) -> None:
    confirm(read[0], ["mood"], by=samir)
    assert effort().price is None
    Installation.objects.update_or_create(defaults={"hour_price": Decimal(48), "currency": "CHF"})
    found = effort()
    assert (found.price, found.currency) == (Decimal("4.00"), "CHF")


def test_a_constant_number_of_queries(read: list[Message], samir: Any, maren: Any, now: datetime) -> None:
    confirm(read[0], ["mood"], by=samir)
    with CaptureQueriesContext(
        connection,
    ) as one:
        effort(fresh=True)
    for message in read:
        confirm(message, ["mood", "intent"], by=maren)
    with CaptureQueriesContext(connection) as more:
        effort(fresh=True)
    assert len(one) == len(more)


def test_the_page_names_nobody(read: list[Message], samir: Any, client: Client, now: datetime) -> None:
    confirm(read[0], ["mood"], by=samir)
    client.force_login(samir)
    page = client.get("/settings/reading/effort/?days=30").content.decode()
    main = page[page.index("<main") :]
    assert JUDGED in main and "5 min" in main
    assert samir.name not in main
    assert client.get("/settings/reading/effort/?days=soon").status_code == 200


def test_a_partner_is_not_told_what_an_hour_costs(client: Client, pia: Any, samir: Any) -> None:
    Installation.objects.update_or_create(defaults={"hour_price": Decimal("48.25"), "currency": "CHF"})
    for who, told in ((pia, False), (samir, True)):
        client.force_login(who)
        assert ("48.25" in client.get("/settings/").content.decode()) is told
        assert (client.get("/settings/reading/effort/").status_code == 200) is told
