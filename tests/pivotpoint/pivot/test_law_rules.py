"""A rule compiled to a query takes what the same rule read by hand takes: random rules on random insights."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pivotpoint.channels.models import Channel
from pivotpoint.customers.models import Customer, Organisation
from pivotpoint.insights.counting.shares import count_shares
from pivotpoint.insights.models import Insight, Theme, ThemeVector
from pivotpoint.lib import clock
from pivotpoint.listening.models import Mention, Reading
from pivotpoint.pivot import edit, gate, loops
from pivotpoint.pivot.conditions import FIELDS, check, describe, matching, switchable
from pivotpoint.pivot.conditions.asked import Meanings
from pivotpoint.pivot.conditions.match import first_of
from pivotpoint.pivot.decide import decide, decide_all, uncovered
from pivotpoint.pivot.models import Passage, Pivot
from pivotpoint.pivot.replay import replay
from tests.pivotpoint.pivot.any_rule import SENTENCES, a_rule
from tests.pivotpoint.pivot.by_hand import ASK, holds, taken
from tests.switchyard import make_insight, make_pivot
from textanalytics import encoders

TITLES = ["Refund is late", "Größe passt nicht", "Parcel 7 broken", "Nothing fits"]
KEYWORDS = [["refund", "late"], ["größe"], [], ["parcel", "7"]]
SEGMENTS = ["business", "home", ""]
OWN = [{"tier": "gold", "worth": 900}, {"tier": 5, "worth": "none"}, {"worth": 12.5, "tier": True}, {}]


def world(dice: Random, *, lived: bool = True) -> None:
    """A dozen insights of every sort, some of which have been somewhere already where they have `lived`."""
    now = clock.now()
    for number in range(1, 13):
        people = dice.choice([1, 1, 2, 3, 5])
        onset = dice.choice([None, now.date() - timedelta(days=dice.randint(0, 60))])
        insight = make_insight(
            number,
            people,
            title=f"{dice.choice(TITLES)} {number}",
            keywords=dice.choice(KEYWORDS),
            negative=dice.randint(0, people),
            function=dice.choice(["finance", "supply", ""]),
            severity=dice.choice(["low", "medium", "high"]),
            first_at=now - timedelta(days=dice.randint(30, 90)),
            last_at=dice.choice([now - timedelta(days=dice.randint(0, 29)), None]),
            onset=onset,
            rate_before=dice.choice([0.0, 0.4]),
            rate_since=dice.choice([0.0, 0.4, 1.2]),
            vague=dice.random() < 0.1,
        )
        _said(insight, dice)
        if lived:
            _lived(insight, dice)
        vector = dice.choice(SENTENCES)
        if dice.random() < 0.9:
            middle = encoders.default().encode([f"{vector} {insight.theme.title}"])[0]
            ThemeVector.objects.create(theme=insight.theme, vector=middle.astype(np.float32).tobytes())


def _said(insight: Insight, dice: Random) -> None:
    """Its people and its readings."""
    for customer in Customer.objects.filter(backings__theme=insight.pk):
        customer.segment, customer.fields = dice.choice(SEGMENTS), dice.choice(OWN)
        customer.organisation = dice.choice([None, *Organisation.objects.order_by("pk")])
        customer.save()
    for reading in Reading.objects.filter(message__membership__cluster__theme=insight.pk):
        reading.mood = dice.choice(["negative", "positive"])
        reading.intent = dice.choice(["complaint", "request", "request", "churn threat"])
        reading.language = dice.choice(["de", "en"])
        reading.save()
        for name in dice.choice([[], [], ["Aroma One"], ["Aroma One", "Rostock"]]):
            Mention.objects.create(message_id=reading.pk, kind="name", field="own", value=name, version="1")
    count_shares([insight.pk])


def _lived(insight: Insight, dice: Random) -> None:
    """Its past."""
    pivot = dice.choice(list(Pivot.objects.order_by("pk")))
    passage = decide(insight) if dice.random() < 0.5 else None
    if passage is not None and passage.state == "waiting" and dice.random() < 0.5:
        gate.hold(passage, "Not now.", by=None)
    elif dice.random() < 0.5:
        loop = loops.open_loop(insight, pivot, by=None)
        dice.choice([loops.deliver, lambda loop, by: loops.decline(loop, "No.", by=by)])(loop, by=None)


@pytest.mark.django_db
@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_query_takes_what_the_rule_takes_by_hand(
    seed: int, teams: Any, ines: Any, maren: Any, now: Any
) -> None:
    dice = Random(seed)
    with transaction.atomic():
        for name in ("Acme", "Bolt"):
            Organisation.objects.create(name=name)
        Channel.objects.create(name="Calls", kind="call", goal="Hear callers.")
        make_pivot(teams["finance"], ines, gate="checked")
        make_pivot(teams["supply"], ines, "Late", gate="closed", position=1, conditions=[
            {"field": "people", "op": "at_most", "value": 1}
        ])  # fmt: skip
        world(dice)
        insights = list(Insight.objects.select_related("theme").order_by("pk"))
        for _ in range(30):
            rules = [a_rule(dice) for _ in range(dice.randint(1, 3))]
            checked = check(rules)
            plain = [
                {"match": one.match, "excludes": one.excludes, "conditions": one.conditions}
                for one in checked
            ]
            by_hand = [insight.pk for insight in insights if taken(insight, plain)]
            said = " | ".join(describe(one) for one in checked)
            assert sorted(matching(rules).values_list("pk", flat=True)) == by_hand, said
            places = dict(
                switchable()
                .annotate(place=first_of(checked, Meanings(checked, switchable())))
                .values_list("pk", "place")
            )
            first = {
                insight.pk: next(
                    (n for n, one in enumerate(plain) if not one["excludes"] and holds(insight, one)), None
                )
                for insight in insights
                if insight.pk in by_hand
            }
            assert {pk: place for pk, place in places.items() if place is not None} == first, said
        transaction.set_rollback(True)


@pytest.mark.django_db
@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_what_would_have_been_caught_is_what_comes_to_the_gate(
    seed: int, teams: Any, ines: Any, joris: Any, maren: Any, now: Any
) -> None:
    """Nobody has decided anything yet; then the rules are saved, and the sweep goes over all insights."""
    dice = Random(seed)
    with transaction.atomic():
        earlier = make_pivot(teams["supply"], joris, "Earlier", position=0, gate="checked")
        later = make_pivot(teams["finance"], ines, "Later", position=9, gate="checked", conditions=[
            {"field": "people", "op": "at_least", "value": 2}
        ])  # fmt: skip
        earlier.rules.update(conditions=[{"field": "severity", "op": "is", "value": "high"}])
        world(dice, lived=False)
        Theme.objects.filter(last_at=None).update(last_at=now)
        for _ in range(12):
            rules = [a_rule(dice) for _ in range(dice.randint(1, 3))]
            with transaction.atomic():
                before = {row.pk: decide_all_in(row) for row in (earlier, later)}
                found = replay(rules, position=5)
                fields = {"name": "New", "team": teams["finance"], "owner": ines, "position": 5}
                pivot = edit.save(fields, by=maren, rules=rules)
                saved = replay(pivot)
                decide_all()
                came = set(Passage.objects.filter(pivot=pivot).values_list("insight", flat=True))
                kept = sum(some.insights for some in found.kept_by.values())
                taken_from = sum(some.insights for some in found.taken_from.values())
                assert (saved.caught, saved.kept_by, saved.taken_from) == (
                    found.caught, found.kept_by, found.taken_from
                )  # fmt: skip
                assert found.caught.insights - kept == len(came)
                left = set(Passage.objects.filter(pivot=later).values_list("insight", flat=True))
                assert before[later.pk] - left == before[later.pk] & came
                assert taken_from == len(before[later.pk] & came)
                assert uncovered().count() == found.uncovered.insights
                transaction.set_rollback(True)
        transaction.set_rollback(True)


def decide_all_in(pivot: Pivot) -> set[int]:
    """What this pivot would get without the new one."""
    with transaction.atomic():
        decide_all()
        found = set(Passage.objects.filter(pivot=pivot).values_list("insight", flat=True))
        transaction.set_rollback(True)
    return found


def test_every_field_is_read_by_hand() -> None:
    assert set(ASK) == set(FIELDS)
