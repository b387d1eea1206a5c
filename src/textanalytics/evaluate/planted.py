"""Events of our own making: real messages of one label, planted into a stream of all the others.

Known events are few. Here a labelled table becomes a stream of days: some labels are common and some rare, weekends are
quieter. On set days one label is spoken of by so many people more a day, for some days. Half of these labels were
never heard before, half were. So one sees how small an event is still found, how soon, and what else is alarmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, Encoder, IntArray
from textanalytics.evaluate.replay import AGAIN, LOOK_BACK, Alarm, Replay, Stream, numbered, replay
from textanalytics.evaluate.tables import BadInput, Table
from textanalytics.evaluate.themes import Figures
from textanalytics.reading.reading import Reader
from textanalytics.text import clean

SIZES = (3, 5, 10)
"""People a day."""

QUIET_DAYS, EVERY, LASTS = 15, 4, 5
"""Days before the first event; from one event to the next; of an event."""

WINDOW = 7
"""Days from its start in which an event may be found."""

EVENTS = 12
DAYS = QUIET_DAYS + EVERY * EVENTS + LOOK_BACK
WEEKEND, WEEK = 0.5, 7
"""On the last two days of a week half as many people speak."""

COMMON = 5
"""The label at place r is spoken of in proportion to 1 / (r + COMMON)."""

LEAST_SHARE, LEAST_PEOPLE = 1 / 3, 2
THEMES = 50


@dataclass(frozen=True)
class Event:
    label: str
    start: int
    people: int
    known: bool


@dataclass(frozen=True)
class Planted:
    """`event` (messages,) is the place of the event whose label a message has, while it lasts; -1 for none."""

    stream: Stream
    events: list[Event]
    event: IntArray


@dataclass(frozen=True)
class Asked:
    """Columns of the table, people on an ordinary day, the detail of themes, and the seed of every draw."""

    text: str
    label: str
    a_day: int
    detail: float
    seed: int


def measure(table: Table, asked: Asked, encoder: Encoder) -> Figures:
    """An event is found on the first day of its window on which something rises of which it is a third. Everything
    else that rises is a false alarm, whatever its mood: here all messages count as complaints."""
    texts, labels = table.column(asked.text), table.column(asked.label)
    planted = plant(texts, labels, a_day=asked.a_day, seed=asked.seed)
    return figures(planted, replay(planted.stream, encoder, asked.detail))


def plant(texts: Sequence[str], labels: Sequence[str], *, a_day: int, seed: int) -> Planted:
    chance = np.random.default_rng(seed)
    names, label = np.unique(np.asarray(labels), return_inverse=True)
    names, label = names[(order := chance.permutation(len(names)))], np.argsort(order)[label]
    events = _events(names.tolist(), np.bincount(label))
    waiting = chance.permutation(len(label)).tolist()
    message, day, event = _spoken(waiting, label, names.tolist(), events)
    left = np.setdiff1d(np.arange(len(label)), message)
    new = [i for i, name in enumerate(names) if any(one.label == name and not one.known for one in events)]
    background, when = _background(left[~np.isin(label[left], new)], label, a_day, chance)
    message, day = np.concatenate([message, background]), np.concatenate([day, when])
    event = np.concatenate([event, np.full(len(background), -1)])
    order = np.lexsort((message, day))
    message, day, event = message[order], day[order], event[order]
    for i, one in enumerate(events):
        during = (day >= one.start) & (day < one.start + LASTS)
        event[during & (names[label[message]] == one.label)] = i
    return Planted(_stream([texts[i] for i in message.tolist()], day), events, event)


def _events(names: Sequence[str], messages: IntArray) -> list[Event]:
    """Of labels that have messages enough, at sizes in turn; every other round of sizes a label heard before."""
    wanted = [SIZES[i % len(SIZES)] for i in range(EVENTS)]
    large = [i for i in range(len(names)) if messages[i] >= 1.5 * LASTS * max(SIZES)][:EVENTS]
    if len(large) < EVENTS:
        raise BadInput(f"{EVENTS} labels with {int(1.5 * LASTS * max(SIZES))} messages or more are needed.")
    return [
        Event(str(names[large[i]]), QUIET_DAYS + EVERY * i, people, (i // len(SIZES)) % 2 == 1)
        for i, people in enumerate(wanted)
    ]


def _spoken(
    waiting: list[int], label: IntArray, names: Sequence[str], events: Sequence[Event]
) -> tuple[IntArray, IntArray, IntArray]:
    message, day, event = [], [], []
    for i, one in enumerate(events):
        said = [j for j in waiting if names[label[j]] == one.label][: one.people * LASTS]
        message += said
        day += [one.start + n // one.people for n in range(len(said))]
        event += [i] * len(said)
    return np.array(message, np.int64), np.array(day, np.int64), np.array(event, np.int64)


def _background(
    left: IntArray, label: IntArray, a_day: int, chance: np.random.Generator
) -> tuple[IntArray, IntArray]:
    usual = np.where(np.arange(DAYS) % WEEK >= WEEK - 2, WEEKEND, 1.0) * a_day
    counts = chance.poisson(usual)
    if counts.sum() > len(left):
        raise BadInput(f"{DAYS} days of {a_day} messages are more than the table holds.")
    # Drawn without replacement in proportion to the weight: the largest keys u^(1/weight) (Efraimidis, Spirakis 2006).
    keys = chance.random(len(left)) ** (label[left] + COMMON)
    drawn = chance.permutation(left[np.argsort(-keys, kind="stable")][: counts.sum()])
    return drawn, np.repeat(np.arange(DAYS), counts)


def _stream(texts: list[str], day: IntArray) -> Stream:
    cleaned = [clean(text) for text in texts]
    words = numbered(cleaned, Reader().read(texts).language)
    people = np.arange(len(texts))
    fault, none = np.ones(len(texts), np.bool_), np.zeros(len(texts), np.bool_)
    return Stream(cleaned, words, day, people, fault, none.astype(np.int64), none, 0)


def figures(planted: Planted, replayed: Replay) -> Figures:
    delays: dict[int, int] = {}
    false = 0
    for alarm in replayed.alarms:
        about = _about(alarm, planted)
        for i in about:
            delays.setdefault(i, alarm.day - planted.events[i].start)
        false += not about and alarm.quiet != AGAIN
    found: Figures = {
        "messages": len(planted.event),
        "found": len(delays),
        "of": len(planted.events),
        "mean_delay_days": _mean(list(delays.values())),
        "false_alarm_days_per_week": round(THEMES * false / max(replayed.theme_weeks, 1e-9), 3),
    }
    for size in SIZES:
        own = [i for i, one in enumerate(planted.events) if one.people == size]
        found[f"found_of_{size}_a_day"] = sum(i in delays for i in own)
        found[f"mean_delay_of_{size}_a_day"] = _mean([delays[i] for i in own if i in delays])
    return found


def _about(alarm: Alarm, planted: Planted) -> list[int]:
    counts = np.bincount(planted.event[alarm.messages] + 1, minlength=1 + len(planted.events))[1:]
    enough: BoolArray = (counts >= LEAST_PEOPLE) & (counts >= LEAST_SHARE * len(alarm.messages))
    return [
        i
        for i in np.flatnonzero(enough).tolist()
        if planted.events[i].start <= alarm.day < planted.events[i].start + WINDOW
    ]


def _mean(delays: Sequence[int]) -> float | None:
    return round(float(np.mean(delays)), 2) if delays else None
