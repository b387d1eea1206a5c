"""What stands at the top of a ladder: how much was heard, what rises, and what people do the most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pivotpoint.insights.intents import is_idle
from pivotpoint.insights.ladder.ladder import LEAVING, House, Ladder, Theme, Wave
from pivotpoint.insights.ladder.most import what_most
from pivotpoint.insights.ladder.words import (
    GRAVE,
    LEAVES,
    THEFT,
    are_few,
    count,
    day,
    harmless,
    rounded,
    told_by,
    usual,
)

RISING, WAVES, INSIDE = 5, 2, 4
"""Themes that are named at the top of what rises; waves that are told, and themes of one that are named."""

HOUSES = 5
"""Of whom a file is, how many are named at the top."""

FEW = 3
"""Who tell of theft or fraud, or of leaving, for it to be told."""


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


def headlines(ladder: Ladder) -> list[str]:
    """What a board asks first, a line each: what is urgent however few say it, what is bad and good, what happened, what is new, and how much
    of all that is told."""
    lines = [
        what_is_at_stake(ladder),
        *what_most(ladder),
        what_happened(ladder),
        what_rises(ladder),
        where(ladder),
        whose(ladder),
    ]
    return [line[:1].upper() + line[1:] for line in lines if line]


def where(ladder: Ladder) -> str:
    """One line of how much of what was heard is told, and how much is not."""
    ledger = ladder.ledger
    told, few = ledger.in_trends + ledger.in_subjects, ledger.in_patterns + ledger.in_voices
    who = "people" if ladder.authors_known else "messages"
    trends = "trends and subjects" if ledger.in_subjects else "trends"
    said = [
        f"{count(told, 'message')} {_are(told)} in {trends}",
        f"{few:,} {_are(few)} what one or two {who} say",
    ]
    rest = ladder.messages - told - few
    said += [f"{rest:,} {_are(rest)} in neither (the end says why)"] if rest else []
    return f"What is told: {', '.join(said)}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def what_happened(ladder: Ladder) -> str:
    """One line of the waves that the most people told: what rose together, how many told it, and how it ended. "" where nothing did."""
    told = [_wave(wave, ladder) for wave in ladder.waves[:WAVES]]
    return f"What happened: {'. And '.join(told)}" if told else ""


def _wave(wave: Wave, ladder: Ladder) -> str:
    who = "people" if ladder.authors_known else "messages"
    titles = [f"“{harmless(theme.title)}”" for one in wave.themes if (theme := ladder.of(one))]
    rest = len(titles) - INSIDE
    named, last = (titles[:INSIDE], f"{rest:,} more") if rest > 0 else (titles[:-1], titles[-1])
    rose = f"on {day(wave.first)} {', '.join(named)} and {last} rose together"
    told = f"{wave.people:,} {who} in {count(wave.days, 'day')}"
    ended = f"{rounded(wave.after)} a day since, {usual(wave.before)} before"
    return f"{rose}: {told}, {ended if wave.over else 'and it goes on as the file ends'}"


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
    """One line of what rises as the file ends, the strongest first, praise and remarks apart; "" where nothing does, or only what few
    say."""
    many = [theme for theme in ladder.rising if not are_few(theme, ladder)]
    found = sorted(many, key=lambda theme: theme.before - theme.after)
    faults = _rising("rising", [theme for theme in found if not is_idle(theme.intents)])
    more = "More" if faults else "more"
    talk = _rising(f"{more} talk, and no complaint, of", [theme for theme in found if is_idle(theme.intents)])
    return ". ".join(filter(None, (faults, talk)))


def _rising(called: str, found: Sequence[Theme]) -> str:
    named = [f"{harmless(theme.title)} (since {day(theme.onset)})" for theme in found[:RISING]]
    more = f" and {len(found) - RISING:,} more" if len(found) > RISING else ""
    return f"{called}: {'; '.join(named)}{more}" if found else ""


def what_is_at_stake(ladder: Ladder) -> str:
    """One line of how many tell of danger, and of theft or fraud, each of which has a section of its own; and how many messages say that
    whoever writes leaves or has left."""
    told = ((GRAVE, len(ladder.grave)), (THEFT, how_many_robbed(ladder)))
    said = [f"{called}: {told_by(who, ladder)}" for called, who in told if who]
    return ". ".join([*said, *_leaving(ladder)])


def _leaving(ladder: Ladder) -> list[str]:
    """In how many messages, and in which trend most of them are."""
    most = max(ladder.on("trend"), key=lambda theme: theme.intents.get(LEAVING, 0), default=None)
    of_them = most.intents.get(LEAVING, 0) if most else 0
    where = f", {of_them:,} of them in “{harmless(most.title)}”" if most and of_them >= FEW else ""
    return [f"{LEAVES}: told in {count(many, 'message')}{where}"] if (many := how_many_leave(ladder)) else []


def how_many_leave(ladder: Ladder) -> int:
    """Messages in which somebody leaves; 0 where fewer than three."""
    told = sum(theme.intents.get(LEAVING, 0) for theme in ladder.everywhere)
    return told if told >= FEW else 0


def how_many_robbed(ladder: Ladder) -> int:
    """Who tells of theft or fraud; 0 where fewer than three do, or nobody plainly."""
    told = sum(ladder.stolen.values())
    return told if told >= FEW and ladder.thefts else 0
