"""Whether an English phrase says that something was done, or names it as what somebody is to do: "flight was cancelled", "cancel my flight"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text

BE = frozenset("is are was were be been being got".split())
OBJECT = frozenset({Kind.DETERMINER, Kind.ATTRIBUTE, Kind.OPEN})

DONE = "ed"
"""How a verb ends that tells what was done."""


def wanted(
    own: tuple[int, Phrase],
    put: Iterable[Sequence[tuple[int, Phrase]]],
    texts: Sequence[Text],
    stems_of: Callable[[int], Sequence[int]],
) -> list[tuple[int, Phrase]]:
    """The shortest of how most put it who want something done, where the phrase says that it was: "cancel my flight"; [] if they are fewer.
    `put` are phrases of the same words, each with the number of its text."""
    verb = was_done(texts[own[0]], stems_of(own[0]), own[1])
    said = [one for some in put for one in some] if verb >= 0 else []
    read = [(texts[text], stems_of(text), phrase) for text, phrase in said]
    wish = [one for one, what in zip(said, read, strict=True) if is_to_be_done(*what, verb)]
    done = sum(was_done(*what) >= 0 or did(*what, verb) for what in read)
    fewest = min((_words(texts[text], phrase) for text, phrase in wish), default=0)
    shortest = [(text, phrase) for text, phrase in wish if _words(texts[text], phrase) == fewest]
    return shortest if len(wish) > max(done, 1) else []


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


def _words(text: Text, phrase: Phrase) -> int:
    """Without its articles."""
    return sum(kind is not Kind.DETERMINER for kind in text.kind[phrase.start : phrase.end])
