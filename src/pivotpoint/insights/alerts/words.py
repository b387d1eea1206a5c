"""Words that burst within insights: read from the latest messages, which this process keeps as numbers only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from threading import Lock

import numpy as np
from django.db.models import Max

from pivotpoint.insights.models import Insight, Matter, Membership, Theme
from pivotpoint.lib import clock
from pivotpoint.listening.learning.reader import context
from textanalytics.base import IntArray
from textanalytics.rising.bursts import HISTORY, Burst, Heard, bursts, matter, spellings
from textanalytics.rising.waves import telling
from textanalytics.trends import LEAST_PEOPLE, WEEK

LATEST = 20_000
"""Messages whose words are compared; with more a month, the days before these are not known."""

READ, AT_MOST = 50, 2_000
"""The latest messages of each burst, and of all, by which words are spelt."""

STEMS = 200_000
"""Words that are numbered before the numbers start afresh: memory is bounded however long the worker runs."""

HOME_SHARE = 0.1
"""A burst belongs to the insight that holds most of its messages, and at least so much of them: a storm is in many."""


@dataclass(frozen=True)
class WordBurst:
    """`words` burst in `messages`, of which this `share` is of `theme`, since the start of the day `began`."""

    theme: Theme
    burst: Burst
    words: str
    messages: list[int]
    began: date
    share: float


@dataclass(frozen=True)
class _Row:
    """`themes` are those in which the message, or a second matter in it, counts; the vague one is none."""

    message: int
    customer: int
    day: date
    themes: tuple[int, ...]


@dataclass(frozen=True)
class Lately:
    """The latest messages in order of the day, and the numbers of each one's words; none where today brought none."""

    rows: Sequence[_Row] = ()
    words: Sequence[IntArray] = ()

    def of_week(self, themes: Collection[int]) -> dict[int, list[int]]:
        """By theme, the places of the last week's messages that count in it."""
        since = clock.today() - timedelta(days=WEEK - 1)
        found: dict[int, list[int]] = {theme: [] for theme in themes}
        for i, row in enumerate(self.rows):
            if row.day >= since:
                for theme in found.keys() & set(row.themes):
                    found[theme].append(i)
        return found

    @cached_property
    def held(self) -> Counter[int]:
        """In how many of the messages each word is."""
        return Counter(np.concatenate([*self.words, np.zeros(0, np.int64)]).tolist())

    def telling(self, places: Sequence[int]) -> tuple[str, ...]:
        """The stems that set these messages apart, the strongest first."""
        said = [self.words[i].tolist() for i in places]
        return tuple(map(WORDS.stem, telling(said, self.held, len(self.rows)))) if said else ()


def lately() -> Lately:
    today = clock.today()
    rows = _latest(today - timedelta(days=HISTORY - 1), today)
    if not rows or rows[-1].day != today:
        return Lately()
    return Lately(rows, WORDS.of([row.message for row in rows]))


def bursting(latest: Lately) -> list[WordBurst]:
    """What bursts today, the surest first: a handful of queries for any number of messages and bursts."""
    rows, words = latest.rows, latest.words
    if not rows:
        return []
    first, today = rows[0].day, clock.today()
    people = {customer: i for i, customer in enumerate(sorted({row.customer for row in rows}))}
    heard = Heard(
        words,
        np.array([(row.day - first).days for row in rows], np.int64),
        np.array([people[row.customer] for row in rows], np.int64),
        _themes(rows),
        (today - first).days + 1,
    )
    found = [(burst, [rows[i] for i in burst.messages.tolist()]) for burst in bursts(heard)]
    of = [(burst, said, *_home(said)) for burst, said in found]
    homes = _homes([home for _, _, home, _ in of])
    at_home = [(burst, said, homes[home], share) for burst, said, home, share in of if home in homes]
    usual = spelt([row.message for _, said, _, _ in at_home for row in said[-READ:]])
    return [
        WordBurst(
            theme,
            burst,
            ", ".join(usual.get(stem, stem) for stem in map(WORDS.stem, burst.words)),
            [row.message for row in said],
            first + timedelta(days=burst.rise.day),
            share,
        )
        for burst, said, theme, share in at_home
    ]


def _latest(first: date, today: date) -> list[_Row]:
    """In order of the day. Where there are more, the oldest day is left out: it is not whole."""
    last = Membership.objects.aggregate(last=Max("pk"))["last"] or 0
    rows = Membership.objects.filter(pk__gt=last - LATEST, day__gte=first, day__lte=today)
    columns = ("pk", "customer", "day", "cluster__theme", "cluster__theme__vague")
    read = list(rows.values_list(*columns))
    besides = _besides(last - LATEST, {pk: theme for pk, _, _, theme, _ in read})
    found = [
        _Row(pk, customer, day, (() if vague is not False else (theme,)) + besides.get(pk, ()))
        for pk, customer, day, theme, vague in read
    ]
    found.sort(key=lambda row: (row.day, row.message))
    if len(found) and Membership.objects.filter(pk__lte=last - LATEST, day__gte=found[0].day).exists():
        return [row for row in found if row.day > found[0].day]
    return found


def _themes(rows: Sequence[_Row]) -> IntArray:
    """(n, 2): the place of a message, and a theme in which it counts."""
    found = [(i, theme) for i, row in enumerate(rows) for theme in row.themes]
    return np.array(found, np.int64).reshape(-1, 2)


def _besides(after: int, own: Mapping[int, int | None]) -> dict[int, tuple[int, ...]]:
    """By message, the themes in which it counts besides its `own`; of messages behind `after`."""
    found: dict[int, set[int]] = {}
    rows = Matter.objects.filter(membership__gt=after, cluster__theme__vague=False)
    for message, theme in rows.values_list("membership", "cluster__theme"):
        if message in own and own[message] != theme:
            found.setdefault(message, set()).add(theme)
    return {message: tuple(themes) for message, themes in found.items()}


def _home(said: Sequence[_Row]) -> tuple[int | None, float]:
    """The theme of most of the messages, or of a second matter in them; and how many of them are."""
    counts = Counter(theme for row in said for theme in row.themes)
    if not counts:
        return None, 0.0
    theme, most = max(counts.items(), key=lambda pair: (pair[1], -pair[0]))
    share = most / len(said)
    return (theme if share >= HOME_SHARE else None), share


def _homes(themes: Sequence[int | None]) -> dict[int | None, Theme]:
    known = Insight.objects.filter(pk__in={theme for theme in themes if theme is not None}).values("pk")
    rows = Theme.objects.live().filter(pk__in=known, vague=False, people__gte=LEAST_PEOPLE)
    return {theme.pk: theme for theme in rows}


def spelt(messages: Sequence[int]) -> dict[str, str]:
    """The stems as most of these messages spell them."""
    if not messages:
        return {}
    rows = Membership.objects.filter(pk__in=set(messages[:AT_MOST]))
    said = rows.values_list("message__text", "message__reading__language")
    return spellings([matter(text, language or "") for text, language in said])


def own_names() -> frozenset[str]:
    """The words of the names that mean us: that many say them tells of no matter."""
    return frozenset(word for name in context().names for word in name.lower().lstrip("@#").split())


class _Words:
    """The numbers of each message's words; of messages that are gone nothing is kept."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.stems: list[str] = []
        self.kept: dict[int, IntArray] = {}
        self.lock = Lock()

    def of(self, messages: Sequence[int]) -> list[IntArray]:
        with self.lock:
            if len(self.stems) > STEMS:
                self._start_afresh()
            missing = sorted(set(messages) - self.kept.keys())
            if missing:
                self._read(missing)
            none = np.zeros(0, np.int64)
            found = [self.kept.get(message, none) for message in messages]
            self.kept = dict(zip(messages, found, strict=True))
            return found

    def forget(self) -> None:
        """As if this process had just started."""
        with self.lock:
            self._start_afresh()

    def _start_afresh(self) -> None:
        self.number, self.stems, self.kept = {}, [], {}

    def stem(self, number: int) -> str:
        return self.stems[number]

    def _read(self, missing: Sequence[int]) -> None:
        wanted, ours = set(missing), own_names()
        rows = Membership.objects.filter(pk__gte=missing[0], pk__lte=missing[-1])
        for pk, text, language in rows.values_list("pk", "message__text", "message__reading__language"):
            if pk in wanted:
                said = matter(text, language or "")
                self.kept[pk] = self._numbers({stem: word for stem, word in said.items() if word not in ours})

    def _numbers(self, stems: dict[str, str]) -> IntArray:
        for stem in stems:
            if self.number.setdefault(stem, len(self.number)) == len(self.stems):
                self.stems.append(stem)
        return np.array([self.number[stem] for stem in stems], np.int64)


WORDS = _Words()
