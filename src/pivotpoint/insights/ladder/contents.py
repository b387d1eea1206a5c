"""What stands before several ladders of one file: whose they are, how much each holds, and that they are the whole file."""

from __future__ import annotations

from pivotpoint.insights.ladder.each import Each
from pivotpoint.insights.ladder.ladder import Ladder
from pivotpoint.insights.ladder.words import count, harmless

FIRST_TRENDS = 3
"""That are named of each."""


def heading(each: Each) -> str:
    return f"What people say in {harmless(each.source)}, by {harmless(each.by)}"


def contents(each: Each) -> list[tuple[str, str, str]]:
    """A line for each ladder: whose it is, how much it holds, and its first trends."""
    return [(harmless(ladder.house), _holds(ladder), _trends(ladder)) for ladder in each.ladders]


def _holds(ladder: Ladder) -> str:
    people = f" from {count(ladder.people, 'person', 'people')}" if ladder.authors_known else ""
    subjects = f", {count(found, 'subject')}" if (found := len(ladder.shelf("subject"))) else ""
    return (
        f"{count(ladder.messages, 'message')}{people}, {count(len(ladder.shelf('trend')), 'trend')}{subjects}"
    )


def _trends(ladder: Ladder) -> str:
    return "; ".join(harmless(theme.title) for theme in ladder.shelf("trend")[:FIRST_TRENDS])


def sum_of(each: Each) -> str:
    """How the rows of the ladders add up to those of the file."""
    said = [f"{harmless(ladder.house)} {ladder.ledger.rows:,}" for ladder in each.ladders]
    said += [f"in none, since nothing in them can be read {each.left.rows:,}"] if each.left.rows else []
    return f"{count(each.rows, 'row')} read: {' + '.join(said)}"
