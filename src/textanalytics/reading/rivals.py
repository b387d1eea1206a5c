"""What names a rival is about that rival, unless a customer of ours writes it: who leaves us for them, or complains of us and names them beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textanalytics import lexicons
from textanalytics.base import Span
from textanalytics.text import tokens

NEAR = 60
"""Characters before a rival's name in which somebody says that they go there."""

GOES = re.compile(
    r"\b(?:leav(?:e|es|ing)|left|mov(?:e|es|ed|ing)|switch(?:e[sd]|ing)?|chang(?:e[sd]?|ing)|(?:i'll|we'll|will|am|i'm|we're|are) (?:go|going)"
    r"|wechs(?:le|eln|elt|elte)|gewechselt|geh(?:e|en)|cambi(?:o|ar|amos|aré|aremos|ado)|paso|me voy|nos vamos|nos pasamos)\b"
    r"[^.!?\n]{0,30}?\b(?:to|for|over to|zu[mr]?|nach|a|al|con)\s+(?:the\s+|den\s+|der\s+|la\s+|el\s+)?[@#]?$",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"[.!?;,:\n]+|\s[-–—]\s|\b(?:but|while|whereas|aber|während|pero|mientras)\b", re.IGNORECASE
)


def going(text: str, named: Sequence[Span]) -> Span | None:
    """The words by which the writer goes to one of the rivals named at these places; None where nobody does, or others do.

    >>> going("I'm switching to Orbit", [(17, 22)]), going("Thousands are switching to Orbit", [(27, 32)])
    ((4, 22), None)
    """
    for start, end in named:
        since = max(0, start - NEAR)
        match = GOES.search(text[since:start].replace("’", "'"))
        if match and (_speaks(text) or _opens(text, since + match.start())):
            return since + match.start(), end
    return None


def ours_beside(text: str, named: Sequence[Span]) -> bool:
    """Whether the writer speaks of themselves only where no rival is named: "my parcel was lost again, Orbit delivers on time"."""
    starts = [start for start, _ in named]
    cuts = [0, *(cut.end() for cut in CLAUSE.finditer(text)), len(text)]
    spoken = [
        any(left <= start < right for start in starts)
        for left, right in zip(cuts, cuts[1:], strict=False)
        if _speaks(text[left:right])
    ]
    return bool(spoken) and not any(spoken)


def _speaks(text: str) -> bool:
    return not lexicons.words("first person").isdisjoint(word for word, _, _ in tokens(text))


def _opens(text: str, place: int) -> bool:
    """Whether a sentence begins there: "Leaving for Orbit. Bye."."""
    before = text[:place].rstrip()
    return not before or before[-1] in ".!?\n"
