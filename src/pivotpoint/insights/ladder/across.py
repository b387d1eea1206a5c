"""Who owns which trouble: the largest trends by houses where these are few, else a line for each house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pivotpoint.insights.intents import is_idle
from pivotpoint.insights.ladder.cut import cut
from pivotpoint.insights.ladder.houses import ENOUGH, is_more
from pivotpoint.insights.ladder.ladder import House, Ladder, Theme
from pivotpoint.insights.ladder.words import harmless, size

FEW, LARGEST = 8, 10
"""Houses that are the columns of one table at most, and trends that are its rows."""

LINES, NAMED = 25, 2
"""Of more houses: for how many a line is shown, and themes that are named in one."""

MORE, ALL, OTHERS = "▲", "all", "others"
"""Before what is more than a house's size explains; and above what everybody has, and the houses without a column."""

Line = tuple[str, str, str]
"""A house, its size, and what most of its people speak of."""


@dataclass(frozen=True)
class Crossed:
    columns: Sequence[str]
    """`ALL`, the houses with the most messages, and `OTHERS` where some have no column."""
    everybody: Sequence[int]
    """People of each column."""
    rows: Sequence[tuple[Theme, Sequence[tuple[int, bool]]]]
    """A trend, and of each column how many of its people are in it, and whether that is more than the size of the house explains."""


def crossed(ladder: Ladder, columns: int = FEW) -> Crossed | None:
    """With so many columns of houses at most, the last for all others; None of one house, or of many. Who speaks to two houses counts in both."""
    trends = cut("trend", ladder).whole[:LARGEST]
    if not 1 < len(ladder.houses) <= FEW or not trends:
        return None
    places = columns if len(ladder.houses) <= columns else max(columns - 1, 1)
    shown, others = ladder.houses[:places], ladder.houses[places:]
    names = [harmless(house.name) for house in shown]
    sizes = [size(house, ladder) for house in shown]
    return Crossed(
        columns=[ALL, *names, *[OTHERS] * bool(others)],
        everybody=[
            _everybody(ladder),
            *sizes,
            *[sum(size(house, ladder) for house in others)] * bool(others),
        ],
        rows=[(theme, _cells(theme, shown, ladder, has_others=bool(others))) for theme in trends],
    )


def _cells(
    theme: Theme, shown: Sequence[House], ladder: Ladder, *, has_others: bool
) -> list[tuple[int, bool]]:
    counts = dict(theme.houses)
    own = np.array([counts.pop(house.name, 0) for house in shown], np.int64)
    usual = np.minimum([size(house, ladder) / max(_everybody(ladder), 1) for house in shown], 1.0)
    stands = is_more(own, usual, size(theme, ladder)).tolist()
    rest = [(sum(counts.values()), False)] * has_others
    return [(size(theme, ladder), False), *zip(own.tolist(), stands, strict=True), *rest]


def _everybody(ladder: Ladder) -> int:
    return ladder.people if ladder.authors_known else ladder.messages


def each_house(ladder: Ladder) -> list[Line]:
    """In a file of many houses what most people of each ask or complain of: trends, and subjects where there are too few; the houses of
    the most people first. Houses of which no three people are in one theme are left out."""
    if len(ladder.houses) <= FEW:
        return []
    found: defaultdict[str, list[tuple[Theme, int]]] = defaultdict(list)
    for theme in ladder.on("trend"):
        for name, people in theme.houses:
            if people >= ENOUGH and not is_idle(theme.intents):
                found[name].append((theme, people))
    told = [house for house in ladder.houses if house.name in found]
    return [
        (harmless(house.name), f"{size(house, ladder):,}", _named(house.name, found[house.name]))
        for house in sorted(told, key=lambda house: -size(house, ladder))
    ]


def _named(house: str, themes: Sequence[tuple[Theme, int]]) -> str:
    """Trends before subjects. The mere name of the house only where there is nothing else: "Spotify" tells nothing of Spotify."""
    telling = [one for one in themes if _letters(one[0].title) not in _letters(house)] or themes
    first = sorted(telling, key=lambda one: (one[0].subject, -one[1]))[:NAMED]
    return "; ".join(f"{harmless(theme.title)} ({people:,})" for theme, people in first)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def heading(ladder: Ladder) -> str:
    return f"By {harmless(ladder.by)}" if ladder.by else "By whom they are to"


def tells(ladder: Ladder) -> str:
    """What stands below the heading."""
    each = f"{'people' if ladder.authors_known else 'messages'} of each {harmless(ladder.by) or 'firm'}"
    if len(ladder.houses) <= FEW:
        return (
            f"The largest trends, and how many {each} speak of them; {MORE} is more than its size explains."
        )
    return f"What most {each} ask or complain of."


def left_out(ladder: Ladder, told: int) -> str:
    """Of how many houses there is no line, and why; "" where each has one. `told`: those that have one or could."""
    who = "people" if ladder.authors_known else "messages"
    rest = len(ladder.houses) - told
    return f"Of {rest:,} others no theme holds three {who}." if rest else ""
