"""What is told however few tell it: danger to somebody, theft and fraud."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from pivotpoint.insights.ladder.crowd import Crowd
from pivotpoint.insights.ladder.ladder import LEAVING, Grave, Quote
from textanalytics import lexicons
from textanalytics.base import BoolArray, IntArray
from textanalytics.reading.readings import Readings
from textanalytics.stakes import at_stake, taken
from textanalytics.text import tokens

OWN = lexicons.words("first person")
NEAR, SHORT, LONG, ARTICLE = 30, 30, 240, 600
"""Characters around the words that tell of a theft, in which whose it was is said; of a message that is read at a glance; and of one that
tells of much else."""

NAMED = re.compile(
    r"fraud|theft|scams?$|phish|hackers?$|thie|counterfeit|betrug|betrüg|diebstahl", re.IGNORECASE
)
"""What names a crime, and says of nobody that it was done: a "fraud department"."""

PERHAPS = re.compile(
    r"\b(?:would|could(?! have)|might|may|if|possible|prevent|avoid|hope|fear|worr\w+|wenn|könnte|würde|falls|i (?:\w+ )?(?:stole|hacked|robbed))\b",
    re.IGNORECASE,
)
"""Around what was not done, or by whoever writes."""

WANTS = ("complaint", "crisis", "request")


def danger(crowd: Crowd, readings: Readings, labels: IntArray) -> list[Grave]:
    """What is about us and tells of danger to somebody, who tells what was done to them or theirs first; of these the latest first."""
    told = [i for i, intent in enumerate(readings.intent) if intent == "crisis" and readings.about_us[i]]
    found = _each_once((crowd.endangered(place), int(labels[place])) for place in told)
    return sorted(found, key=lambda one: (not _first_hand(one.quote), -_time(one.quote)))


def _time(quote: Quote) -> float:
    return quote.time.timestamp() if quote.time else 0.0


def _first_hand(quote: Quote) -> bool:
    """Whether around its words somebody speaks of themselves, and of what was done."""
    near = _near(quote)
    return _speaks(near) and not PERHAPS.search(near)


def _near(quote: Quote) -> str:
    (start, end), *_ = quote.words
    return quote.text[max(0, start - NEAR) : end + NEAR]


def _speaks(near: str) -> bool:
    return any(word in OWN for word, _, _ in tokens(near))


def leaving(crowd: Crowd, readings: Readings, labels: IntArray) -> list[Grave]:
    """Who threatens to leave, or has left, the surest first; with the words that decided it."""
    sure = readings.confidence["intent"]
    told = [i for i, intent in enumerate(readings.intent) if intent == LEAVING and readings.about_us[i]]
    surest = sorted(told, key=lambda place: -float(sure[place]))
    return _each_once((crowd.decided(place, "intent"), int(labels[place])) for place in surest)


def _each_once(told: Iterable[tuple[Quote | None, int]]) -> list[Grave]:
    """Each text once, and each person with the first that they told."""
    found: list[Grave] = []
    heard: set[str] = set()
    for quote, theme in told:
        if quote is not None and heard.isdisjoint(own := {quote.text, f"\0{quote.author or quote.text}"}):
            heard |= own
            found.append(Grave(quote, theme))
    return found


def stolen(cleaned: Sequence[str], readings: Readings) -> BoolArray:
    """(n,) what is about us and tells of theft or fraud."""
    return at_stake(cleaned, "fraud") & readings.about_us


def of_what(cleaned: Sequence[str], told: BoolArray, people: IntArray) -> dict[str, int]:
    """Of each thing that was stolen, or used by others, how many people tell it, the most first."""
    pairs = {(taken(cleaned[place]), int(people[place])) for place in np.flatnonzero(told).tolist()}
    return dict(Counter(thing for thing, _ in sorted(pairs) if thing).most_common())


def how_many(told: BoolArray, people: IntArray, labels: IntArray) -> dict[int, int]:
    """Of each theme how many people told it."""
    pairs = np.unique(np.stack([labels[told], people[told]], axis=1), axis=0)
    return dict(Counter(pairs[:, 0].tolist()).most_common())


def thefts(
    told: BoolArray, crowd: Crowd, readings: Readings, labels: IntArray, *, listed: Collection[int]
) -> list[Grave]:
    """Who told it plainly, one after the other in no theme that is `listed` and in each of these, where the most tell it first; then who tells
    it of nobody, or as what may be. Nobody, where none tells it plainly."""
    quoted = [(crowd.robbed(place), place) for place in np.flatnonzero(told).tolist()]
    worth = {quote: _plainness(quote, place, readings) for quote, place in quoted if quote}
    homes = {quote: int(labels[place]) for quote, place in quoted if quote}
    found = _each_once(
        (quote, homes[quote]) for quote in sorted(worth, key=lambda one: worth[one], reverse=True)
    )
    home = [one.theme if one.theme in listed else -1 for one in found]
    many, turns, order = Counter(home), Counter[int](), []
    for rank, (one, where) in enumerate(zip(found, home, strict=True)):
        order.append((not worth[one.quote][0], turns[where], -many[where], rank))
        turns[where] += 1
    return [found[rank] for *_, rank in sorted(order)] if any(plain for plain, _ in worth.values()) else []


def _plainness(quote: Quote, place: int, readings: Readings) -> tuple[bool, float]:
    """Whether it says that it was done, and to them; and how much it is worth to be quoted: they want something, and are read at a glance,
    the shorter the better."""
    (start, end), *_ = quote.words
    near = _near(quote)
    done = not NAMED.search(quote.text[start:end]) and not PERHAPS.search(near)
    own = _speaks(near)
    wants = readings.intent[place] in WANTS
    glance = SHORT <= len(quote.text) <= LONG
    article = len(quote.text) > ARTICLE
    return done and own and not article, done + own + wants + glance - len(quote.text) / LONG
