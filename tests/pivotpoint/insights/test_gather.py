"""Messages that mean the same come together, and people are counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from pivotpoint.channels.models import ImportRun, Message
from pivotpoint.insights.counting import count
from pivotpoint.insights.gathering import gather, memory
from pivotpoint.insights.models import (
    Backing,
    IndexState,
    Insight,
    Membership,
    MicroCluster,
    Theme,
    ThemeChannel,
    ThemeDay,
)
from pivotpoint.journal.models import Event
from pivotpoint.listening.models import Reading
from pivotpoint.listening.reading.read import read_unread
from tests.pivotpoint.insights.themes import theme_of

pytestmark = pytest.mark.django_db
Say = Callable[..., Message]
Listen = Callable[[], None]
Heard = dict[str, list[Message]]


def test_the_ladder_counts_different_people(heard: Heard) -> None:
    late, twice = (theme_of(heard[key][0]) for key in ("late", "twice"))
    assert late != twice
    assert [(t.people, t.messages, t.rung) for t in (late, twice)] == [(4, 4, "trend"), (3, 3, "trend")]
    assert (late.function, twice.function) == ("supply", "finance")
    assert twice.stakes["money"] > 0.5


def test_the_same_person_twice_is_one_person(say: Say, listen: Listen) -> None:
    message = say("My parcel has not arrived and it was due last week.", "hanne")
    say("The parcel never arrived, it is a week late now.", "hanne")
    listen()
    theme = theme_of(message)
    assert (theme.people, theme.messages, theme.rung) == (1, 2, "voice")


def test_one_two_three_is_told_as_it_climbs(say: Say, listen: Listen) -> None:
    told = []
    for text, who in (
        ("I was charged twice for the same order on my card.", "hanne"),
        ("You charged my card twice for one order.", "tomek"),
        ("My credit card was charged two times for the same order.", "oona"),
        ("Charged twice for one order, I want the second payment back.", "rhea"),
    ):
        seen = Event.objects.filter(name__startswith="insights.").count()
        say(text, who)
        listen()
        told.append(
            [e.name for e in Event.objects.filter(name__startswith="insights.").order_by("pk")[seen:]]
        )
    assert told == [["insights.opened"], ["insights.became_pattern"], ["insights.became_trend"], []]
    assert Insight.objects.get().theme.people == 4


def test_what_is_not_about_us_is_kept_apart(say: Say, listen: Listen) -> None:
    message = say("")
    Message.objects.filter(pk=message.pk).update(text="ok thanks", quarantined="")
    listen()
    reading = Reading.objects.get(pk=message.pk)
    assert reading.gathered_at is not None
    assert not reading.about_us
    assert not Membership.objects.exists()


def test_themes_outlive_the_process(
    heard: Heard, say: Say, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = theme_of(heard["late"][0])
    monkeypatch.setattr(memory, "_held", None)
    message = say("The parcel never arrived, it is a week late now.", "sven")
    listen()
    assert theme_of(message) == before
    assert Theme.objects.get(pk=before.pk).people == 5


def test_a_kill_between_reading_and_placing_places_once(
    heard: Heard, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    say("My parcel has not arrived, it is late.", "sven")
    read_unread()
    rows = MicroCluster.objects.values_list("pk", "count", "vector").order_by("pk")
    before = list(rows)
    with monkeypatch.context() as patch:
        patch.setattr(gather.bulk, "insert", _broken_on_membership(gather.bulk.insert))
        with pytest.raises(RuntimeError):
            gather.gather()
    assert list(rows) == before
    assert gather.gather() == 1
    assert Membership.objects.count() == 8
    assert sum(MicroCluster.objects.values_list("count", flat=True)) == 8


def _broken_on_membership(real: Callable[..., None]) -> Callable[..., None]:
    def insert(model: Any, *args: Any, **more: Any) -> None:
        if model is Membership:
            raise RuntimeError
        real(model, *args, **more)

    return insert


def test_another_process_changed_the_rows(heard: Heard, say: Say, listen: Listen) -> None:
    """What this process holds is out of date: it loads the rows instead of overwriting them."""
    theme = theme_of(heard["late"][0])
    with memory.held() as copy:
        other = memory.load(IndexState.objects.get())
    message = say("The parcel never arrived, it is a week late now.", "sven")
    read_unread()
    gather.gather()
    with pytest.raises(memory.Stale), gather.transaction.atomic():
        memory.save(other)
    assert copy.stamp != other.stamp
    assert theme_of(message) == theme


@pytest.mark.parametrize(("minutes", "placed"), [(0, 0), (9, 0), (11, 2)])
def test_a_part_of_a_block_waits_for_the_file_unless_that_has_stopped_moving(
    say: Say, now: datetime, minutes: int, placed: int
) -> None:
    moved = now - timedelta(minutes=minutes)
    run = ImportRun.objects.create(
        file_name="a.csv", state=ImportRun.State.RUNNING, started_at=moved, heartbeat_at=moved
    )
    say("My parcel has not arrived.")
    say("I was charged twice.", "tomek")
    read_unread()
    assert gather.gather() == placed
    assert Membership.objects.count() == placed
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.DONE)
    gather.gather()
    assert Membership.objects.count() == 2


def test_a_whole_block_waits_only_for_those_between(say: Say, now: datetime) -> None:
    ImportRun.objects.create(
        file_name="a.csv", state=ImportRun.State.RUNNING, started_at=now, heartbeat_at=now
    )
    first, second, third, last = (say(text) for text in ("The sofa is torn.", "No refund.", "Late.", "Rude."))
    read_unread()
    Message.objects.filter(pk__in=[second.pk, last.pk]).update(read_at=None)
    Reading.objects.filter(pk__in=[second.pk, last.pk]).delete()
    assert gather.gather(2) == 0
    read_unread(1)
    assert gather.gather(2) == 2
    placed = Reading.objects.exclude(gathered_at=None)
    assert set(placed.values_list("pk", flat=True)) == {first.pk, second.pk}, third


def test_queries_do_not_grow_with_the_batch(
    say: Say, listen: Listen, django_assert_max_num_queries: Any
) -> None:
    for i in range(40):
        say("My parcel has not arrived and it was due last week.", f"p{i}")
    read_unread()
    with django_assert_max_num_queries(60):
        gather.gather()


@pytest.mark.parametrize(("zone", "day"), [("UTC", 3), ("Europe/Oslo", 4), ("America/Lima", 3)])
def test_a_message_counts_for_the_day_that_it_was_where_we_are(
    say: Say, listen: Listen, now: datetime, zone: str, day: int
) -> None:
    late = now.replace(day=3, hour=23, minute=30)
    message = say("My parcel has not arrived.", days=(now - late) / timedelta(days=1))
    with timezone.override(zone):
        listen()
    kept = Membership.objects.get(pk=message.pk)
    assert (kept.day.day, kept.said_at) == (day, message.said_at)
    assert kept.actionable is message.reading.actionable


def test_many_facts_are_counted_as_few_are(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many messages a copy is made for the counting; of few none. Both count the same, time after time."""
    rolled = (Backing, ThemeDay, ThemeChannel)

    def kept() -> list[list[str]]:
        count.recount_all()
        rows = [[{**row, "id": None} for row in model.objects.values()] for model in rolled]
        return [sorted(repr(sorted(row.items())) for row in of) for of in rows]

    few = kept()
    monkeypatch.setattr(count, "MANY", 0)
    assert [kept(), kept()] == [few, few]
    assert all(few)
