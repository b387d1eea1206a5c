"""A stream of messages day by day as it would have been heard: what rises, by themes found with the past alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from textanalytics.base import BoolArray, Encoder, IntArray
from textanalytics.grouping.partition import FEW
from textanalytics.rising.alerts import why_quiet
from textanalytics.rising.bursts import HISTORY, Heard, bursts, matter
from textanalytics.rising.rises import no_hours, rises
from textanalytics.rising.waves import IN_COMMON, one_matter, share_messages, telling
from textanalytics.themes import ThemeIndex

GROWTH = 1.1
LEAST_WAITING, WAITING_SHARE = 4, 0.01
"""As the product does in the background, themes are put in order every day while there are few, then when so many
times the messages are there, or so many wait for a theme: something new that resembles nothing yet."""

LOOK_BACK = 7
"""Days of a rising theme's messages that say what it is about."""

AGAIN = "again"
HOME_SHARE = 1 / 3
"""Of the messages of a rise, those in the theme that it is of."""


@dataclass(frozen=True)
class Stream:
    """Messages in order of time; `day` counts from the day `first`, `author` is a number, and so are the words.
    `negative` is what the product counts as blame: bad mood, or somebody can act on it. `mood` is -1, 0 or 1 (`alerts.feeling`)."""

    texts: list[str]
    words: list[IntArray]
    day: IntArray
    author: IntArray
    negative: BoolArray
    mood: IntArray
    crisis: BoolArray
    first: int


@dataclass(frozen=True)
class Alarm:
    """A theme that rose on a day, or words that did: the messages of the last days, one a person, and why nobody is
    woken ("" to wake): "praise", "no fault", "repeats", or "again" when an alarm of the last days was about the same messages or, by
    the words that set them apart, about the same matter."""

    day: int
    messages: IntArray
    quiet: str
    theme: int = -1
    words: tuple[int, ...] = ()
    wave: int = -1
    """Alarms of one matter have one number, the first of which wakes; -1 for what wakes nobody."""

    def follows(self, earlier: Alarm) -> bool:
        """Of another day: what is told by new messages, of another theme and in other words, wakes again."""
        if self.day - earlier.day > LOOK_BACK:
            return False
        told = np.isin(self.messages, earlier.messages).mean() >= IN_COMMON
        return bool(told) or self._is_one_matter(earlier)

    def beside(self, other: Alarm) -> bool:
        """Of the same day."""
        shared = share_messages(set(self.messages.tolist()), set(other.messages.tolist()))
        return shared or self._is_one_matter(other)

    def _is_one_matter(self, other: Alarm) -> bool:
        same_theme = self.theme >= 0 and self.theme == other.theme
        return same_theme or one_matter(self.words, other.words)


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
    return played(stream, gathered(stream, encoder, detail))


def played(stream: Stream, days: Iterable[tuple[int, IntArray]]) -> Replay:
    alarms: list[Alarm] = []
    theme_days = 0
    for day, themes in days:
        # Words first: those of one matter are in several themes, and hold them together.
        today = joined([*bursting(stream, themes, day), *rising(stream, themes, day)], alarms)
        alarms.extend(today)
        theme_days += len(np.unique(themes[themes >= 0]))
    return Replay(alarms, theme_days / 7)


def joined(today: Sequence[Alarm], earlier: Sequence[Alarm]) -> list[Alarm]:
    """A wave of which several themes tell wakes once, on its first day."""
    told = [alarm for alarm in earlier if alarm.wave >= 0]
    fresh = 1 + max((alarm.wave for alarm in told), default=-1)
    found: list[Alarm] = []
    for alarm in today:
        if not alarm.quiet:
            same = chain(filter(alarm.follows, told), filter(alarm.beside, _waking(found)))
            first = next(same, None)
            wave = first.wave if first else fresh
            fresh += not first
            alarm = replace(alarm, quiet=AGAIN if first else "", wave=wave)
        found.append(alarm)
    return found


def _waking(alarms: Iterable[Alarm]) -> list[Alarm]:
    return [alarm for alarm in alarms if alarm.wave >= 0]


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
    for one in found:
        since = max(day + 1 - LOOK_BACK, min(one.day, day + 1 - one.hours // 24))
        own = np.flatnonzero((themes == today[one.index]) & (day_of >= since))
        yield alarm_of(stream, day, own, themes)


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
    # Each is heard once: by what tells of a crisis, else by their first.
    grave_first = messages[np.argsort(~stream.crisis[messages], kind="stable")]
    _, first = np.unique(stream.author[grave_first], return_index=True)
    spoken = np.sort(grave_first[first])
    texts = [stream.texts[i] for i in spoken.tolist()]
    blamed = stream.negative[_before(stream, day, messages, themes)]
    mood = stream.mood[spoken]
    moods = (int((mood < 0).sum()), int((mood > 0).sum()))
    quiet = why_quiet(
        texts,
        stream.negative[spoken].tolist(),
        (int(blamed.sum()), len(blamed)),
        moods,
        int(stream.crisis[spoken].sum()),
    )
    return Alarm(day, spoken, quiet, _home(themes[messages]), _telling(stream, day, spoken))


def _home(themes: IntArray) -> int:
    """The theme of most, where it is that of a third; else -1."""
    theme, count = np.unique(themes[themes >= 0], return_counts=True)
    return int(theme[count.argmax()]) if count.max(initial=0) >= HOME_SHARE * len(themes) else -1


def _telling(stream: Stream, day: int, spoken: IntArray) -> tuple[int, ...]:
    start, end = np.searchsorted(stream.day, [day - HISTORY, day], side="right").tolist()
    lately = Counter(np.concatenate(stream.words[start:end]).tolist())
    return telling([stream.words[i].tolist() for i in spoken.tolist()], lately, end - start)


def _before(stream: Stream, day: int, messages: IntArray, themes: IntArray) -> IntArray:
    """What was said before the last days in the theme that most of the messages are of."""
    own = themes[messages][themes[messages] >= 0]
    if not len(own):
        return np.zeros(0, np.int64)
    return np.flatnonzero(
        (themes == np.bincount(own).argmax()) & (stream.day[: len(themes)] <= day - LOOK_BACK)
    )
