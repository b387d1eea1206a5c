"""The people and figures behind each theme of a file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np

from pivotpoint.insights.intents import FOREMOST
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.houses import Houses
from pivotpoint.insights.ladder.ladder import Quote, Said, Theme
from textanalytics.base import IntArray, Span
from textanalytics.duplicates import LONG_ENOUGH, copy_marks, fewer
from textanalytics.grammar.printed import printed
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.telling.matters import Matter
from textanalytics.quotes import marks
from textanalytics.reading.feeds import PERSONS, SPOKEN
from textanalytics.reading.readings import Readings
from textanalytics.reading.signals import endangers
from textanalytics.stakes import telling
from textanalytics.text import tokens
from textanalytics.trends import Onset, onsets, rung

LONGEST_HISTORY = 1_100
"""Days. Older days are not judged for an onset; a wrong year in one row must not make a table of centuries."""

CHART_DAYS = 28
PEOPLE = 3
"""Who say what is told of a theme: what one or two say is not the theme's matter."""

LATE = 3.0
"""Messages of a theme that should have come before its first, had it always had its share: of these, none by chance is rare."""

FUNCTION_SHARE, SEARCHED_SHARE = 0.5, 0.3
"""A theme belongs to the function that at least this share of its messages points to; the second where a file was gathered by a
word that points to one function."""

FEW_ENOUGH = 1_000
"""Messages of a theme up to which pieces of one article are looked for: of more they are a small part."""

FAR = 4.0
"""Times as often as in the whole file a function is pointed to, from which on more says no more."""

FEW = 5
"""Of fewer messages it is asked how sure the reader is of each: of many the kinds that are common hardly ever are wrong."""

BLAMING = ("complaint", "churn threat", "crisis")

DATED, LATEST, LONG, RARE = 0.5, 0.9, 300, 5
"""Share of the messages that have a time; of these the latest; and where they are of most of a year or more, in days, messages a day:
from which on a day on which more say something tells something."""


class Crowd:
    """All messages of the file with their readings, people and themes; -1 in `labels` is no theme."""

    def __init__(
        self,
        heard: Heard,
        readings: Readings,
        people: IntArray,
        labels: IntArray,
        *,
        cleaned: Sequence[str],
        searched: bool = False,
    ) -> None:
        """`cleaned`: the texts without what a platform adds. `searched`: the file was gathered by a word, and what all speak of
        points to one function ("train")."""
        self._usual = (
            Counter(np.array(readings.function)[labels >= 0].tolist()) if searched else Counter[str]()
        )
        self._heard, self._readings, self._people, self._cleaned = heard, readings, people, cleaned
        self.houses = Houses(heard, people)
        order = np.argsort(labels, kind="stable")
        cuts = np.flatnonzero(np.diff(labels[order])) + 1
        groups = np.split(order, cuts) if len(order) else []
        self.members = {int(labels[group[0]]): group for group in groups if labels[group[0]] >= 0}
        self._negative = np.array([mood == "negative" for mood in readings.mood], np.bool_)
        self._days()

    def _days(self) -> None:
        """Different people a day for each theme, and the onsets."""
        days = np.array([time.toordinal() if time else -1 for time in self._heard.times], np.int64)
        days = days if _tells(days) else np.full(len(days), -1, np.int64)
        self._last = int(days.max(initial=-1))
        first = max(int(days[days >= 0].min(initial=self._last)), self._last - LONGEST_HISTORY + 1)
        self._heard_on = np.sort(days[days >= 0])
        self._day = np.where((days >= 0) & (days >= first), days - first, -1)
        self._first = first
        width = self._last - first + 1 if self._last >= 0 else 0
        everyone = self._daily(np.arange(len(days)), width)
        self._rows = {label: self._daily(group, width) for label, group in self.members.items()}
        big = [label for label, group in self.members.items() if len(group) >= 3 and width]
        found = onsets(np.stack([self._rows[label] for label in big]), everyone) if big else []
        self._onsets: dict[int, Onset | None] = dict(zip(big, found, strict=True))

    def _daily(self, places: IntArray, width: int) -> IntArray:
        days, people = self._day[places], self._people[places]
        dated = days >= 0
        pairs = np.unique(days[dated] * (len(self._people) + 1) + people[dated])
        return np.bincount(pairs // (len(self._people) + 1), minlength=width)

    def theme(self, label: int, title: Title, chosen: Sequence[int], told: Sequence[Matter] = ()) -> Theme:
        group = self.members[label]
        people = len(np.unique(self._people[group]))
        copied, copies = self._copied(group)
        onset = self._onsets.get(label)
        times = [time for i in group.tolist() if (time := self._heard.times[i])]
        to, to_people, to_share, to_times = self.houses.stands_out(group)
        said, titled, untold = self._said(told, people)
        return Theme(
            id=label,
            title=title.title,
            rung=rung(people - copied + copies),
            people=people,
            messages=len(group),
            negative_share=round(float(self._negative[group].mean()), 3),
            intents=dict(Counter(self._readings.intent[place] for place in group.tolist()).most_common()),
            doers=self._doers(group),
            sure=self._sure(group),
            function=self._function(group),
            first_seen=min(times, default=None),
            onset=date.fromordinal(self._first + onset.index) if onset else None,
            before=onset.before if onset else 0.0,
            after=onset.after if onset else 0.0,
            risen=self.people_on([label], onset.index, self._last - self._first + 1) if onset else 0,
            usual=onset.usual if onset else 0.0,
            lasted=onset.days if onset else 0,
            keywords=title.keywords,
            quotes=tuple(self.quote(place, title.title) for place in chosen),
            days=tuple(self._rows[label][-CHART_DAYS:].tolist()),
            copied=copied,
            copies=copies,
            several=title.several and len(said) > 1,
            unsure=title.unsure,
            subject=title.subject,
            said=said,
            untold=untold,
            titled=titled,
            see_also=title.beside,
            new=self._is_new(group),
            to=to,
            to_people=to_people,
            to_share=to_share,
            to_times=to_times,
            firms=() if to else self.houses.first(group),
        )

    def _doers(self, group: IntArray) -> dict[str, int]:
        done = [
            (self._readings.intent[place], who)
            for place, who in zip(group.tolist(), self._people[group].tolist(), strict=True)
        ]
        return {
            called: len({who for one, who in done if one in intents}) for called, intents in FOREMOST.items()
        }

    def _sure(self, group: IntArray) -> float:
        return 1.0 if len(group) >= FEW else float(self._readings.confidence["intent"][group].min())

    def _is_new(self, group: IntArray) -> bool:
        days = self._day[group]
        if not (days >= 0).all():
            return False
        before = np.searchsorted(self._heard_on, self._first + days.min())
        return bool(len(group) * before >= LATE * len(self._heard_on))

    def _said(self, told: Sequence[Matter], people: int) -> tuple[tuple[Said, ...], int, int]:
        """What enough people say and the title does not, the most first; how many of the theme's people say just the title, where that is a
        part of it; and how many say none of it."""
        found = [(one, set(self._people[list(one.texts)].tolist())) for one in told]
        several = [(one, saying) for one, saying in found if len(saying) >= PEOPLE and not one.titled]
        said = [Said(one.said, len(saying), len(one.texts)) for one, saying in several]
        heard = set[int]().union(*(saying for _, saying in several))
        titled = set[int]().union(*(saying for one, saying in found if one.titled)) - heard
        most_first = tuple(sorted(said, key=lambda one: -one.people))
        return most_first, len(titled), people - len(heard) - len(titled)

    def _copied(self, group: IntArray) -> tuple[int, int]:
        """People who sent nothing but copied texts, or pieces of one article, and how many of these there are."""
        places = group.tolist()
        marks = [copy_marks(self._heard.texts[place]) for place in places]
        few = len(places) <= FEW_ENOUGH
        articles = printed(
            [self._printed_words(place) if few else [] for place in places], LONG_ENOUGH
        ).tolist()
        some = [(*own, 1 + article) for own, article in zip(marks, articles, strict=True)]
        return fewer(self._people[group].tolist(), some)

    def _printed_words(self, place: int) -> list[str]:
        """Of a text in which hardly anybody speaks. Who asks for the same also says so in the same words."""
        words = [word for word, _, _ in tokens(self._cleaned[place])]
        return words if sum(word in PERSONS for word in words) < SPOKEN * len(words) else []

    def _function(self, group: IntArray) -> str:
        sure = self._readings.confidence["function"]
        votes: defaultdict[str, float] = defaultdict(float)
        for place in group.tolist():
            votes[self._readings.function[place]] += float(sure[place])
        votes.pop("", None)
        pointing = Counter(self._readings.function[place] for place in group.tolist())
        least = SEARCHED_SHARE if self._usual else FUNCTION_SHARE
        enough = {name for name in votes if pointing[name] >= least * len(group)}
        worth = {name: votes[name] * self._stands_out(pointing[name] / len(group), name) for name in votes}
        best = max(enough if self._usual else votes, key=lambda name: (worth[name], name), default="")
        return best if best in enough else ""

    def _stands_out(self, share: float, function: str) -> float:
        """How many times as often as all themes these point there; 1 where nobody was searched for."""
        if not self._usual:
            return 1.0
        return min(share * self._usual.total() / self._usual[function], FAR)

    def quote(self, place: int, about: str) -> Quote:
        """With the places that hold words of what it is quoted for."""
        return self._quote(place, marks(about, self._heard.texts[place], self._readings.language[place]))

    def decided(self, place: int, field: str) -> Quote:
        """With the places that decided one judgement of the reader."""
        return self._quote(place, sorted(set(self._readings.evidence[place].get(field, ()))))

    def endangered(self, place: int) -> Quote | None:
        """With the words by which it tells of danger to somebody; None where it does not."""
        words = endangers(self._heard.texts[place])
        return self._quote(place, [words]) if words else None

    def robbed(self, place: int) -> Quote | None:
        """With the words by which it tells of theft or fraud; None where it does not."""
        words = telling(self._heard.texts[place], "fraud")
        return self._quote(place, [words]) if words else None

    def _quote(self, place: int, spans: Sequence[Span]) -> Quote:
        author = self._heard.authors[place] or None
        blames = self._negative[place] or self._readings.intent[place] in BLAMING
        return Quote(
            self._heard.texts[place], author, self._heard.times[place], tuple(_apart(spans)), bool(blames)
        )

    def daily(self, labels: Sequence[int]) -> IntArray:
        """(days,) different people of these themes on each day of the file."""
        return self._daily(self._all_of(labels), self._last - self._first + 1)

    def place_of(self, day: date) -> int:
        """Where a day is among those of `daily`."""
        return day.toordinal() - self._first

    def people_on(self, labels: Sequence[int], start: int, end: int) -> int:
        """Different people of these themes on the days from `start` to before `end`, places as of `daily`."""
        group = self._all_of(labels)
        days = self._day[group]
        return len(np.unique(self._people[group[(days >= start) & (days < end)]]))

    def _all_of(self, labels: Sequence[int]) -> IntArray:
        return np.concatenate([self.members[label] for label in labels])


def _tells(days: IntArray) -> bool:
    """Whether enough messages have a day (-1 for none), and a day enough messages, for an onset to mean something."""
    dated = np.sort(days[days >= 0])
    if len(dated) < DATED * len(days) or not len(dated):
        return False
    latest = dated[int((1 - LATEST) * len(dated)) :]
    long = latest[-1] - latest[0] + 1
    return bool(long <= LONG or len(latest) >= RARE * long)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Without overlaps: each span begins where the one before has ended."""
    kept: list[Span] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((int(start), int(end)))
    return kept
