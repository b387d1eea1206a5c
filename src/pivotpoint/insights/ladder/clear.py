"""How clearly a message says what it is about, by itself: "Just do it please" says nothing to whoever did not hear what was said before."""

from __future__ import annotations

from collections.abc import Sequence

from textanalytics.grammar.kinds import kinds
from textanalytics.naming.saying.empty import MATTER
from textanalytics.settling.concern import concern
from textanalytics.text import clean, tokens

CLEAR, LONG = 2, 220
"""Words that tell what is the matter, from which on a message is clear; and letters, beyond which not all of it is shown."""

SMALL = kinds("en").keys() | kinds("de").keys()


def are_clear(texts: Sequence[str]) -> list[bool]:
    """Of each text, as it was written.

    >>> are_clear(["The refund for my ticket is missing", "please change it soon"])
    [True, False]
    """
    said = [{word for word, _, _ in tokens(clean(text)) if word.isalpha()} - SMALL for text in texts]
    words = sorted(set().union(*said))
    telling = {word for word, told in zip(words, concern(words).tolist(), strict=True) if told >= MATTER}
    return [len(one & telling) >= CLEAR and len(text) <= LONG for one, text in zip(said, texts, strict=True)]
