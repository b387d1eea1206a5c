"""Law 4: people, not messages; whatever happens to people and readings, the counts are those of a full recount."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.customers.merge import merge, unmerge
from pivotpoint.customers.models import Customer, Merge
from pivotpoint.insights.counting.count import recount_all
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.models import (
    Backing,
    Membership,
    MicroCluster,
    Theme,
    ThemeAction,
    ThemeChannel,
    ThemeDay,
)
from pivotpoint.journal.models import Event
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.correcting.correct import undo as undo_correction
from pivotpoint.listening.models import Correction
from tests.pivotpoint.insights.conftest import LATE, TWICE
from tests.pivotpoint.insights.test_cluster_moods import agrees as moods_agree
from tests.pivotpoint.insights.themes import theme_of

pytestmark = pytest.mark.django_db(transaction=True)
Heard = dict[str, list[Message]]
Listen = Callable[[], None]
Say = Callable[..., Message]


def person(name: str) -> Customer:
    return Customer.objects.get(name=name).person


def test_merging_two_people_lowers_the_rung_and_unmerging_lifts_it(heard: Heard, maren: Any) -> None:
    twice = theme_of(heard["twice"][0])
    row = merge(person("Hanne"), person("Tomek"), by=maren)
    twice.refresh_from_db()
    assert (twice.people, twice.messages, twice.rung) == (2, 3, "pattern")
    assert Event.objects.filter(name="insights.fell_a_rung").count() == 1
    unmerge(row, by=maren)
    twice.refresh_from_db()
    assert (twice.people, twice.rung) == (3, "trend")


def test_a_reading_that_is_not_about_us_leaves_its_theme(heard: Heard, samir: Any, listen: Listen) -> None:
    theme, message = theme_of(heard["late"][0]), heard["late"][0]
    correction = correct(message, "about_us", "false", by=samir)
    theme.refresh_from_db()
    assert theme.people == 3
    assert sum(MicroCluster.objects.values_list("count", flat=True)) == 6
    undo_correction(correction, by=samir)
    listen()
    theme.refresh_from_db()
    assert theme.people == 4


def test_a_corrected_mood_counts(heard: Heard, samir: Any) -> None:
    theme, message = theme_of(heard["late"][0]), heard["late"][0]
    before = theme.negative
    correct(message, "mood", "negative", by=samir)
    theme.refresh_from_db()
    worse = theme.negative
    correct(message, "mood", "positive", by=samir)
    theme.refresh_from_db()
    assert (worse, theme.negative) in {(before, before - 1), (before + 1, before)}


KEPT = (
    (Backing, ("theme", "customer", "first_at", "last_at", "messages", "negative")),
    (ThemeDay, ("theme", "day", "people", "messages", "negative")),
    (ThemeChannel, ("theme", "channel", "people", "messages")),
    (
        Theme,
        ("pk", "people", "messages", "negative", "actionable", "rung", "function", "first_at", "last_at"),
    ),
)


def counts() -> list[list[tuple[Any, ...]]]:
    return [sorted(model.objects.values_list(*fields), key=str) for model, fields in KEPT]  # type: ignore[attr-defined]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["say", "merge", "unmerge", "move", "split", "join", "undo", "correct", "listen"]),
        st.integers(0, 50),
        st.integers(0, 50),
    ),
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(steps=STEPS)
def test_a_full_recount_gives_the_same(
    steps: list[tuple[str, int, int]], heard: Heard, say: Say, listen: Listen, maren: Any
) -> None:
    with transaction.atomic():
        assert moods_agree()
        start = transaction.savepoint()
        for step, a, b in steps:
            take(step, a, b, say, listen, maren)
        listen()
        kept = counts()
        recount_all()
        assert counts() == kept
        assert moods_agree()
        standing = MicroCluster.objects.filter(folded_into=None)
        for pk, count in standing.values_list("pk", "count"):
            assert Membership.objects.filter(cluster=pk).count() == count
        transaction.savepoint_rollback(start)


def take(step: str, a: int, b: int, say: Say, listen: Listen, by: Any) -> None:
    """One random operation; what is refused in words changes nothing."""
    from django.core.exceptions import ValidationError

    try:
        with transaction.atomic():
            DO[step](a, b, say, by)
    except ValidationError:
        return
    run_dispatches()
    if step == "listen":
        listen()


def run_dispatches() -> None:
    """Inside a rolled back transaction nothing commits, so the sweeper tells the subscribers."""
    from pivotpoint.journal.record import sweep

    sweep()


def pick(rows: Any, n: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[n % len(found)] if found else None


def _say(a: int, b: int, say: Say, by: Any) -> None:
    say((LATE + TWICE)[a % 8], f"p{b % 5}", days=b % 9)


def _merge(a: int, b: int, say: Say, by: Any) -> None:
    merge(pick(Customer.objects.people(), a), pick(Customer.objects.people(), b), by=by)


def _unmerge(a: int, b: int, say: Say, by: Any) -> None:
    if (row := pick(Merge.objects.filter(undone_at=None), a)) is not None:
        unmerge(row, by=by)


def _move(a: int, b: int, say: Say, by: Any) -> None:
    target = pick(Theme.objects.live(), b) if b % 2 else None
    edit.move(pick(Message.objects.all(), a), target, by=by)


def _split(a: int, b: int, say: Say, by: Any) -> None:
    theme = pick(Theme.objects.live(), a)
    edit.split(theme, [pick(Membership.objects.filter(cluster__theme=theme), b).pk], "", by=by)


def _join(a: int, b: int, say: Say, by: Any) -> None:
    edit.merge(pick(Theme.objects.live(), a), pick(Theme.objects.live(), b), by=by)


def _undo(a: int, b: int, say: Say, by: Any) -> None:
    if (action := pick(ThemeAction.objects.filter(undone_at=None), a)) is not None:
        undo(action, by=by)


def _correct(a: int, b: int, say: Say, by: Any) -> None:
    message = pick(Message.objects.exclude(reading=None), a)
    field, value = [("mood", "positive"), ("about_us", "false"), ("function", "sales"), ("about_us", "true")][
        b % 4
    ]
    if b % 5 == 0 and (row := pick(Correction.objects.filter(undone_at=None), a)) is not None:
        undo_correction(row, by=by)
    else:
        correct(message, field, value, by=by)


DO: dict[str, Callable[..., None]] = {
    "say": _say,
    "merge": _merge,
    "unmerge": _unmerge,
    "move": _move,
    "split": _split,
    "join": _join,
    "undo": _undo,
    "correct": _correct,
    "listen": lambda *_: None,
}


def test_an_erased_person_leaves_nothing_behind(heard: Heard, maren: Any, listen: Listen) -> None:
    theme = theme_of(heard["late"][0])
    words = heard["late"][0].text
    erase(person("Hanne"), by=maren)
    listen()
    theme.refresh_from_db()
    assert (theme.people, theme.messages) == (3, 3)
    assert sum(MicroCluster.objects.values_list("count", flat=True)) == 5
    assert not any(words in samples for samples in MicroCluster.objects.values_list("samples", flat=True))
    assert words[:40] not in theme.title
    assert not Backing.objects.filter(customer__erased_at__isnull=False).exists()
