"""How figures and names are said, on a terminal and on a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pivotpoint.insights.intents import COMPLAINED_MOST, HALF, NAMES, PRAISED_MOST, is_idle, kinds
from pivotpoint.insights.ladder.ladder import Grave, House, Ladder, Quote, Theme, Wider
from textanalytics.trends import AFTER

FUNCTIONS = {
    "service": "Service",
    "sales": "Sales",
    "marketing": "Marketing",
    "product": "Product",
    "finance": "Finance",
    "supply": "Operations",
}
SHELF_NAMES = {"trend": "Trends", "subject": "Subjects", "pattern": "Patterns", "voice": "Voices"}
SHELF_DOES = {
    "trend": "Enough to act on: give each to whoever can change it.",
    "subject": "Many speak of these, each in their own way: a title only names the subject, the quote is one of many.",
    "pattern": "Too few to act on: watch whether others say the same.",
    "voice": "Near to no theme in its words, though a theme may say the same: answer who wants something.",
}
GRAVE, GRAVE_MEANS = "Danger", "somebody was harmed or is in danger: one voice is enough"
THEFT = "Theft or fraud"
LEAVES = "Leaving"
ALL = "--all shows every one"
WIDER = "Wider themes"
SAID, SOME, LEFT = "Said of it", "Some of it", 0.6
"""Before what is said of a theme; before what is said of some of it; and on the page of one kept theme the second, where more than that share
of its people say something else."""

TOLD_PART = 0.05
"""Share of a theme's people who say something, from which on it is told."""

JUST, SEE_ALSO = "just this", "See also"
REMARKS = frozenset({NAMES["other"], f"mostly {NAMES['other']}"})
"""What tells nobody anything."""

SHARE = 0.01
"""Of everybody, from which on it is told."""

SURE = 0.6
"""How sure the reader has to be of each of few messages before it is told what they want."""

COPIED = 0.1
"""Part of a theme that copies add, from which on they are told."""


MANY_TIMES, WORTH_TELLING = 5, 1.5
"""From here on it is not told how many times its share a house has of a theme that is mostly its own; and of others in whole numbers. Below
the second it is told of none."""

SEVERAL_A_DAY, LEAST_RATE = 3, 0.05

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def harmless(text: str) -> str:
    """Without characters that move a terminal's cursor, colour it, or turn the direction of what follows."""
    return CONTROLS.sub(" ", text)


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """
    >>> listed(["bank", "hotel"])
    'bank and hotel'
    """
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def counted(number: int, ladder: Ladder) -> str:
    """So many people; or so many messages, where nobody is known by name."""
    return count(number, "person", "people") if ladder.authors_known else count(number, "message")


def told_by(number: int, ladder: Ladder) -> str:
    return f"told {'by' if ladder.authors_known else 'in'} {counted(number, ladder)}"


def means(shelf: str, ladder: Ladder) -> str:
    """How many stand behind a theme on it."""
    one, many = ("person", "people") if ladder.authors_known else ("message", "messages")
    copied = ", or one text that several sent" * any(
        theme.copied > theme.copies for theme in ladder.on("voice")
    )
    return {"pattern": f"two {many}", "voice": f"one {one}{copied}"}.get(shelf, f"three {many} or more")


def widely(ladder: Ladder) -> str:
    """What can be done with wider themes."""
    one = "person" if ladder.authors_known else "message"
    return f"Themes about one thing, each {one} counted once: see whether one owner can take them."


STOLEN = 0.2
"""Share of a theme's people who tell of theft or fraud, from which on that is said of it."""

INSIDE = 6
"""Themes of a wider one that are named."""


def wide(ladder: Ladder, numbers: Mapping[int, int]) -> list[tuple[str, str, str]]:
    """Each wider theme: its title; how many stand behind it and what they do; and its themes by number and title, the most people first."""
    known = {theme.id: theme for theme in ladder.themes}
    return [_wide(one, [known[pk] for pk in one.themes], ladder, numbers) for one in ladder.wider]


def _wide(
    one: Wider, inside: Sequence[Theme], ladder: Ladder, numbers: Mapping[int, int]
) -> tuple[str, str, str]:
    wanted = sum((Counter(theme.intents) for theme in inside), Counter[str]())
    how_many = counted(one.people if ladder.authors_known else one.messages, ladder)
    titles = ", ".join(numbered(theme, numbers) for theme in inside[:INSIDE])
    more = f" and {len(inside) - INSIDE:,} more" if len(inside) > INSIDE else ""
    done = _both_moods(inside, ladder) or _told(wanted)
    return harmless(one.title), " · ".join(filter(None, (how_many, done))), titles + more


def _both_moods(inside: Sequence[Theme], ladder: Ladder) -> str:
    """How many complain in the themes that do, and how many praise in those that do; "" where there are not both."""
    behind: Counter[str] = Counter()
    for theme in inside:
        told = does(theme)
        for kind, done in (("complaints", COMPLAINED_MOST), ("praise", PRAISED_MOST)):
            if told in (kind, f"mostly {kind}", f"partly {kind}"):
                behind[kind] += theme.doers.get(done, size(theme, ladder))
    upset, pleased = behind["complaints"], behind["praise"]
    return f"{upset:,} complain, {pleased:,} praise" if upset and pleased else ""


def size(theme: Theme | House, ladder: Ladder) -> int:
    """Its people; or its messages, where nobody is known by name."""
    return theme.people if ladder.authors_known else theme.messages


def numbered(theme: Theme, numbers: Mapping[int, int]) -> str:
    """Its title, behind its number in the list where it is listed."""
    number = numbers.get(theme.id)
    return f"{number} {harmless(theme.title)}" if number else harmless(theme.title)


def legend(ladder: Ladder, marked: str) -> list[str]:
    """What the marks of a print mean, a sentence for each; `marked` says how the words of a title look within a quote."""
    who = "people" if ladder.authors_known else "messages"
    themes = (*ladder.themes, *ladder.unsure, *ladder.talk)
    said = {
        f"A title is in words that they used; in the quotes these words are {marked}.": True,
        "“Mostly complaints” is what they do; where nothing is said of it, no kind is common.": True,
        f"A number in brackets is how many {who} say that or are nearest to it; some say two things.": True,
        f"“{JUST[:1].upper()}{JUST[1:]}” is what the title says.": any(
            one.titled and one.said for one in themes
        ),
        f"“{SEE_ALSO}” names the theme nearest to it, by its number in the list.": any(
            one.see_also >= 0 for one in ladder.on("trend")
        ),
        "“Service”, “Finance” and so on: who in a company could do something about it.": any(
            map(concerns, themes)
        ),
        f"“Rising”: since that day more {who} than before say it, and still do as the file ends.": bool(
            [theme for theme in ladder.rising if rose_enough(theme, ladder)]
        ),
        f"“Twice its share”: twice as many of these {who} as of all; nothing is said where it is as usual.": any(
            bool(one.to and _times(one)) for one in themes
        ),
        "•• stands for numbers, addresses and passwords of people, and for names of whom they complain; --unmasked shows them.": (
            ladder.masked
        ),
    }
    return [sentence for sentence, is_needed in said.items() if is_needed]


def held(themes: Sequence[Theme], ladder: Ladder) -> str:
    """How many of the messages a rung holds; "" where it is empty."""
    messages = sum(theme.messages for theme in themes)
    return f"{messages:,} of {count(ladder.messages, 'message')}" if themes else ""


def day(moment: date | datetime | None) -> str:
    return f"{moment.day} {moment:%b %Y}" if moment else ""


MANY, LEAST_RISEN = 10, 5
"""People of a theme, from which on it is told by how much it rose, or several a day; and of fewer how many since, for it to be told at all."""

GREW, THEN, SOME_GREW = 1.5, 0.25, 3
"""Times as many as before, and part of those since, from which on it is told what a theme would have grown to with the file; and how many that has to be."""


def rates(before: float, after: float, who: str = "people") -> str:
    """Of people a day: for a day where it is several people, else for a week.

    >>> rates(17.2, 36.4)
    'from 17 to 36 people a day'
    >>> rates(0.04, 0.9, "messages")
    'from 0.3 to 6 messages a week'
    """
    unit, days = _unit(after)
    return f"from {usual(before * days)} to {rounded(after * days)} {who} a {unit}"


def _unit(after: float) -> tuple[str, int]:
    return ("day", 1) if after >= SEVERAL_A_DAY else ("week", 7)


def usual(people: float) -> str:
    return rounded(people) if people >= LEAST_RATE else "hardly any"


def rounded(people: float) -> str:
    return f"{people:.1f}" if 0 < people < 0.95 else f"{people:.0f}"


def facts(theme: Theme, ladder: Ladder) -> list[str]:
    """People, messages, what they do, function, first seen, onset: one phrase each."""
    authors_known = ladder.authors_known
    said = [count(theme.people, "person", "people")] if authors_known else []
    copies = [_copies(theme, "sent" if authors_known else "are")] if _is_copied(theme) else []
    if authors_known:
        said += copies
    if theme.messages != theme.people or not authors_known:
        said.append(count(theme.messages, "message"))
    if not authors_known:
        said += copies
    said[0] += _of_all(theme, ladder)
    said += [wanted] if (wanted := does(theme)) else []
    said += [whose] if (whose := theirs(theme, ladder)) else []
    if concerned := concerns(theme):
        said.append(FUNCTIONS[concerned])
    if (stolen := ladder.stolen.get(theme.id, 0)) >= STOLEN * theme.people:
        said.append(f"theft or fraud told by {stolen:,}")
    if theme.first_seen and theme.new:
        said.append(f"first seen {day(theme.first_seen)}")
    if theme.onset:
        who = "people" if authors_known else "messages"
        few = f"{theme.risen:,} of its {size(theme, ladder):,} {who}" * are_few(theme, ladder)
        rise = _rise(theme.onset, theme, who, few, goes_on=ladder.is_rising(theme))
        said += [rise] if rose_enough(theme, ladder) else []
    return said


def are_few(theme: Theme, ladder: Ladder) -> bool:
    """Whether so few say it that a rate would make much of it."""
    return size(theme, ladder) < MANY and theme.after < SEVERAL_A_DAY


def rose_enough(theme: Theme, ladder: Ladder) -> bool:
    """Whether enough say it since it rose, for that to be told."""
    return not are_few(theme, ladder) or theme.risen >= LEAST_RISEN


def theirs(theme: Theme, ladder: Ladder) -> str:
    """Whose it is: the house that more of its people speak to than the size of the house explains, else in a file of many houses the
    first few; "" where it is everybody's alike."""
    to = "to " * (not ladder.by)
    if theme.to:
        return f"{to}{harmless(theme.to)} {theme.to_people:,} of {theme.people:,}{_times(theme)}"
    return to * bool(theme.firms) + ", ".join(f"{harmless(firm)} {number:,}" for firm, number in theme.firms)


def _times(theme: Theme) -> str:
    """How many times what its size explains; "" where anybody sees that, or it is hardly more."""
    if theme.to_times < WORTH_TELLING or theme.to_times >= MANY_TIMES and theme.to_share >= HALF:
        return ""
    number = f"{theme.to_times:.1f}" if theme.to_times < MANY_TIMES else f"{theme.to_times:.0f}"
    return f", {'twice' if number == '2.0' else number.removesuffix('.0') + ' times'} its share"


def does(theme: Theme) -> str:
    """What its messages mostly do; "" where that tells nobody anything, or they are so few that the reader may be wrong of one."""
    is_many = theme.sure == 1
    return _told(theme.intents) if is_many or theme.sure >= SURE and "other" not in theme.intents else ""


def _told(intents: Mapping[str, int]) -> str:
    return said if (said := kinds(intents)) not in REMARKS else ""


def _is_copied(theme: Theme) -> bool:
    return theme.copied - theme.copies >= max(1, COPIED * theme.people)


def _copies(theme: Theme, done: str) -> str:
    who = "all" if theme.copied == theme.people else f"{theme.copied:,} of them"
    texts = "text" if theme.copies == 1 else f"{theme.copies:,} texts"
    return f"{who} {done} the same {texts}: counted once{' each' * (theme.copies > 1)}"


def _of_all(theme: Theme, ladder: Ladder) -> str:
    """The share of everybody, where it is one in a hundred at least."""
    share = theme.people / max(ladder.people, 1)
    return f" ({share:.0%})" if share >= SHARE and theme.rung == "trend" else ""


def _rise(onset: date, theme: Theme, who: str, people: str, *, goes_on: bool) -> str:
    if people:
        return f"{'rising since' if goes_on else 'rose on'} {day(onset)}: {people}{' since' * (not goes_on)}"
    if theme.lasted < AFTER:
        return f"rose on {_over(onset, theme.lasted)}, {_burst(theme, who)}{_as_all(theme, 1)}"
    figures = rates(theme.before, theme.after, who)
    beside = _as_all(theme, _unit(theme.after)[1])
    if goes_on:
        return f"rising since {day(onset)}, {figures}{beside}"
    return f"rose on {day(onset)}, {figures}{' in that week' * figures.endswith('day')}{beside}"


def _over(onset: date, days: int) -> str:
    return f"{day(onset)} alone" if days == 1 else f"{day(onset)} for {days} days"


def _burst(theme: Theme, who: str) -> str:
    a_day = " a day" * (theme.lasted > 1)
    return f"from {usual(theme.before)} to {rounded(theme.after)} {who}{a_day}"


def _as_all(theme: Theme, days: int) -> str:
    """What it would have been by the growth of the whole file, where that is much of it."""
    if theme.usual < max(GREW * theme.before, THEN * theme.after) or theme.usual * days < SOME_GREW:
        return ""
    return f" ({rounded(theme.usual * days)} had it grown like all the rest)"


def concerns(theme: Theme) -> str:
    """The function that has something to do here; "" for praise and remarks, which ask nothing of anybody."""
    return "" if is_idle(theme.intents) else theme.function


def said_of(theme: Theme, ladder: Ladder) -> str:
    """What is said of the thing that a theme is called by, with the people behind each; "" where the title says it all. What few of them say
    is left out."""
    everybody = size(theme, ladder)
    numbers = [one.people if ladder.authors_known else one.messages for one in theme.said]
    told = [
        f"{harmless(one.title)} ({number:,})"
        for one, number in zip(theme.said, numbers, strict=True)
        if number >= TOLD_PART * everybody
    ]
    if not told:
        return ""
    just = [f"{JUST} ({theme.titled:,})"] if theme.titled else []
    whole = not theme.untold and len(told) == len(numbers)
    return f"{SAID if whole else SOME}: {' · '.join(just + told)}"


def beside(theme: Theme, ladder: Ladder, numbers: Mapping[int, int]) -> str:
    """The theme that is told in like words, by its number; "" where none is in the list."""
    other = next((one for one in ladder.themes if one.id == theme.see_also and one.id in numbers), None)
    return f"{SEE_ALSO}: {numbered(other, numbers)}" if other else ""


def said_by(quote: Quote) -> str:
    """Author and day, whichever is known."""
    return ", ".join(part for part in (harmless(quote.author or ""), day(quote.time)) if part)


def grave_by(one: Grave, ladder: Ladder, numbers: Mapping[int, int]) -> str:
    """Author, day, and the theme that it is in, with its number where it is in the list, whichever is known; no theme of one or two, which
    it is itself."""
    theme = next((theme for theme in ladder.on("trend") if theme.id == one.theme), None)
    number = f"{numbers[theme.id]} " if theme and theme.id in numbers else ""
    inside = f"in {number}“{harmless(theme.title)}”" if theme else ""
    return ", ".join(part for part in (said_by(one.quote), inside) if part)
