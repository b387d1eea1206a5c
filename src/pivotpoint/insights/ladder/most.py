"""What people complain of, ask for and praise the most, in a line each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pivotpoint.insights.intents import ASKED_MOST, NAMES, PRAISED_MOST, foremost, telling
from pivotpoint.insights.ladder.ladder import Ladder, Theme
from pivotpoint.insights.ladder.words import counted, does, harmless, size
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.naming.choosing.putting import TROUBLE
from textanalytics.sentiment import ANY, strengths
from textanalytics.text import tokens

UPSET = (NAMES["complaint"], f"mostly {NAMES['complaint']}")
SMALL = {**kinds("de"), **kinds("en")}

Thing = dict[int, str]
"""The stems of some words of a title, by their places."""

WORD = re.compile(r"[^\W\d_]{4,}")
"""A word that is no small one."""


def what_most(ladder: Ladder) -> list[str]:
    """For complaints, for questions and requests, and for praise a line of the trends that hold the most of them; subjects say too little,
    and are named where no other trend is. No line where the kind is rare, or nothing holds much of it."""
    counts = Counter[str]()
    for theme in ladder.everywhere:
        counts.update(theme.intents)
    near = _Near(ladder)
    told = dict(foremost(ladder.on("trend"), counts, ladder.messages, near))
    upset = [theme for theme in ladder.on("trend") if does(theme) in UPSET]
    lines = []
    for called, some in told.items():
        found = sorted(some, key=lambda one: -_doers(one[0], called, ladder) * telling(called, one[0].title))
        named = [_named(one, called, ladder, is_first=place == 0) for place, one in enumerate(found)]
        if called == PRAISED_MOST:
            named = [f"{said}{_but(one[0], upset)}" for said, one in zip(named, found, strict=True)]
        lines.append(f"{_asked(some) if called == ASKED_MOST else called}: {'; '.join(named)}")
    return lines


def _asked(some: Sequence[Sequence[Theme]]) -> str:
    """What they do who ask: who requests something asks for it, and has no question."""
    requested = [theme.intents.get("request", 0) > theme.intents.get("question", 0) for theme, *_ in some]
    both = "Asked, or asked for, the most"
    return "Asked for the most" if all(requested) else both if any(requested) else ASKED_MOST


def _named(themes: Sequence[Theme], called: str, ladder: Ladder, *, is_first: bool) -> str:
    """The first, and the largest of those near to it: one matter takes no two places. The first of a line says of what its number is."""
    first, *others = themes
    beside = f", and {_sized(others[0], called, ladder, in_words=False)}" if others else ""
    return f"{_sized(first, called, ladder, in_words=is_first)}{beside}"


def _sized(theme: Theme, called: str, ladder: Ladder, *, in_words: bool) -> str:
    """Its title, and how many of its people do so."""
    doers, everybody = _doers(theme, called, ladder), size(theme, ladder)
    number = counted(everybody, ladder) if in_words else f"{everybody:,}"
    return f"{harmless(theme.title)} ({f'{doers:,} of ' * (doers < everybody)}{number})"


def _doers(theme: Theme, called: str, ladder: Ladder) -> int:
    return theme.doers.get(called, size(theme, ladder))


def _but(praised: Theme, upset: Sequence[Theme]) -> str:
    """That others complain of what is praised."""
    thing = _thing(praised.title)
    other = next((one for one in upset if _is_same(thing, _thing(one.title))), None)
    return f", but see {harmless(other.title)}" if other else ""


def _thing(title: str) -> Thing:
    """Its words but those that are small, praise, or only say how it is."""
    words = [word for word, _, _ in tokens(title)]
    felt = strengths(words)[:, ANY].tolist() if words else []
    return {
        place: stem_of(word, "en")
        for place, (word, strength) in enumerate(zip(words, felt, strict=True))
        if SMALL.get(word, Kind.OPEN) is Kind.OPEN and strength <= 0 and word != TROUBLE
    }


def _is_same(one: Thing, other: Thing) -> bool:
    """Whether it is one thing, in one of them perhaps by a longer name: "service" and "customer service", not "cancel my service"."""
    first, second = list(one.values()), list(other.values())
    named = all(max(thing) - min(thing) < len(thing) for thing in (one, other) if thing)
    shorter = min(len(first), len(second))
    return shorter > 0 and first[-shorter:] == second[-shorter:] and (named or first == second)


class _Near:
    def __init__(self, ladder: Ladder) -> None:
        self._wave = {theme: place for place, wave in enumerate(ladder.waves) for theme in wave.themes}

    def __call__(self, one: Theme, other: Theme) -> bool:
        """Whether one is told beside the other, both are part of a wider theme or rose together, or some of the one say what the other is
        called by."""
        beside = one.id == other.see_also or other.id == one.see_also
        wave = self._wave.get(one.id)
        together = one.part_of == other.part_of >= 0 or (
            wave is not None and wave == self._wave.get(other.id)
        )
        return beside or together or _says(one, other) or _says(other, one)


def _says(one: Theme, other: Theme) -> bool:
    """Whether what is said of one holds all words of the other's title, in whatever order: "Can't play the video", "Video won't play"."""
    title = set(WORD.findall(other.title.lower()))
    return len(title) > 1 and any(title <= set(WORD.findall(said.title.lower())) for said in one.said)
