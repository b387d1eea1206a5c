"""What of a ladder is shown where not everything is wanted: what many say in full, of what few say the most telling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pivotpoint.insights.intents import is_idle
from pivotpoint.insights.ladder.ladder import Ladder, Theme
from pivotpoint.insights.ladder.words import does

WHOLE, NAMED, CRUMB = 10, 40, 5
"""Trends, and subjects, that are shown with what is said of them; those that are named at all; and of how many people each of these is at
least, or messages."""

FEW, AT_LEAST = {"pattern": 8, "voice": 5}, 3
"""Of what few say, how many are shown at most; and how many whatever they want."""


@dataclass(frozen=True)
class Cut:
    """A shelf in three: what is shown as a whole, what in a line, and what is not."""

    whole: Sequence[Theme]
    briefly: Sequence[Theme]
    rest: Sequence[Theme]

    def more(self, ladder: Ladder) -> str:
        """How many are not shown, and of how many each is."""
        numbers = [_size(theme, ladder) for theme in self.rest]
        least, most = min(numbers), max(numbers)
        sizes = f"{least:,}" if least == most else f"{least:,} to {most:,}"
        one, many = ("person", "people") if ladder.authors_known else ("message", "messages")
        return f"{len(self.rest):,} more, of {sizes} {one if most == 1 else many} each"


def cut(shelf: str, ladder: Ladder) -> Cut:
    """Of trends those of the most people, and whatever rises as the file ends; of patterns and voices who threatens to leave, then what
    asks something of somebody."""
    themes = ladder.shelf(shelf)
    if shelf in FEW:
        return _few(themes, FEW[shelf])
    rising = {theme.id for theme in ladder.rising}
    whole = [theme for place, theme in enumerate(themes) if place < WHOLE or theme.id in rising]
    shown = {theme.id for theme in whole}
    others = [theme for theme in themes if theme.id not in shown]
    room = max(NAMED - len(whole), 0)
    named = [theme for theme in others[:room] if _size(theme, ladder) >= CRUMB]
    return Cut(whole, named, others[len(named) :])


def _size(theme: Theme, ladder: Ladder) -> int:
    return theme.people if ladder.authors_known else theme.messages


def _few(themes: Sequence[Theme], most: int) -> Cut:
    """Those that want something, the surest first; all, where they are so few, and the first, where none does."""
    order = sorted(themes, key=lambda theme: ("churn threat" not in theme.intents, -theme.sure))
    wanting = [theme for theme in order if does(theme) and not is_idle(theme.intents)]
    shown = themes if len(themes) <= AT_LEAST else (wanting or themes[:AT_LEAST])[:most]
    ids = {theme.id for theme in shown}
    return Cut([], shown, [theme for theme in themes if theme.id not in ids])
