"""German nouns grown together: "Zugverspätung" is a "Verspätung", and who complains of one complains of the other."""

from __future__ import annotations

from collections.abc import Mapping

HEAD, FRONT = 5, 3
"""Letters at least of the noun that a compound ends on, and of what stands before it."""

LINKS = ("", "s", "n", "en", "es", "er", "-", "s-", "n-")
"""What joins the two: "Kunde-n-dienst", "Bahn-Streik"."""

FRONTED, REST = 7, 4
"""Letters at least of a noun that is told though nobody uses by itself what follows, and of that: "Gutschein|code", not "Bahn|hof"."""

USED = 3
"""Times at least that the head is used by itself; and not less often than the compound, or it is another word."""


def head(word: str, uses: Mapping[str, int]) -> str:
    """The noun that the compound ends on, itself if it is none. All lower case; `uses` counts every word of all texts.

    >>> head("zugverspätung", {"verspätung": 4, "zug": 9, "zugverspätung": 1})
    'verspätung'
    """
    for cut in range(FRONT, len(word) - HEAD + 1):
        last = word[cut:]
        if uses.get(last, 0) >= max(USED, uses.get(word, 0)) and _known(word[:cut], uses):
            return last
    return word


def front(word: str, nouns: Mapping[str, int]) -> str:
    """The noun that the compound begins with, the longest, whatever it ends on; "" for none.

    >>> front("gutscheincode", {"gutschein": 2, "gutscheincode": 1})
    'gutschein'
    """
    for cut in range(len(word) - REST, FRONTED - 1, -1):
        for link in LINKS:
            whole = word[:cut].removesuffix(link)
            if word[:cut].endswith(link) and len(whole) >= FRONTED and nouns.get(whole, 0) > 0:
                return whole
    return ""


def _known(front: str, uses: Mapping[str, int]) -> bool:
    wholes = (front.removesuffix(link) for link in LINKS if front.endswith(link))
    return any(len(whole) >= FRONT and uses.get(whole, 0) > 0 for whole in wholes)
