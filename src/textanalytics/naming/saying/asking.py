"""What is left of a question, and the question: "how much do I | pay in taxes"."""

from __future__ import annotations

from collections.abc import Sequence

from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text

LONGEST = 8
"""Words of a question."""

DOERS = frozenset({Kind.SUBJECT, Kind.AUXILIARY, Kind.NEGATED})
MEASURES = frozenset((("how", "much"), ("how", "many"), ("what",), ("which",)))
"""How a question begins that asks for what its verb would have behind it."""


def lacks_its_object(text: Text, phrase: Phrase) -> bool:
    """Whether a preposition stands behind its first word, which may be a verb whose object is asked for."""
    return not phrase.asks and Kind.PREPOSITION in text.kind[phrase.start + 1 : phrase.start + 2]


def is_asked(text: Text, phrase: Phrase) -> bool:
    """Whether something is asked before the phrase in its clause."""
    return any(
        kind is Kind.QUESTION and clause == text.clause[phrase.start]
        for kind, clause in zip(text.kind[: phrase.start], text.clause, strict=False)
    )


def question(text: Text, stems: Sequence[int], phrase: Phrase) -> Phrase | None:
    """The phrase with the question that it ends, if only small words (`stems` -1) stand between, and the question asks for its object."""
    start = phrase.start
    while start and text.clause[start - 1] == text.clause[phrase.start] and stems[start - 1] < 0:
        start -= 1
    while start < phrase.start and text.kind[start] is not Kind.QUESTION:
        start += 1
    first, between = tuple(text.lower[start : start + 2]), text.kind[start : phrase.start]
    done = Kind.AUXILIARY in between and between[-1] in (Kind.SUBJECT, Kind.TO)
    asks = done and (first in MEASURES or first[:1] in MEASURES) and phrase.end - start <= LONGEST
    return Phrase(start, phrase.end, 1.0, asks=True) if asks else None


def is_left_of_one(text: Text, phrase: Phrase) -> bool:
    """Whether it begins with how something is done, and who does it stands before it: "how much have I | recently spent"."""
    place = phrase.start
    doer = place > 0 and text.clause[place - 1] == text.clause[place] and text.kind[place - 1] in DOERS
    return doer and text.lower[place].endswith("ly")
