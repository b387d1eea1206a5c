"""What different people feel about each thing that an insight's messages name.

Computed on request from the latest messages of at most `PEOPLE` people, so that reading a message costs nothing
more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Message
from pivotpoint.insights.evidence.firms import Firm, firms
from pivotpoint.insights.models import Membership, Theme
from pivotpoint.lib.digest import digest
from pivotpoint.listening.learning.reader import live_reader
from textanalytics.aspects import Aspect, AspectAnalyser, things_of
from textanalytics.base import MOODS
from textanalytics.duplicates import fingerprint
from textanalytics.reading.reading import Reader

PEOPLE, MESSAGES = 80, 160
"""Read at most: a page waits for it."""

SHOWN, LEAST_PEOPLE = 8, 2
KEPT = 256
"""Summaries that a process remembers."""

LONGEST = 2_000
"""Characters of a message."""


@dataclass(frozen=True, slots=True)
class Feelings:
    """People by the mood of what they said last about `term`; who praises and blames it is counted as negative."""

    term: str
    negative: int
    neutral: int
    positive: int

    @property
    def people(self) -> int:
        return self.negative + self.neutral + self.positive


@dataclass(frozen=True)
class Summary:
    """`people` were asked: the latest ones, each with their latest message. `alike` of them wrote, word for word, what
    another of them wrote: a copy or a campaign. `firms` are whom they speak to, where these are several."""

    people: int
    alike: int
    things: list[Feelings]
    firms: list[Firm]


_summaries: dict[str, Summary] = {}
"""The same words read by the same version say the same: whoever looks next does not wait for it. By the digest of the
words, so that nobody's words are kept who may be erased."""


def of_theme(theme: Theme, here: Installation | None = None) -> Summary:
    """Things that at least two people mention, the most mentioned first; one query."""
    texts, reader = _latest(theme), live_reader(here)
    said = digest("\0".join([reader.version, *texts]), 64)
    if said not in _summaries:
        if len(_summaries) >= KEPT:
            _summaries.clear()
        read = _analyser(reader, things_of(texts)).predict(texts)
        _summaries[said] = Summary(len(texts), _alike(texts), _sum(read), firms(texts))
    return _summaries[said]


def of_texts(theme: Theme, texts: Sequence[str]) -> list[list[Aspect]]:
    """The things that each of these texts names, of those that the theme's people speak of; one query."""
    terms = things_of(_latest(theme))
    return _analyser(live_reader(), terms).predict([text[:LONGEST] for text in texts])


def load_reader() -> None:
    """Load all that takes a moment the first time. A few queries."""
    _analyser(live_reader(), ["lamp"]).predict(["I want my money back for the broken lamp 😡"])


def of_message(message: Message) -> list[Aspect]:
    """The same of one message, each thing once; none while it is in no theme. Two queries."""
    theme = Theme.objects.filter(clusters__members=message.pk).first()
    if theme is None:
        return []
    first: dict[str, Aspect] = {}
    for one in of_texts(theme, [message.text])[0]:
        first.setdefault(one.term, one)
    return list(first.values())


def _latest(theme: Theme) -> list[str]:
    """The latest words of different people. Which these are, an index knows: no other text is looked at."""
    rows = Membership.objects.filter(cluster__theme=theme).order_by("-message_id")
    said = Message.objects.filter(pk__in=rows.values("message_id")[:MESSAGES]).order_by("-pk")
    latest: dict[int, str] = {}
    for customer, text in said.values_list("membership__customer", "text"):
        if len(latest) < PEOPLE:
            latest.setdefault(customer, text[:LONGEST])
    return list(latest.values())


def _alike(texts: Sequence[str]) -> int:
    said = Counter(map(fingerprint, texts))
    return sum(people for people in said.values() if people > 1)


_analysers: dict[str, AspectAnalyser] = {}
"""By the reader's version; each knows the words that it has met."""


def _analyser(reader: Reader, terms: Sequence[str]) -> AspectAnalyser:
    if reader.version not in _analysers:
        _analysers.clear()
        _analysers[reader.version] = AspectAnalyser([], reader)
    return _analysers[reader.version].about(terms)


def _sum(read: Sequence[Sequence[Aspect]]) -> list[Feelings]:
    counted: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MOODS, 0))
    for aspects in read:
        for term, mood in _moods(aspects).items():
            counted[term][mood] += 1
    found = [Feelings(term, **moods) for term, moods in counted.items()]
    shown = [one for one in found if one.people >= LEAST_PEOPLE]
    return sorted(shown, key=lambda one: (-one.people, one.term))[:SHOWN]


def _moods(aspects: Sequence[Aspect]) -> dict[str, str]:
    """One person's mood for each thing: negative goes before positive, and that before neutral."""
    order = ("neutral", "positive", "negative")
    moods: dict[str, str] = {}
    for one in aspects:
        moods[one.term] = max(one.mood, moods.get(one.term, "neutral"), key=order.index)
    return moods
