"""Known events, end to end: day by day as it would have been heard, through themes found with the past alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from textanalytics.alerts import FALSE_SHARE, false_share, why_quiet
from textanalytics.base import BoolArray, Encoder, IntArray
from textanalytics.bursts import HISTORY, Heard, bursts, matter
from textanalytics.evaluate.events import Event, days
from textanalytics.evaluate.tables import Table
from textanalytics.evaluate.themes import Figures
from textanalytics.partition import FEW
from textanalytics.reading import Reader
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex
from textanalytics.trends import unusual

GROWTH = 1.1
LEAST_WAITING, WAITING_SHARE = 4, 0.01
"""As the product does in the background, themes are put in order every day while there are few, then when so many
times the messages are there, or so many wait for a theme: something new that resembles nothing yet."""

LOOK_BACK = 7
"""Days of a rising theme's messages that say what it is about."""

LEAST_PEOPLE, LEAST_SHARE = 2, 1 / 3
"""A theme is about an event when so many people, and this share of its messages, match the event's pattern."""

THEMES = 50
AGAIN = "again"


@dataclass(frozen=True)
class Columns:
    """Where text, time and author stand; author "" makes every message a person of its own."""

    text: str
    time: str
    author: str = ""


@dataclass(frozen=True)
class Stream:
    """Messages in order of time; `day` counts from the day `first`, `author` is a number, and so are the words."""

    texts: list[str]
    words: list[IntArray]
    day: IntArray
    author: IntArray
    negative: BoolArray
    first: int


@dataclass(frozen=True)
class Alarm:
    """A theme that rose on a day, or words that did: the messages of the last days, one a person, and why nobody is
    woken ("" to wake): "praise", "repeats", or "again" when an alarm of the last days was about the same messages."""

    day: int
    messages: IntArray
    quiet: str

    def follows(self, earlier: Alarm) -> bool:
        return self.day - earlier.day <= LOOK_BACK and bool(np.isin(self.messages, earlier.messages).any())


@dataclass(frozen=True)
class Replay:
    alarms: list[Alarm]
    theme_weeks: float


@dataclass
class Tally:
    delays: list[int] = field(default_factory=list)
    paged: int = 0
    praise_paged: int = 0
    false_days: int = 0
    theme_weeks: float = 0.0


def measure(
    table: Table, columns: Columns, events: Sequence[Event], encoder: Encoder, *, detail: float
) -> Figures:
    """An event is found on the first day in its window on which a theme about it rises; the delay counts from the
    first day in the window on which anybody spoke of it. False alarms are days of themes that would have woken
    somebody and are about no event, for fifty themes; the second day of one rise wakes nobody again."""
    tally = Tally()
    for part, own in streams(table, events):
        stream = prepare(part, columns)
        add(tally, own, stream, replay(stream, encoder, detail))
    return {
        "messages": len(table),
        "found": len(tally.delays),
        "of": len(events),
        "mean_delay_days": round(float(np.mean(tally.delays)), 2) if tally.delays else None,
        "false_alarm_days_per_week": round(THEMES * tally.false_days / max(tally.theme_weeks, 1e-9), 3),
        "issues": sum(event.is_issue for event in events),
        "issues_paged": tally.paged,
        "praise_paged": tally.praise_paged,
    }


def add(tally: Tally, events: Sequence[Event], stream: Stream, replayed: Replay) -> None:
    explained: set[int] = set()
    for event in events:
        matches = np.array([bool(event.pattern.search(text)) for text in stream.texts])
        hits = [i for i, alarm in enumerate(replayed.alarms) if concerns(alarm, event, stream, matches)]
        explained.update(hits)
        wakes = any(replayed.alarms[i].quiet in ("", AGAIN) for i in hits)
        tally.paged += wakes and event.is_issue
        tally.praise_paged += wakes and not event.is_issue
        if hits:
            days_in = stream.day + stream.first
            spoken = days_in[matches & (days_in >= event.start)].min()
            tally.delays.append(int(min(replayed.alarms[i].day for i in hits) + stream.first - spoken))
    tally.false_days += sum(not alarm.quiet for i, alarm in enumerate(replayed.alarms) if i not in explained)
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
    negative = np.array([mood == "negative" for mood in readings.mood], np.bool_)
    people = np.array([number[name] for name in authors], np.int64)
    cleaned = [clean(text) for text in texts]
    words = numbered(cleaned, readings.language)
    return Stream(cleaned, words, day[order] - day.min(), people, negative, int(day.min()))


def numbered(texts: Sequence[str], languages: Sequence[str]) -> list[IntArray]:
    number: dict[str, int] = {}
    stems = (matter(text, language) for text, language in zip(texts, languages, strict=True))
    return [np.array([number.setdefault(stem, len(number)) for stem in own], np.int64) for own in stems]


def replay(stream: Stream, encoder: Encoder, detail: float) -> Replay:
    """Every day's messages join their themes, then every theme and every word is asked whether it is unusual today."""
    index, ids = ThemeIndex(encoder.dimensions, detail=detail), np.zeros(0, np.int64)
    alarms: list[Alarm] = []
    ordered, theme_days = 0, 0
    for day in range(int(stream.day[-1]) + 1):
        end = int(np.searchsorted(stream.day, day, side="right"))
        fresh = stream.texts[len(ids) : end]
        if not fresh:
            continue
        ids = np.concatenate([ids, index.add(encoder.encode(fresh), fresh)])
        if due(index, ids, ordered):
            index.consolidate()
            ordered = end
        themes = index.themes_of(ids)
        themes = np.where(themes == index.vague, -1, themes)
        for alarm in (*rising(stream, themes, day), *bursting(stream, end, day)):
            known = not alarm.quiet and any(
                alarm.follows(earlier) for earlier in alarms if earlier.quiet in ("", AGAIN)
            )
            alarms.append(replace(alarm, quiet=AGAIN) if known else alarm)
        theme_days += len(np.unique(themes[themes >= 0]))
    return Replay(alarms, theme_days / 7)


def due(index: ThemeIndex, ids: IntArray, ordered: int) -> bool:
    """Whether themes are to be put in order, when that was last done at so many messages."""
    waiting = int((index.themes_of(ids) < 0).sum())
    enough = max(LEAST_WAITING, WAITING_SHARE * len(ids))
    return len(index) <= FEW or len(ids) >= ordered * GROWTH or waiting >= enough


def rising(stream: Stream, themes: IntArray, day: int) -> Iterator[Alarm]:
    """The themes that are unusual on the day, by what has been heard up to its end."""
    day_of, author = stream.day[: len(themes)], stream.author[: len(themes)]
    width = day + 1
    everyone = np.bincount(np.unique(np.stack([day_of, author]), axis=1)[0], minlength=width)
    today = np.unique(themes[(day_of == day) & (themes >= 0)])
    if not len(today):
        return
    inside = np.isin(themes, today)
    place = np.searchsorted(today, themes[inside])
    triples = np.unique(np.stack([place, day_of[inside], author[inside]]), axis=1)
    counts = np.zeros((len(today), width), np.int64)
    np.add.at(counts, (triples[0], triples[1]), 1)
    alarm, chance = unusual(counts, everyone)
    sure = false_share(chance[:, day], len(np.unique(themes[themes >= 0]))) <= FALSE_SHARE
    for theme in today[alarm[:, day] & sure].tolist():
        yield alarm_of(stream, day, np.flatnonzero((themes == theme) & (day_of > day - LOOK_BACK)))


def bursting(stream: Stream, end: int, day: int) -> Iterator[Alarm]:
    """The words that burst on the day, by the messages before `end`."""
    start = int(np.searchsorted(stream.day, day - HISTORY, side="right"))
    first = max(0, day - HISTORY + 1)
    heard = Heard(
        stream.words[start:end], stream.day[start:end] - first, stream.author[start:end], day - first + 1
    )
    for burst in bursts(heard):
        yield alarm_of(stream, day, burst.messages + start)


def alarm_of(stream: Stream, day: int, messages: IntArray) -> Alarm:
    _, first = np.unique(stream.author[messages], return_index=True)
    spoken = messages[np.sort(first)]
    texts = [stream.texts[i] for i in spoken.tolist()]
    return Alarm(day, spoken, why_quiet(texts, stream.negative[spoken].tolist()))
