"""Find negated statements in a text, and the words by which a word is negated.

A title that drops the "not" says the opposite of what people said, so a statement is read wider than grammar has it: what
stands before "but never" is denied with what stands behind it, and so is what was only said to be so before a "not".
"""

from __future__ import annotations

from textanalytics.grammar.cuts import DENYING, HEARSAY
from textanalytics.grammar.german import SPLIT, TURNED
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.sentence import Text

TURNING = frozenset({Kind.NEGATED, Kind.NEGATION})
CONTRASTS = frozenset(("but", "although", "though", "however", "aber", "sondern", "jedoch", "obwohl"))
"""What stands before and behind these is one statement: "delivered, but never here"."""

MORE = frozenset(("only", "nur", "just"))
"""After these "not" denies nothing: "not only late but rude"."""

CURT = TURNING | {Kind.SUBJECT, Kind.AUXILIARY, Kind.OBJECT, Kind.ADVERB, Kind.CONJUNCTION, Kind.DETERMINER}
"""Words of which a statement consists that only denies the one before it: "It was not"."""

REACH = 4
"""Words behind a "not" that may still be denied by it."""

BETWEEN = frozenset(
    {
        *(Kind.ADVERB, Kind.AUXILIARY, Kind.DETERMINER, Kind.ATTRIBUTE),
        *(Kind.ADJECTIVE, Kind.WEAK, Kind.TO, Kind.NEGATION),
    }
)
"""Words that may stand between the "not" and what it denies: "has not yet been delivered"."""


def denies(text: Text, place: int) -> bool:
    if text.kind[place] not in TURNING and text.lower[place] not in DENYING:
        return False
    return MORE.isdisjoint(text.lower[place + 1 : place + 2])


def denied(text: Text) -> list[bool]:
    """(words,) whether each stands in a statement that says not, or in one that the next denies: "It was not". Remembered with
    the text.

    Sentences that run on are told apart by their subjects.
    """
    if not text.turned:
        text.turned.append(_turned(text))
    return text.turned[0]


def _turned(text: Text) -> list[bool]:
    if TURNING.isdisjoint(text.kind) and DENYING.isdisjoint(text.lower):
        return [False] * len(text.lower)
    places = [place for place in range(len(text.lower)) if denies(text, place)]
    if not places:
        return [False] * len(text.lower)
    statement = _statements(text)
    turned = {statement[place] for place in places}
    doubted = {
        number
        for number, word, clause in zip(statement, text.lower, text.clause, strict=True)
        if word in HEARSAY or clause in text.asked
    }
    own = {number for number, kind in zip(statement, text.kind, strict=True) if kind not in CURT}
    for number in sorted(turned, reverse=True):
        if number - 1 in doubted or number not in own:
            turned.add(number - 1)
    return [number in turned for number in statement]


def _statements(text: Text) -> list[int]:
    """(words,) the number of the statement that each stands in."""
    statement: list[int] = []
    number, linked = 0, False
    before, last = None, text.clause[0] if text.clause else 0
    for word, kind, clause in zip(text.lower, text.kind, text.clause, strict=True):
        breaks = clause != last
        if word in CONTRASTS:
            linked = True
        elif breaks or kind in (Kind.CONJUNCTION, Kind.QUESTION):
            number, linked = number + (1 if not linked or breaks else 0), False
        elif kind is Kind.SUBJECT and before is Kind.OPEN and not linked:
            number += 1
        statement.append(number)
        before, last = kind, clause
    return statement


def denial(text: Text, place: int) -> tuple[str, ...]:
    """The words by which this one is denied, itself among them; () if it is not: "never arrived", "kommt nicht an"."""
    for start in range(place - 1, max(place - REACH, 0) - 1, -1):
        if text.clause[start] != text.clause[place]:
            break
        if denies(text, start):
            return tuple(text.lower[start : place + 1])
        if text.kind[start] not in BETWEEN:
            break
    return _behind(text, place) if text.german else ()


def _behind(text: Text, place: int) -> tuple[str, ...]:
    """A German verb stands before its "nicht", and sends a part of itself behind it."""
    rest = text.lower[place + 1 : place + 3]
    if not rest or rest[0] not in TURNED or text.words[place][0].isupper():
        return ()
    last = place + 2 if rest[1:] and rest[1] in SPLIT else place + 1
    if text.clause[last] != text.clause[place]:
        return ()
    whole = last + 1 == len(text.kind) or text.clause[last + 1] != text.clause[last]
    return tuple(text.lower[place : last + 1]) if whole else ()
