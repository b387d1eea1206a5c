"""Who lately threatened to leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.customers.merge import merge
from pivotpoint.customers.models import Customer
from pivotpoint.enterprise.records.facts import facts_of
from pivotpoint.lib import clock
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.reading.read import read_unread
from pivotpoint.listening.threats import DAYS, last_threat

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
LEAVES = "I am closing my account, you lost a customer."


def test_a_threat_is_a_fact_for_ninety_days(say: Say, hanne: Customer) -> None:
    old = say(LEAVES, said_at=clock.now() - timedelta(days=DAYS + 1))
    say("My parcel is late again.")
    read_unread()
    assert old.reading.intent == "churn threat"  # type: ignore[attr-defined]
    assert last_threat(hanne.pk) is None
    new = say(LEAVES + " Goodbye.", said_at=clock.now() - timedelta(days=2))
    say(LEAVES, said_at=clock.now() - timedelta(days=3))
    read_unread()
    assert last_threat(hanne.pk) == new


def test_a_corrected_threat_is_none(say: Say, hanne: Customer, maren: Any) -> None:
    message = say(LEAVES)
    read_unread()
    correct(message, "intent", "question", by=maren)
    assert last_threat(hanne.pk) is None


def test_it_is_said_of_the_person_who_two_turn_out_to_be(say: Say, hanne: Customer) -> None:
    other = Customer.objects.create(name="H. Brandt")
    said = say(LEAVES, other)
    read_unread()
    merge(hanne, other, by=None)
    assert last_threat(hanne.pk) == said


def test_other_systems_are_told_the_day_only_with_their_yes(say: Say, hanne: Customer) -> None:
    said = say(LEAVES)
    read_unread()
    assert facts_of(hanne)["threatened_to_leave"] == ""
    hanne.consents.create(purpose="share", granted=True, source="Call")
    assert facts_of(hanne)["threatened_to_leave"] == said.said_at.date().isoformat()
