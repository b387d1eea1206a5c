"""The matters of one text: "flight was great but my bag is gone" has two, and each is heard for itself."""

from __future__ import annotations

import re
from itertools import pairwise

from textanalytics.base import Span

AGAINST = frozenset(
    "but however although though yet while except aber doch jedoch obwohl sondern pero aunque mas".split()
)
"""After these the writer says the opposite."""

LEAST_WORDS = 3
"""Words without which a side of a "but" says nothing by itself."""

LONGEST = 1_500
"""Characters in which matters are looked for: a longer text is a story, and its sentences tell it together."""

LEAST_OWN, MOST = 4, 4
"""Words from which on a sentence may be a matter of its own, and parts of a text that are looked at."""

_TURN = re.compile(rf"(?<![\w'’-])(?:{'|'.join(sorted(AGAINST))})(?![\w'’-])[\s,]*", re.IGNORECASE)
_CUT = re.compile(rf"(?<=[.!?;])\s+|\s*\n\s*|{_TURN.pattern}|(?<!\w)p\.?\s?s\.?\s?:\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EDGE = re.compile(r"[^\s,;:.–—-].*[^\s,;:–—-]", re.DOTALL)


def sides(text: str) -> list[Span]:
    """What stands before, between and after the words with which the writer turns to the opposite; [] without any.

    >>> text = "flight was great, but my bag is gone"
    >>> [text[start:end] for start, end in sides(text)]
    ['flight was great', 'my bag is gone']
    """
    cuts = [match.span() for match in _TURN.finditer(text, 0, LONGEST)]
    return _between(text, cuts, LEAST_WORDS) if cuts and len(text) <= LONGEST else []


def parts(text: str) -> list[Span]:
    """Its sentences, cut where the writer turns to the opposite: each may be a matter of its own; [] for one alone.

    >>> text = "My bag is still gone. Also your app crashes all day. Thanks"
    >>> [text[start:end] for start, end in parts(text)]
    ['My bag is still gone.', 'Also your app crashes all day. Thanks']
    """
    if len(text) > LONGEST:
        return []
    cuts = [match.span() for match in _CUT.finditer(text)]
    return _between(text, cuts, LEAST_OWN)[:MOST] if cuts else []


def phases(text: str) -> list[Span]:
    """Its parts, and each two that follow one another but are not the whole: two sentences often tell one matter."""
    single = parts(text)
    pairs = [(one[0], other[1]) for one, other in pairwise(single)] if len(single) > 2 else []
    return [*single, *pairs]


def _between(text: str, cuts: list[Span], least: int) -> list[Span]:
    """The parts between these places; one with too few words goes with the one before it, and one alone is none."""
    found: list[Span] = []
    begins = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    for start, end in zip(begins, ends, strict=True):
        said = _EDGE.search(text, start, end)
        if said is None:
            continue
        if len(_WORD.findall(text, *said.span())) >= least:
            found.append(said.span())
        elif found:
            found[-1] = (found[-1][0], said.end())
    return found if len(found) > 1 else []
