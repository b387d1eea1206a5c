"""Known events, end to end: day by day as it would have been heard, through themes found with the past alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from textanalytics.base import BoolArray, Encoder
from textanalytics.evaluate.events import Event, days
from textanalytics.evaluate.replay import Alarm, Replay, Stream, numbered, replay
from textanalytics.evaluate.tables import Table
from textanalytics.evaluate.themes import Figures
from textanalytics.reading.reading import Reader
from textanalytics.rising.alerts import feeling
from textanalytics.text import clean

LEAST_PEOPLE, LEAST_SHARE = 2, 1 / 3
"""A theme is about an event when so many people, and this share of its messages, match the event's pattern."""

LEFT_OUT, ROBUST = 0.05, 0.9
"""Of the messages, in each of several runs; and of the runs, those in which an event has to be found to hang on nothing small."""

THEMES = 50


@dataclass(frozen=True)
class Columns:
    """Where text, time and author stand; author "" makes every message a person of its own."""

    text: str
    time: str
    author: str = ""


@dataclass
class Tally:
    """Of one run over all streams; `found` holds the names of events."""

    found: list[str] = field(default_factory=list)
    delays: list[int] = field(default_factory=list)
    paged: int = 0
    praise_paged: int = 0
    false_days: int = 0
    theme_weeks: float = 0.0

    @property
    def false_days_per_week(self) -> float:
        return THEMES * self.false_days / max(self.theme_weeks, 1e-9)


def measure(
    table: Table,
    columns: Columns,
    events: Sequence[Event],
    encoder: Encoder,
    *,
    detail: float,
    repeat: int = 0,
    seed: int = 0,
) -> Figures:
    """An event is found on the first day in its window on which a theme about it rises; the delay counts from the
    first day in the window on which anybody spoke of it. False alarms are days of themes that would have woken
    somebody and are about no event, for fifty themes; the second day of one rise wakes nobody again.

    With `repeat`, so many runs, each without one message in twenty and in another order within each day: figures are
    means, and of each event it says in how many runs it was found."""
    heard = [(own, prepare(part, columns)) for part, own in streams(table, events)]
    runs = []
    for run in range(repeat) or (None,):
        tally = Tally()
        for own, whole in heard:
            stream = whole if run is None else thinned(whole, seed + run)
            add(tally, own, stream, replay(stream, encoder, detail))
        runs.append(tally)
    figures = _figures(runs, events, len(table))
    return {**figures, **_repeated(runs, events)} if repeat else figures


def _figures(runs: Sequence[Tally], events: Sequence[Event], messages: int) -> Figures:
    delays = [delay for run in runs for delay in run.delays]
    return {
        "messages": messages,
        "found": _mean([len(run.found) for run in runs]),
        "of": len(events),
        "mean_delay_days": round(float(np.mean(delays)), 2) if delays else None,
        "false_alarm_days_per_week": _mean([run.false_days_per_week for run in runs]),
        "issues": sum(event.is_issue for event in events),
        "issues_paged": _mean([run.paged for run in runs]),
        "praise_paged": _mean([run.praise_paged for run in runs]),
    }


def _mean(values: Sequence[float]) -> float | int:
    """A whole number stays one where there is one run."""
    return round(values[0], 3) if len(values) == 1 else round(float(np.mean(values)), 3)


def _repeated(runs: Sequence[Tally], events: Sequence[Event]) -> Figures:
    times = {event.name: sum(event.name in run.found for run in runs) for event in events}
    return {
        "runs": len(runs),
        "found_in_nine_of_ten_runs": sum(count >= ROBUST * len(runs) for count in times.values()),
        "worst_false_alarm_days_per_week": round(max(run.false_days_per_week for run in runs), 3),
        **{f"runs_that_found {name}": count for name, count in times.items()},
    }


def thinned(stream: Stream, seed: int) -> Stream:
    """Without LEFT_OUT of the messages, each day's in another order."""
    chance = np.random.default_rng(seed)
    kept = np.flatnonzero(chance.random(len(stream.day)) >= LEFT_OUT)
    order = kept[np.lexsort((chance.random(len(kept)), stream.day[kept]))]
    return replace(
        stream,
        texts=[stream.texts[i] for i in order.tolist()],
        words=[stream.words[i] for i in order.tolist()],
        day=stream.day[order],
        author=stream.author[order],
        negative=stream.negative[order],
        mood=stream.mood[order],
        crisis=stream.crisis[order],
    )


def add(tally: Tally, events: Sequence[Event], stream: Stream, replayed: Replay) -> None:
    explained: set[int] = set()
    for event in events:
        matches = np.array([bool(event.pattern.search(text)) for text in stream.texts])
        hits = [i for i, alarm in enumerate(replayed.alarms) if concerns(alarm, event, stream, matches)]
        explained.update(hits)
        own = [replayed.alarms[i] for i in hits]
        tally.paged += event.is_issue and any(alarm.wave >= 0 for alarm in own)
        tally.praise_paged += not event.is_issue and any(not alarm.quiet for alarm in own)
        if hits:
            tally.found.append(event.name)
            days_in = stream.day + stream.first
            spoken = days_in[matches & (days_in >= event.start)].min()
            tally.delays.append(int(min(replayed.alarms[i].day for i in hits) + stream.first - spoken))
    waves = {(replayed.alarms[i].wave, replayed.alarms[i].day) for i in explained}
    tally.false_days += sum(
        not alarm.quiet
        for i, alarm in enumerate(replayed.alarms)
        if i not in explained and (alarm.wave, alarm.day) not in waves
    )
    tally.theme_weeks += replayed.theme_weeks


def concerns(alarm: Alarm, event: Event, stream: Stream, matches: BoolArray) -> bool:
    """Whether the theme that rose is about the event, and rose in its window."""
    if not event.start <= alarm.day + stream.first <= event.end:
        return False
    people = len(np.unique(stream.author[alarm.messages[matches[alarm.messages]]]))
    return people >= LEAST_PEOPLE and bool(matches[alarm.messages].mean() >= LEAST_SHARE)


def streams(table: Table, events: Sequence[Event]) -> Iterator[tuple[Table, list[Event]]]:
    """What one organisation would hear: the rows that its events name, or all."""
    kinds = dict.fromkeys((event.column, event.value) for event in events) or {("", ""): None}
    for column, value in kinds:
        part = table.where(f"{column}={value}") if column else table
        yield part, [event for event in events if (event.column, event.value) == (column, value)]


def prepare(table: Table, columns: Columns) -> Stream:
    day = np.array(days(table.column(columns.time), columns.time), np.int64)
    texts_of, times = table.column(columns.text), table.column(columns.time)
    order = np.array(sorted(range(len(day)), key=lambda i: (day[i], times[i], texts_of[i])), np.int64)
    sorted_table = table.rows(order)
    texts = sorted_table.column(columns.text)
    authors = sorted_table.column(columns.author) if columns.author else list(map(str, range(len(texts))))
    number = {name: i for i, name in enumerate(dict.fromkeys(authors))}
    readings = Reader().read(texts)
    negative = np.array([mood == "negative" for mood in readings.mood], np.bool_) | readings.actionable
    people = np.array([number[name] for name in authors], np.int64)
    cleaned = [clean(text) for text in texts]
    words = numbered(cleaned, readings.language)
    mood = np.array(list(map(feeling, readings.mood, readings.intent)), np.int64)
    crisis = np.array([intent == "crisis" for intent in readings.intent], np.bool_)
    return Stream(cleaned, words, day[order] - day.min(), people, negative, mood, crisis, int(day.min()))
