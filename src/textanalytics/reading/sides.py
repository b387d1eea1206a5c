"""The matters of one text: "flight was great but my bag is gone" has two, and each is heard for itself."""

from __future__ import annotations

import re

from textanalytics.base import Span

AGAINST = frozenset(
    "but however although though yet while except aber doch jedoch obwohl sondern pero aunque mas".split()
)
"""After these the writer says the opposite; not so after "nothing but" and "anything but"."""

LEAST_WORDS = 3
"""Words without which a side of a "but", or a part of a text, says nothing by itself."""

LONGEST = 1_500
"""Characters in which matters are looked for: a longer text is a story, and its sentences tell it together."""

MOST = 8
"""Parts into which a text is cut: the last takes in the rest."""

_ADDED = (
    "also|besides|additionally|furthermore|moreover|apart from that|on top of that|in addition|another thing|one more"
    " thing|secondly|by the way|btw|außerdem|ausserdem|zudem|ferner|überdies|des weiteren|darüber hinaus|übrigens|zweitens"
    "|además|ademas|también|tambien|por otro lado|por otra parte|aparte de eso"
).replace(" ", r"\s")
"""Before and after these stand two things."""

_AND = "and|und|y|plus"
_BACK = (
    r"(?:(?:it|this|that|these|those|they|he|she|which|who|whom|es|das|dies|dieser|diese|sie|er|esto|eso|esta|este)"
    r"(?:['’](?:s|ll|re|ve|d)|\s(?:is|are|was|were|has|have|had|will|would|does|do|did|just|still|only|never|always|keeps?"
    r"|says?|said|takes?|took|makes?|made|needs?|should|could|can|ist|sind|war|waren|hat|haben|wird|wurde|werden|es|está|fue"
    r"|era|ha|han|sigue))|because|since|so\sthat|weil|denn|sodass|damit|porque|ya\sque|para\sque)(?![\w'’-])"
)
"""Whoever goes on so speaks of what was said before, or says why."""

_ALONE, _NO_MORE = r"(?<![\w'’-])", r"(?![\w'’-])"
_TURN = re.compile(
    rf"{_ALONE}(?:even\s)?(?<!a\s)(?<!thing\s)(?:{'|'.join(sorted(AGAINST))}){_NO_MORE}(?!\s*(?:[.?!)]|$))[\s,]*"
)
_CONCEDES = re.compile(
    rf"(?:^|[.!?;\n]\s*)(?:(?:and|so|und|y)\s)?(?:even\s)?(?:while|although|though|obwohl|aunque){_NO_MORE}"
    r"[^.!?;\n,]{8,120}(?P<turn>,\s+)"
)
"""Who begins a sentence so turns where its first clause ends."""
_CUT = re.compile(
    rf"(?<=[.!?;…])\s+(?!{_BACK})|\s*\n\s*(?!{_BACK})|(?<=\w)\s+(?=\()|(?<=\))\s+|\s[–—•*-]\s"
    rf"|(?<!\S)\(?\d{{1,2}}[.)]\s+|(?<!\w)p\.?\s?s\.?\s?:\s*|{_TURN.pattern}"
    rf"|{_ALONE}(?:(?:{_AND})\s)?(?:{_ADDED}){_NO_MORE}[\s,:]*|,?\s+(?:{_AND})\s+(?!{_BACK})"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_EDGE = re.compile(r"[^\s,;:.–—-].*[^\s,;:–—-]", re.DOTALL)


def sides(text: str) -> list[Span]:
    """What stands before, between and after the words with which the writer turns to the opposite; [] without any.

    >>> text = "flight was great, but my bag is gone"
    >>> [text[start:end] for start, end in sides(text)]
    ['flight was great', 'my bag is gone']
    """
    cuts = _cuts(_TURN, text)
    return _between(text, cuts, LEAST_WORDS) if cuts and len(text) <= LONGEST else []


def parts(text: str) -> list[Span]:
    """Its sentences and clauses, each of which may be a matter of its own; [] for one alone.

    It is cut where a sentence ends, where the writer turns to the opposite, adds something ("also"), or goes on with
    "and"; never before a pronoun that points back, or before the reason of what was said.

    >>> text = "My bag is still gone, and your app crashes all day. It is the new one. Thanks"
    >>> [text[start:end] for start, end in parts(text)]
    ['My bag is still gone', 'your app crashes all day. It is the new one. Thanks']
    """
    if len(text) > LONGEST:
        return []
    cuts = _cuts(_CUT, text)
    found = _between(text, cuts, LEAST_WORDS) if cuts else []
    return [*found[: MOST - 1], (found[MOST - 1][0], found[-1][1])] if len(found) > MOST else found


def _cuts(places: re.Pattern[str], text: str) -> list[Span]:
    """Where it is cut; the patterns are in lower case. A text whose capitals are longer when small is taken as it is."""
    lowered = text.lower()
    said = lowered if len(lowered) == len(text) else text
    found = [match.span() for match in places.finditer(said, 0, LONGEST)]
    return (
        sorted(found + [match.span("turn") for match in _CONCEDES.finditer(said, 0, LONGEST)])
        if found
        else []
    )


def _between(text: str, cuts: list[Span], least: int) -> list[Span]:
    """The parts between these places; one with too few words goes with the one before it, the first with the next, and
    one alone is none."""
    found: list[Span] = []
    begins = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    waits = -1
    for start, end in zip(begins, ends, strict=True):
        said = _EDGE.search(text, start, end)
        if said is None:
            continue
        span = (said.start() if waits < 0 else waits, said.end())
        if len(_WORD.findall(text, *span)) >= least:
            found.append(span)
            waits = -1
        elif found:
            found[-1] = (found[-1][0], said.end())
        else:
            waits = span[0]
    return found if len(found) > 1 else []
