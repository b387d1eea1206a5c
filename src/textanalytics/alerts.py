"""Which rising themes are worth waking somebody for: faults, not praise, and not one sentence that everybody repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textanalytics.text import tokens

LEAST_NEGATIVE = 0.5
RUN = 4
"""So many words in a row, the same in most messages, are a quotation: a slogan, a joke or a campaign."""

LEAST_REPEATED, REPEATED = 5, 0.5


def why_quiet(texts: Sequence[str], negative: Sequence[bool]) -> str:
    """Why nobody is woken for what these messages (one a person) bring: "praise", "repeats", or "" to wake.

    >>> why_quiet(["great idea", "love it", "so good"], [False, False, False])
    'praise'
    >>> why_quiet(["app is down", "cannot log in"], [True, True])
    ''
    """
    if not texts or sum(negative) < LEAST_NEGATIVE * len(texts):
        return "praise"
    return "repeats" if repeated_share(texts) > REPEATED and len(texts) >= LEAST_REPEATED else ""


def repeated_share(texts: Sequence[str]) -> float:
    """The share of the texts that hold the run of words which most of them hold."""
    held: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        words = [word for word, _, _ in tokens(text)]
        held.update({tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)})
    return max(held.values(), default=0) / max(len(texts), 1)
