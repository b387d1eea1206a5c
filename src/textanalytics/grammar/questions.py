"""Questions as titles: where one opens, whether it is whole, and what is left of one that was cut."""

from __future__ import annotations

from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.sentence import Text

ASKS = frozenset({Kind.QUESTION, Kind.AUXILIARY})
"""What a question begins with. Only a whole question may: "How long does it take", "Can I pay by card"."""

HOW = frozenset(
    "how what what's whats which whose wie was welche welcher welches welchen welchem wieviel".split()
)
"""The word after these belongs to them: never begin after one."""

MOVED = frozenset(
    "do does did can could will would should may might kann können könnte muss müssen soll darf".split()
)
"""Verbs that leave a bare infinitive behind when they open a question."""

BEING = frozenset("is are was were isn't aren't wasn't weren't ist sind war waren".split())
"""Verbs that ask what something is like: "Is the course for beginners", never "Is the course"."""

OUT_OF_A_QUESTION = 0.75
"""What a phrase is worth that was cut out of a question."""

BEFORE_NOUNS = frozenset({Kind.DETERMINER, Kind.ATTRIBUTE, Kind.ADJECTIVE})

ADDS = frozenset(("and", "und", "&", "+", "n"))


def asks_whole(text: Text, start: int, end: int, right: float) -> bool:
    """Whether the words are a whole question: not "Why does the shop", whose verb is still to come."""
    moved = any(word in MOVED for word in text.lower[start : start + 4])
    goes_on = end < len(text.kind) and text.clause[end] == text.clause[start]
    if goes_on and (text.lower[end] in ADDS or text.kind[end] is Kind.SUBJECT):
        return False
    if goes_on and text.lower[start] in BEING and text.kind[end] is Kind.PREPOSITION:
        return False
    return right >= (0.95 if moved else 0.8) and end - start >= (4 if moved else 3)


def opens_a_question(text: Text, start: int) -> bool:
    """Whether the clause begins here and asks, by its mark or by the order of its words."""
    kind, clause = text.kind, text.clause
    rest = [kind[i] for i in range(start + 1, min(start + 4, len(kind))) if clause[i] == clause[start]]
    if len(rest) < 2:
        return False
    first = start == 0 or clause[start - 1] != clause[start]
    if not first and (kind[start - 1] not in (Kind.CONJUNCTION, Kind.ADVERB) or text.german):
        return False
    asked = clause[start] in text.asked
    if kind[start] is Kind.QUESTION:
        verb = rest[0] in (Kind.AUXILIARY, Kind.NEGATED)
        second = (
            text.german and asked and rest[0] in (Kind.OPEN, Kind.WEAK) and text.words[start + 1].islower()
        )
        return verb or second or (text.lower[start] in HOW and (asked or Kind.AUXILIARY in rest[:2]))
    if rest[0] is Kind.SUBJECT:
        return asked or not text.german
    return asked and first and rest[0] in (Kind.DETERMINER, Kind.OPEN)


def out_of_a_question(text: Text, start: int) -> float:
    """A factor below 1 for words cut out behind a fronted verb, because they have no complete verb; else 1."""
    for i in range(max(start - 3, 0), start):
        if text.clause[i] == text.clause[start] and text.lower[i] in MOVED:
            subject = text.kind[i + 1] in (Kind.SUBJECT, Kind.DETERMINER)
            if subject and (i == 0 or text.clause[i - 1] != text.clause[i] or text.kind[i - 1] in ASKS):
                return OUT_OF_A_QUESTION
    return 1.0


def is_asked_of(text: Text, start: int) -> bool:
    """Whether an English phrase begins with who or what the verb before it asks of: "how long will my | card take"."""
    place = start - 1
    while place >= 0 and text.clause[place] == text.clause[start] and text.kind[place] in BEFORE_NOUNS:
        place -= 1
    if place < 0 or text.clause[place] != text.clause[start] or text.lower[place] not in MOVED:
        return False
    before = [text.kind[i] for i in range(max(place - 2, 0), place) if text.clause[i] == text.clause[place]]
    return not before or not ASKS.isdisjoint(before)
