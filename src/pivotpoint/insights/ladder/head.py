"""What stands at the top of a ladder: how much was heard, what rises, and what people do the most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from pivotpoint.insights.intents import FIRST, foremost, is_idle
from pivotpoint.insights.ladder.ladder import House, Ladder, Theme
from pivotpoint.insights.ladder.words import count, counted, day, harmless

RISING = 5
"""Themes that are named at the top of what rises."""

HOUSES = 5
"""Of whom a file is, how many are named at the top."""

FEW = 3
"""Who tell of theft or fraud, for it to be said at the top."""

WORD = re.compile(r"[^\W\d_]{4,}")
"""A word that is no small one."""


def summary(ladder: Ladder) -> str:
    parts = [count(ladder.messages, "message")]
    if ladder.authors_known:
        parts[0] += f" from {count(ladder.people, 'person', 'people')}"
    if ladder.first and ladder.last:
        parts.append(
            f"{day(ladder.first)} to {day(ladder.last)}{_mostly(ladder.first, ladder.mostly_from, ladder.last)}"
        )
    return ", ".join(parts)


def _mostly(first: datetime, since: datetime | None, last: datetime) -> str:
    """Where a few old messages would make a short time look long."""
    if since is None or (last - since) * 2 > last - first or since.date() == first.date():
        return ""
    return f" (nine in ten since {day(since)})"


def where(ladder: Ladder) -> str:
    """One line of how much of what was heard is told, and how much is not."""
    ledger = ladder.ledger
    told, few = ledger.in_trends + ledger.in_subjects, ledger.in_patterns + ledger.in_voices
    who = "people" if ladder.authors_known else "messages"
    trends = "trends and subjects" if ledger.in_subjects else "trends"
    said = [f"{told:,} are in {trends}", f"{few:,} in what one or two {who} say"]
    said += [f"{rest:,} in neither"] if (rest := ladder.messages - told - few) else []
    return f"Of these {', '.join(said)}: the end tells where each row is."


def whose(ladder: Ladder) -> str:
    """One line of how much the largest houses have; "" where there are no two."""
    named = [f"{harmless(house.name)} {size(house, ladder)}" for house in ladder.houses[:HOUSES]]
    more = f" and {len(ladder.houses) - HOUSES:,} more" if len(ladder.houses) > HOUSES else ""
    people = " (people)" * ladder.authors_known
    by = harmless(ladder.by) if ladder.by else "whom they are to"
    return f"Messages{people} by {by}: {'; '.join(named)}{more}" if named else ""


def size(house: House, ladder: Ladder) -> str:
    """Its messages; and its people, where they are known."""
    return f"{house.messages:,}" + f" ({house.people:,})" * ladder.authors_known


def what_rises(ladder: Ladder) -> str:
    """One line of what rises as the file ends, the strongest first, praise and remarks apart; "" where nothing does."""
    found = sorted(ladder.rising, key=lambda theme: theme.before - theme.after)
    faults = _rising("rising", [theme for theme in found if not is_idle(theme.intents)])
    more = "More" if faults else "more"
    talk = _rising(f"{more} talk, and no complaint, of", [theme for theme in found if is_idle(theme.intents)])
    return ". ".join(filter(None, (faults, talk)))


def _rising(called: str, found: Sequence[Theme]) -> str:
    named = [f"{harmless(theme.title)} (since {day(theme.onset)})" for theme in found[:RISING]]
    more = f" and {len(found) - RISING:,} more" if len(found) > RISING else ""
    return f"{called}: {'; '.join(named)}{more}" if found else ""


def what_is_stolen(ladder: Ladder) -> str:
    """One line of who tells of theft or fraud, and where: it lies in themes about something else. "" where fewer than three do."""
    told = sum(ladder.stolen.values())
    if told < FEW:
        return ""
    shown = {theme.id: theme for theme in ladder.on("trend")}
    most = [(shown[theme], held) for theme, held in ladder.stolen.items() if theme in shown and held > 1][
        :FIRST
    ]
    named = [f"{harmless(theme.title)} ({held:,})" for theme, held in most]
    rest = told - sum(held for _, held in most)
    named += [f"elsewhere ({rest:,})"] if rest and named else []
    who = counted(told, ladder)
    return f"Theft or fraud, told by {who}" + (f": {'; '.join(named)}" if named else "")


def what_most(ladder: Ladder) -> list[str]:
    """For complaints, for questions and requests, and for praise a line of the trends that hold the most of them; subjects say too little,
    and are named where no other trend is. No line where the kind is rare, or nothing holds much of it."""
    counts = Counter[str]()
    for theme in (*ladder.themes, *ladder.unsure, *ladder.talk, *ladder.mixed):
        counts.update(theme.intents)
    told = foremost(ladder.on("trend"), counts, ladder.messages, _are_near)
    return [f"{called}: {'; '.join(map(_named, found))}" for called, found in told]


def _named(themes: Sequence[Theme]) -> str:
    """The first, and the largest of those near to it: one matter takes no two places."""
    first, *others = (harmless(theme.title) for theme in themes)
    return f"{first} (and {others[0]})" if others else first


def _are_near(one: Theme, other: Theme) -> bool:
    """Whether one is told beside the other, both are part of a wider theme, or some of the one say what the other is called by."""
    beside = one.id == other.see_also or other.id == one.see_also
    return beside or one.part_of == other.part_of >= 0 or _says(one, other) or _says(other, one)


def _says(one: Theme, other: Theme) -> bool:
    """Whether what is said of one holds all words of the other's title, in whatever order: "Can't play the video", "Video won't play"."""
    title = set(WORD.findall(other.title.lower()))
    return len(title) > 1 and any(title <= set(WORD.findall(said.title.lower())) for said in one.said)
