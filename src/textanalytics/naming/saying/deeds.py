"""Whether an English phrase says that something was done, or names it as what somebody is to do: "flight was cancelled", "cancel my flight"."""

from __future__ import annotations

from collections.abc import Sequence

from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text

BE = frozenset("is are was were be been being got".split())
OBJECT = frozenset({Kind.DETERMINER, Kind.ATTRIBUTE, Kind.OPEN})

DONE = "ed"
"""How a verb ends that tells what was done."""


def was_done(text: Text, stems: Sequence[int], phrase: Phrase) -> int:
    """The verb of what was done to a thing; -1 for none. `stems` has the number of each word of the text, -1 for a small one."""
    last = phrase.end - 1
    done = text.lower[last].endswith(DONE) and not BE.isdisjoint(text.lower[phrase.start : last])
    return stems[last] if done and not text.german else -1


def did(text: Text, stems: Sequence[int], phrase: Phrase, verb: int) -> bool:
    """Whether the phrase begins with that verb as something that was done: "cancelled my flight", "cancelled flights"."""
    return stems[phrase.start] == verb and text.lower[phrase.start].endswith(DONE)


def is_to_be_done(text: Text, stems: Sequence[int], phrase: Phrase, verb: int) -> bool:
    """Whether the phrase begins with that verb, and has nothing behind it but what it is done to."""
    first = phrase.start
    begins = stems[first] == verb and not text.lower[first].endswith(DONE)
    return begins and phrase.end - first > 1 and OBJECT.issuperset(text.kind[first + 1 : phrase.end])
