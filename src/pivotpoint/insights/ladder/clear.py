"""How clearly a message says what it is about, by itself: "Just do it please" says nothing to whoever did not hear what was said before."""

from __future__ import annotations

from collections.abc import Sequence

from textanalytics.grammar.kinds import kinds
from textanalytics.naming.saying.empty import MATTER
from textanalytics.settling.concern import concern
from textanalytics.text import clean, tokens

HALF, ENOUGH = 0.45, 2 * MATTER
"""What a word tells at least of what is the matter, to be counted; and the sum from which on more says no more."""

LONG = 220
"""Letters, beyond which not all of a message is shown."""

SMALL = kinds("en").keys() | kinds("de").keys()


def clearness(texts: Sequence[str]) -> list[float]:
    """Of each text, as it was written, 0 to `ENOUGH`.

    >>> clear, vague = clearness(["The refund for my ticket is missing", "please do it soon"])
    >>> clear > 1 and not vague
    True
    """
    said = [{word for word, _, _ in tokens(clean(text)) if word.isalpha()} - SMALL for text in texts]
    words = sorted(set().union(*said))
    told = dict(zip(words, concern(words).tolist(), strict=True))
    sums = [sum(told[word] for word in one if told[word] >= HALF) for one in said]
    return [min(one, ENOUGH) * (len(text) <= LONG) for one, text in zip(sums, texts, strict=True)]
