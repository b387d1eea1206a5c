"""Where a phrase may end: by its own last words, and by the word behind it."""

from __future__ import annotations

from textanalytics.grammar.cuts import CUT_AFTER, ENDS_NEVER, HEARSAY
from textanalytics.grammar.german import SPLIT, TURNED, hangs, is_before_its_noun, says_little, splits_off
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.questions import ADDS, MOVED
from textanalytics.grammar.sentence import Text

GOES_ON = frozenset(
    "turn turns turned turning log logs logged logging sign signs signed signing check checked checking plug plugged"
    " switch switched stay stays hold carry opt come comes came go goes went".split()
)
ENDINGS = frozenset(("on", "in", "off", "out", "up", "down", "over", "through"))
GOING_ON = ENDINGS | {"into", "onto"}
"""A verb that means little without the small word behind it, and those small words."""

VERBS = frozenset({Kind.AUXILIARY, Kind.NEGATED})

OBJECTS = frozenset({Kind.DETERMINER, Kind.OBJECT, Kind.OPEN, Kind.ATTRIBUTE, Kind.ADJECTIVE, Kind.TO})
"""What a verb is done to: it may not be cut off."""

TWO_SIDED = frozenset(("between", "zwischen"))
"""Of the two things behind these neither may be cut off."""


OFTEN = frozenset(("twice",))
"""What is the matter itself where it ends a statement: "charged me twice"."""

UNTOLD = 0.5
"""For a phrase cut before it."""


def right(text: Text, start: int, end: int) -> float:
    """How clean the phrase ends, in the middle of its clause: by the word behind it."""
    torn = (
        (not text.german and _is_unfinished(text, start, end))
        or text.lower[end] in TURNED
        or splits_off(text, end)
        or _said_so(text, start, end)
        or (text.lower[end] in ADDS and not TWO_SIDED.isdisjoint(text.lower[start:end]))
    )
    if torn:
        return 0.0
    return UNTOLD if text.lower[end] in OFTEN else CUT_AFTER[text.kind[end]]


def _is_unfinished(text: Text, start: int, end: int) -> bool:
    """Whether what was cut off completes it: "does not accept | my address", "flights out | of", "is only available | with"."""
    last, behind = end - 1, text.kind[end]
    if text.kind[last] is Kind.PARTICLE and behind is Kind.PREPOSITION:
        return True
    if behind is Kind.PREPOSITION and "only" in text.lower[start:last]:
        return True
    if behind not in OBJECTS or last == start:
        return False
    before = last - 1
    while before > start and text.kind[before] in (Kind.ADVERB, Kind.NEGATION):
        before -= 1
    return text.kind[before] is Kind.NEGATED or text.lower[before] in MOVED


def _said_so(text: Text, start: int, end: int) -> bool:
    """In "they say my parcel was delivered" the parcel is not what they say."""
    return text.kind[end] in VERBS and not HEARSAY.isdisjoint(text.lower[start : end - 1])


def ends_well(text: Text, start: int, last: int) -> bool:
    kind = text.kind
    what = kind[last]
    if what is Kind.PREPOSITION and text.lower[last] in ENDINGS and last > start:
        whole = last + 1 == len(kind) or text.clause[last + 1] != text.clause[last]
        return text.lower[last - 1] in GOES_ON and (whole or kind[last + 1] is not Kind.DETERMINER)
    if text.german and (what is Kind.PREPOSITION or text.lower[last] in SPLIT):
        # With a capital it opens the next sentence: "… der Rechnung Mit freundlichen Grüßen".
        return last - start >= 2 and text.words[last].islower() and splits_off(text, last)
    if text.lower[last] in TURNED:
        return last > start and not (text.german and says_little(text, start, last))
    if text.lower[last] in OFTEN:
        return last > start
    if what in ENDS_NEVER or (len(text.lower[last]) == 1 and text.lower[last].isalpha()):
        return False
    if text.lower[last] in GOES_ON and text.lower[last + 1 : last + 2] and text.lower[last + 1] in GOING_ON:
        return False
    before = kind[last - 1] if last > start else None
    if what is Kind.ADJECTIVE:
        return before in (Kind.AUXILIARY, Kind.NEGATED, Kind.ADVERB, Kind.NEGATION) and last - start > 1
    if what is Kind.TIME:
        return last - start >= 2 and before not in (Kind.AUXILIARY, Kind.NEGATED, Kind.CONJUNCTION)
    if text.lower[last][0].isdigit():
        return last - start >= 1 and before is Kind.OPEN
    if text.german and what is Kind.OPEN and _hangs(text, last):
        return False
    if what is Kind.PARTICLE:
        return before in (Kind.OPEN, Kind.WEAK)
    return True


def _hangs(text: Text, last: int) -> bool:
    return (text.words[last].islower() and hangs(text.lower[last])) or is_before_its_noun(text, last)
