"""What people complain of, ask for and praise the most, in a line each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pivotpoint.insights.intents import COMPLAINED_MOST, PRAISED_MOST, foremost
from pivotpoint.insights.ladder.ladder import Ladder, Theme
from pivotpoint.insights.ladder.words import counted, harmless, size

WORD = re.compile(r"[^\W\d_]{4,}")
"""A word that is no small one."""


def what_most(ladder: Ladder) -> list[str]:
    """For complaints, for questions and requests, and for praise a line of the trends that hold the most of them; subjects say too little,
    and are named where no other trend is. No line where the kind is rare, or nothing holds much of it."""
    counts = Counter[str]()
    for theme in (*ladder.themes, *ladder.unsure, *ladder.talk, *ladder.mixed):
        counts.update(theme.intents)
    near = _Near(ladder)
    told = dict(foremost(ladder.on("trend"), counts, ladder.messages, near))
    upset = [theme for one in told.get(COMPLAINED_MOST, ()) for theme in one]
    lines = []
    for called, some in told.items():
        found = sorted(some, key=lambda one: -size(one[0], ladder))
        named = [_named(one, ladder, is_first=place == 0) for place, one in enumerate(found)]
        if called == PRAISED_MOST:
            named = [f"{said}{_but(one[0], upset, near)}" for said, one in zip(named, found, strict=True)]
        lines.append(f"{called}: {'; '.join(named)}")
    return lines


def _named(themes: Sequence[Theme], ladder: Ladder, *, is_first: bool) -> str:
    """The first, and the largest of those near to it: one matter takes no two places. The first of a line says of what its number is."""
    first, *others = themes
    number = counted(size(first, ladder), ladder) if is_first else f"{size(first, ladder):,}"
    beside = f", and {harmless(others[0].title)} ({size(others[0], ladder):,})" if others else ""
    return f"{harmless(first.title)} ({number}){beside}"


def _but(praised: Theme, upset: Sequence[Theme], near: _Near) -> str:
    """That others complain of what is praised."""
    other = next((one for one in upset if near(praised, one)), None)
    return f", but see {harmless(other.title)}" if other else ""


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
