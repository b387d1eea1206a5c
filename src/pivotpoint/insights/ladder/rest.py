"""Where every row of a file is, and what is told of those that are on no rung."""

from __future__ import annotations

from collections.abc import Sequence

from pivotpoint.insights.intents import NAMES
from pivotpoint.insights.ladder.ladder import SHELVES, Ladder, Quote, Theme
from pivotpoint.insights.ladder.words import count, does, harmless, size

PLACES = {
    "in_trends": "in trends",
    "in_subjects": "in subjects",
    "in_patterns": "in patterns",
    "in_voices": "in voices",
    "in_unsure": "less sure",
    "in_talk": "only talk",
    "in_mixed": "mixed",
    "vague": "short replies and thanks",
    "not_about_us": "not about us",
    "duplicates": "the same id twice",
    "rejected": "rejected",
    "set_aside": "not asked for",
}
APART = {"in_unsure": "Less sure", "in_talk": "Only talk", "in_mixed": "Mixed"}
"""What is told of themes that are on no rung, and where they are in a ledger."""

APART_DOES = {
    "Less sure": "Themes that may share a word and no more: read a few of their messages before you act.",
    "Only talk": "Hardly anybody in these asks, complains or praises: nothing to do.",
    "Mixed": "Messages that share a word at most: they are here so that nothing is hidden.",
}
EVERY_ROW = (
    "Every message was read. Who is in no trend and no subject speaks alone, says too little to be understood, or shares a word with others and"
    " no matter."
)
BRIEFLY = {
    "in_unsure": "held perhaps by a word only",
    "in_talk": "of talk that asks for nothing",
    "in_mixed": "held by a word only",
}
PLAINLY = {
    "vague": "too short to act on",
    "rejected": "the file of rejected rows says why",
    "set_aside": "left out by --where",
}
LARGEST, CROWDED = 3, 2
"""Of those on no rung: how many are named; and messages a person, from which on both are told."""

UPSET, MANY, FIRST = (NAMES["complaint"], f"mostly {NAMES['complaint']}"), 10, 5
"""What they do in a group of which some are quoted; how many these are at least; and how many are quoted at once."""

EACH_OF_ITS_OWN = "Too unlike to be a theme: some that say clearly what is wrong."
"""What is told of this group."""

Line = tuple[str, int, str]
"""A place, the rows in it, and a remark."""


def apart(ladder: Ladder) -> dict[str, list[Theme]]:
    """What is on no rung, by its place in the ledger."""
    return {"in_unsure": ladder.unsure, "in_talk": ladder.talk, "in_mixed": ladder.mixed}


def places(ladder: Ladder) -> list[Line]:
    """Where the rows are, in the order of the journey, with what is told of each; empty places are left out."""
    return [
        (said, number, _remark(name, ladder))
        for name, said in PLACES.items()
        if (number := getattr(ladder.ledger, name))
    ]


def _remark(name: str, ladder: Ladder) -> str:
    shelf = next((shelf for shelf in SHELVES if name == f"in_{shelf}s"), "")
    if shelf:
        return count(len(ladder.shelf(shelf)), shelf)
    if name in BRIEFLY:
        themes = apart(ladder)[name]
        return f"{count(len(themes), 'group')} {BRIEFLY[name]}: {mentions(themes, ladder)}"
    if name == "not_about_us":
        return ", ".join(f"{reason} {number:,}" for reason, number in ladder.not_about_us.items())
    return PLAINLY.get(name, "")


def of_all_kinds(ladder: Ladder) -> Theme | None:
    """The largest group of complaints that no word holds together, where there are enough of them: each may be of another matter, and who
    reads how many they are wants to read some."""
    upset = next((theme for theme in ladder.mixed if theme.quotes and does(theme) in UPSET), None)
    return upset if upset and size(upset, ladder) >= MANY else None


def mentions(themes: Sequence[Theme], ladder: Ladder) -> str:
    """The titles of the largest with their people, and how many more there are."""
    said = ", ".join(f"{harmless(theme.title)} ({_figures(theme, ladder)})" for theme in themes[:LARGEST])
    return f"{said} and {len(themes) - LARGEST:,} more" if len(themes) > LARGEST else said


def _figures(theme: Theme, ladder: Ladder) -> str:
    if not ladder.authors_known:
        return f"{theme.messages:,}"
    if theme.messages < CROWDED * theme.people:
        return f"{theme.people:,}"
    return f"{theme.messages:,} messages of {count(theme.people, 'person', 'people')}"


def not_about_us(ladder: Ladder) -> list[tuple[str, int, list[Quote]]]:
    """Each reason once, the most first: how many, and a few of them."""
    quotes: dict[str, list[Quote]] = {}
    for reason, quote in ladder.elsewhere:
        quotes.setdefault(reason, []).append(quote)
    return [(reason, ladder.not_about_us[reason], some) for reason, some in quotes.items()]
