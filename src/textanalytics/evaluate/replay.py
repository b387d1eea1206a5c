"""A stream of messages day by day as it would have been heard: what rises, by themes found with the past alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from textanalytics.base import BoolArray, Encoder, IntArray
from textanalytics.grouping.partition import FEW
from textanalytics.rising.alerts import why_quiet
from textanalytics.rising.bursts import HISTORY, Heard, bursts, matter
from textanalytics.rising.rises import no_hours, rises
from textanalytics.themes import ThemeIndex

GROWTH = 1.1
LEAST_WAITING, WAITING_SHARE = 4, 0.01
"""As the product does in the background, themes are put in order every day while there are few, then when so many
times the messages are there, or so many wait for a theme: something new that resembles nothing yet."""

LOOK_BACK = 7
"""Days of a rising theme's messages that say what it is about."""

AGAIN = "again"


@dataclass(frozen=True)
class Stream:
    """Messages in order of time; `day` counts from the day `first`, `author` is a number, and so are the words.
    `negative` is what the product counts as blame: bad mood, or somebody can act on it."""

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


def numbered(texts: Sequence[str], languages: Sequence[str]) -> list[IntArray]:
    number: dict[str, int] = {}
    stems = (matter(text, language) for text, language in zip(texts, languages, strict=True))
    return [np.array([number.setdefault(stem, len(number)) for stem in own], np.int64) for own in stems]


def replay(stream: Stream, encoder: Encoder, detail: float) -> Replay:
    """Every day's messages join their themes, then every theme and every word is asked whether it is unusual today."""
    alarms: list[Alarm] = []
    theme_days = 0
    for day, themes in gathered(stream, encoder, detail):
        for alarm in (*rising(stream, themes, day), *bursting(stream, themes, day)):
            known = not alarm.quiet and any(
                alarm.follows(earlier) for earlier in alarms if earlier.quiet in ("", AGAIN)
            )
            alarms.append(replace(alarm, quiet=AGAIN) if known else alarm)
        theme_days += len(np.unique(themes[themes >= 0]))
    return Replay(alarms, theme_days / 7)


def gathered(stream: Stream, encoder: Encoder, detail: float) -> Iterator[tuple[int, IntArray]]:
    """Each day that brought messages, and the theme of every message so far; -1 for none and for the vague."""
    index, ids = ThemeIndex(encoder.dimensions, detail=detail), np.zeros(0, np.int64)
    ordered = 0
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
        yield day, np.where(themes == index.vague, -1, themes)


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
    tested = len(np.unique(themes[themes >= 0]))
    found = rises(counts, everyone, no_hours(len(today)), tested=tested, false_before=[0] * len(today))
    for theme in (int(today[one.index]) for one in found):
        yield alarm_of(stream, day, np.flatnonzero((themes == theme) & (day_of > day - LOOK_BACK)), themes)


def bursting(stream: Stream, themes: IntArray, day: int) -> Iterator[Alarm]:
    """The words that burst on the day, by what has been heard up to its end."""
    end = len(themes)
    start = int(np.searchsorted(stream.day, day - HISTORY, side="right"))
    first = max(0, day - HISTORY + 1)
    known = np.flatnonzero(themes[start:] >= 0)
    heard = Heard(
        stream.words[start:end],
        stream.day[start:end] - first,
        stream.author[start:end],
        np.stack([known, themes[start:][known]], axis=1),
        day - first + 1,
    )
    for burst in bursts(heard):
        yield alarm_of(stream, day, burst.messages + start, themes)


def alarm_of(stream: Stream, day: int, messages: IntArray, themes: IntArray) -> Alarm:
    _, first = np.unique(stream.author[messages], return_index=True)
    spoken = messages[np.sort(first)]
    texts = [stream.texts[i] for i in spoken.tolist()]
    blamed = stream.negative[_before(stream, day, messages, themes)]
    quiet = why_quiet(texts, stream.negative[spoken].tolist(), (int(blamed.sum()), len(blamed)))
    return Alarm(day, spoken, quiet)


def _before(stream: Stream, day: int, messages: IntArray, themes: IntArray) -> IntArray:
    """What was said before the last days in the theme that most of the messages are of."""
    own = themes[messages][themes[messages] >= 0]
    if not len(own):
        return np.zeros(0, np.int64)
    return np.flatnonzero(
        (themes == np.bincount(own).argmax()) & (stream.day[: len(themes)] <= day - LOOK_BACK)
    )
