"""Whether an English phrase reads alone: what is whole within its sentence may be a torn piece of it for whoever sees nothing else."""

from __future__ import annotations

from textanalytics.base import BoolArray
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text

SAYING = frozenset({Kind.AUXILIARY, Kind.NEGATED, Kind.NEGATION})
"""Behind these an adverb belongs to what is said: "is still pending", and not "call now"."""

BARE = frozenset({"be", "been"})
BE = BARE | {"is", "are", "was", "were", "am"}
BEFORE_NAMES = frozenset({Kind.DETERMINER, Kind.ATTRIBUTE})
THEIRS = frozenset("your ur you".split())
ING = 4
"""Letters of a word from which on "-ing" ends a verb: not "king", not "thing"."""


def reads_alone(text: Text, phrase: Phrase, nouns: BoolArray, stems: list[int]) -> bool:
    """`nouns` are (words,) those that hardly ever are a deed, `stems` the number of each word of the text, -1 for a small one."""
    return not (
        _out_of_a_question(text, phrase, nouns, stems)
        or _is_cut_from_a_name(text, phrase, nouns, stems)
        or any(_is_torn(text, phrase, place) for place in range(phrase.start, phrase.end))
    )


def _is_torn(text: Text, phrase: Phrase, place: int) -> bool:
    """By one of its words: "call | now still on hold", "payment | be refunded", "card | using the pin", "score | from lowering",
    "loan in | your bank", "boarding | C group", "it will suddenly |", "message that my transfer |"."""
    word, kind = text.lower[place], text.kind
    before = kind[phrase.start : place]
    says = not SAYING.isdisjoint(before)
    last = place == phrase.end - 1
    if (len(word) == 1 and word.isalpha() and word not in "ai") or word == "as":
        return True
    if not before:
        return False
    if word == "that" and not last and kind[place + 1] is Kind.DETERMINER:
        return SAYING.isdisjoint(kind[place + 1 : phrase.end])
    if kind[place] is Kind.ADVERB or word in BARE:
        return not says and Kind.TO not in before
    if word.endswith("ing") and len(word) > ING and not says:
        torn_off = not last and kind[place + 1] in BEFORE_NAMES and before[-1] is Kind.OPEN
        return torn_off or (last and text.lower[place - 1] == "from" and len(before) > 1)
    if last and word.endswith("ly") and before[-1] is Kind.AUXILIARY:
        return text.lower[place - 1] not in BE
    return before[-1] is Kind.PREPOSITION and word in THEIRS


def _out_of_a_question(text: Text, phrase: Phrase, nouns: BoolArray, stems: list[int]) -> bool:
    """Whether its verb stands before it: "is the | gym open", "are | interests higher"; "is my | refund claim" is a name."""
    place = phrase.start - 1
    while place >= 0 and text.kind[place] in BEFORE_NAMES:
        place -= 1
    if place < 0 or text.kind[place] is not Kind.AUXILIARY or text.clause[place] != text.clause[phrase.start]:
        return False
    first = (
        place == 0 or text.clause[place - 1] != text.clause[place] or text.kind[place - 1] is Kind.QUESTION
    )
    last = stems[phrase.end - 1]
    return first and not (last >= 0 and nouns[last])


def _is_cut_from_a_name(text: Text, phrase: Phrase, nouns: BoolArray, stems: list[int]) -> bool:
    """Whether a noun goes on right behind it: "apply for a credit | card"; or what an article counts: "charged an extra | £1"."""
    last, end = phrase.end - 1, phrase.end
    if end >= len(text.kind) or text.clause[end] != text.clause[last]:
        return False
    if text.lower[end][0].isdigit():
        return text.lower[last - 1] in ("a", "an")
    return min(stems[last], stems[end]) >= 0 and bool(nouns[stems[end]])
