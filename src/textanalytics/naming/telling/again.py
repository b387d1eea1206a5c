"""Whether one phrase says again what another says: "Prove my identity" below "Verify my identity" tells nothing."""

from __future__ import annotations

from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.saying.ways import are_contrary, says_not
from textanalytics.text import tokens

SWAPPED, LIKE = 0.48, 0.8
"""Cosines of the one word that each has for itself, and of the two phrases, from which on they say the same: "amazing service" and "great
service". "Lost card" and "stolen card" fall short of it."""

ALL_OTHER = 0.7
"""The same of both, where they share no word: "talk faster" and "speed up the speech"."""

SAYING = frozenset({Kind.OPEN, Kind.ADJECTIVE, Kind.ATTRIBUTE, Kind.TIME})
ASKING = SAYING | {Kind.QUESTION, Kind.WEAK}
"""Words that say something; and those without which a phrase says something else: "when", "get"."""


def says_again(said: str, title: str, meaning: Meaning) -> bool:
    """Whether there is no word in what is said that the title has not, or but one, for another of the same sense."""
    if says_not(said) != says_not(title) or said.endswith("?") != title.endswith("?"):
        return False
    new, left = _others(said, title), _others(title, said)
    return not new or _is_swapped(said, title, new, left, meaning)


def are_one(one: str, other: str, meaning: Meaning) -> bool:
    """Whether two phrases say the same, each in words of its own."""
    new, left = _others(one, other), _others(other, one)
    if _is_swapped(one, other, new, left, meaning):
        return True
    asked = [kinds("en").get(word, Kind.OPEN) is Kind.QUESTION for word in new + left]
    if not new or not left or any(asked) or says_not(one) != says_not(other):
        return False
    near = min(_likeness(" ".join(new), " ".join(left), meaning), _likeness(one, other, meaning))
    return near >= ALL_OTHER and not any(are_contrary(a, b) for a in new for b in left)


def _is_swapped(one: str, other: str, new: list[str], left: list[str], meaning: Meaning) -> bool:
    if len(new) != 1 or len(left) != 1 or says_not(one) != says_not(other) or are_contrary(*new, *left):
        return False
    known = kinds("en")
    says = all(known.get(word, Kind.OPEN) in SAYING for word in new + left)
    near = says and _likeness(new[0], left[0], meaning) >= SWAPPED
    return near and _likeness(one, other, meaning) >= LIKE


def _likeness(one: str, other: str, meaning: Meaning) -> float:
    return meaning.likeness(one, [other])[0]


def _others(said: str, title: str) -> list[str]:
    """The words that say something, in lower case, and are in no form in the title."""
    known, roots = kinds("en"), {stem_of(word, "en") for word, _, _ in tokens(title)}
    return [
        word
        for word, _, _ in tokens(said.lower())
        if known.get(word, Kind.OPEN) in ASKING and stem_of(word, "en") not in roots
    ]
