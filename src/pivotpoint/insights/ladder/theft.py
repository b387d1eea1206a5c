"""Of what theft and fraud are told, and in which themes, in words: they hide in themes about something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pivotpoint.insights.ladder.ladder import Ladder
from pivotpoint.insights.ladder.rest import APART, apart
from pivotpoint.insights.ladder.words import THEFT, numbered

SMALL, NAMED = 0.05, 16
"""Share of those who tell it up to which it need not be said where they are; and themes that are named at most."""

TWO = 2
"""Who lost a thing, for it to be counted."""


def of_what(ladder: Ladder) -> str:
    """Line of how many tell it of which thing, the most first; "" where no two do of any."""
    named = [f"{thing} {people:,}" for thing, people in ladder.taken.items() if people >= TWO]
    return f"Of what: {' · '.join(named)}" if named else ""


def where_stolen(ladder: Ladder, numbers: Mapping[int, int]) -> str:
    """Line of the trends and subjects in which it is told, the most first, each with its number where it is listed, until hardly anybody is
    left; then of how many tell it in none of these, and where they are. "" where no theme is one of these."""
    themes = {theme.id: theme for theme in ladder.on("trend")}
    told, left = [], sum(ladder.stolen.values())
    enough = SMALL * left
    for theme in [one for one in ladder.stolen if one in themes][:NAMED]:
        if left <= enough:
            break
        told.append((themes[theme], ladder.stolen[theme]))
        left -= ladder.stolen[theme]
    if not told:
        return ""
    named = [f"{numbered(theme, numbers)} ({people:,})" for theme, people in told]
    rest = [f"elsewhere ({left:,})"] if left <= enough else _rest(ladder, {theme.id for theme, _ in told})
    beside = " (in all themes)" * any(theme.title.casefold() == THEFT.casefold() for theme, _ in told)
    return f"Where{beside}: {' · '.join([*named, *(rest if left else [])])}"


def _rest(ladder: Ladder, told: set[int]) -> list[str]:
    """How many tell it in which places but these themes, the most first."""
    places = {theme.id: "other trends" for theme in ladder.on("trend")}
    places |= {theme.id: "what one or two say" for theme in ladder.themes if theme.id not in places}
    places |= {theme.id: APART[name].lower() for name, themes in apart(ladder).items() for theme in themes}
    many = Counter[str]()
    for theme, people in ladder.stolen.items():
        if theme not in told:
            many[places.get(theme, "no theme")] += people
    return [f"{place} ({people:,})" for place, people in many.most_common()]
