"""What the people behind a theme mostly do: complain, ask, praise. Pure, so that a printed ladder and a page say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from textanalytics.grammar.kinds import kinds as small_words
from textanalytics.naming.saying.empty import BUYING, GENERAL
from textanalytics.naming.saying.ways import says_not
from textanalytics.sentiment import ANY, strengths
from textanalytics.text import tokens

NAMES = {
    "complaint": "complaints",
    "question": "questions",
    "request": "requests",
    "praise": "praise",
    "churn threat": "threats to leave",
    "crisis": "crises",
    "other": "remarks",
}
"""Each intent, as many of them are called; in the order in which equal ones are told."""

IDLE, HALF = ("praise", "other"), 0.5
"""What asks nothing of anybody; a theme of which so much is, asks nothing."""

TALK, LEAST_TALK, CALM = 0.7, 10, 0.25
"""Share of remarks from which on a theme is talk, in so many messages at least, of which at most so many are upset."""

ALL, MOST, BOTH, SECOND, PART = 0.9, 0.6, 0.65, 0.2, 0.35
"""Shares from which on one kind is all of it or most of it; two together are named, and the second of them; one is named as a
part. As read: of what was printed of 321 themes of nine files by these, nine in ten is so to a reader."""

COMPLAINED = ("complaint", "churn threat")
COMPLAINED_MOST, PRAISED_MOST = "Complained of the most", "Praised the most"
ASKED_MOST = "Asked the most"
FOREMOST = {
    COMPLAINED_MOST: COMPLAINED,
    ASKED_MOST: ("question", "request"),
    PRAISED_MOST: ("praise",),
}
"""What is told above all themes, of which kinds of messages."""

COMMON, LARGE, FIRST = 0.05, 0.005, 3
"""Share of all messages that are of a kind, and of all that are of it in one theme, from which on the theme is named there: a kind
that is rare is misread the most. And how many are."""

SAYS_LITTLE = 0.7
"""What a complaint counts there, where the title does not say what is wrong: "Cash deposit" beside "Top-up trouble"."""

SMALL = frozenset(small_words("en"))
BOUGHT = BUYING | frozenset("purchase purchased purchases purchasing".split())
NO_FAULT = GENERAL | frozenset("fix fixed fixes fixing resolve resolved solve solved".split())
"""What all customers did; and what they say of whatever is wrong: "Bought this oven", "Problems · fixed"."""

UNENDED = frozenset(("still", "yet", "pending"))
"""What ought to be over: "Order has yet to arrive"."""

PRAISE = 0.4
"""Share from which on praise is named beside others or as a part: of all kinds it is misread the most."""


class Theme(Protocol):
    """One of a file, or one that is kept."""

    @property
    def id(self) -> int: ...
    @property
    def messages(self) -> int: ...
    @property
    def intents(self) -> Mapping[str, int]: ...
    @property
    def subject(self) -> bool: ...
    @property
    def title(self) -> str: ...


T = TypeVar("T", bound=Theme)


def foremost(
    themes: Sequence[T], counts: Mapping[str, int], messages: int, are_near: Callable[[T, T], bool]
) -> Iterator[tuple[str, list[list[T]]]]:
    """What is told of all these `messages`, of which `counts` are of each kind, and the few themes that are mostly of it and hold the most, each
    with those that are near to it. Subjects say too little, and are named where no other theme is. Nothing where the kind is rare."""
    for called, intents in FOREMOST.items():
        held = {theme.id: sum(theme.intents.get(one, 0) for one in intents) for theme in themes}
        most = [one for one in themes if held[one.id] >= max(MOST * one.messages, LARGE * messages, 1)]
        much = [one for one in most if telling(called, one.title)]
        some = [one for one in much if not one.subject] or much
        if some and sum(counts.get(one, 0) for one in intents) >= COMMON * messages:
            worth = {one.id: held[one.id] * telling(called, one.title) for one in some}
            yield called, _first(sorted(some, key=lambda one: (-worth[one.id], one.id)), are_near)


def telling(called: str, title: str) -> float:
    """What each who does so counts for a theme of that title: of complaints less, where it does not say what is wrong, and nothing where it
    says nothing of it."""
    if called != COMPLAINED_MOST:
        return 1.0
    wrong = says_what_is_wrong(title)
    words = {word for word, _, _ in tokens(title)} - SMALL
    bought = not wrong and not BOUGHT.isdisjoint(words)
    if bought or (words and words <= NO_FAULT):
        return 0.0
    return 1.0 if wrong else SAYS_LITTLE


def says_what_is_wrong(title: str) -> bool:
    """
    >>> [says_what_is_wrong(title) for title in ("Can't log in", "Bag trouble", "Cash deposit")]
    [True, True, False]
    """
    words = [word for word, _, _ in tokens(title)]
    return (
        says_not(title) or not UNENDED.isdisjoint(words) or bool(words and strengths(words)[:, ANY].min() < 0)
    )


def _first(themes: Sequence[T], are_near: Callable[[T, T], bool]) -> list[list[T]]:
    found: list[list[T]] = []
    for theme in themes:
        near = next((some for some in found if any(are_near(one, theme) for one in some)), None)
        if near:
            near.append(theme)
        elif len(found) == FIRST:
            break
        else:
            found.append([theme])
    return found


def kinds(counts: Mapping[str, int]) -> str:
    """`counts` has messages (or people) by intent. In words and without figures: each single reading may be wrong, and
    which kinds are common hardly ever is. Remarks are named only where they are most of it: beside what people want they tell
    nobody anything. "" where nothing is common, or nothing was counted.

    >>> kinds({"complaint": 76, "request": 14, "other": 10})
    'mostly complaints'
    >>> kinds({"complaint": 43, "other": 7, "request": 22, "question": 28})
    'complaints and questions'
    >>> kinds({"complaint": 45, "other": 40, "praise": 15})
    'partly complaints'
    """
    total = sum(counts.values())
    ranked = sorted(NAMES, key=lambda intent: -counts.get(intent, 0))
    share = {intent: counts.get(intent, 0) / max(total, 1) for intent in ranked}
    if share[ranked[0]] >= MOST:
        name = NAMES[ranked[0]]
        return name if share[ranked[0]] >= ALL else f"mostly {name}"
    first, second = [intent for intent in ranked if intent != "other" and not _doubtful(intent, share)][:2]
    if share[second] >= SECOND and share[first] + share[second] >= BOTH:
        return f"{NAMES[first]} and {NAMES[second]}"
    return f"partly {NAMES[first]}" if share[first] >= PART else ""


def _doubtful(intent: str, share: Mapping[str, float]) -> bool:
    return intent == "praise" and share[intent] < PRAISE


def is_idle(counts: Mapping[str, int]) -> bool:
    """Whether half or more of what was counted asks nothing of anybody."""
    return sum(counts.get(intent, 0) for intent in IDLE) >= HALF * max(sum(counts.values()), 1)


def is_talk(counts: Mapping[str, int], messages: int, negative_share: float) -> bool:
    """Whether so much of so many messages is remarks, and so few of them are upset, that hardly anybody wants or minds anything:
    greetings, games, slogans passed on. Of few messages the reader may be wrong."""
    remarks = counts.get("other", 0) >= TALK * messages
    return messages >= LEAST_TALK and remarks and negative_share <= CALM
