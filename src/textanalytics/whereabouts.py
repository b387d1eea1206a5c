"""Words that say where something was: a theme of all that happened in one town has no matter.

No list of places is kept. A place is what people are in, go to and come from without an article, and write large:
"nach Rostock", "from Boston". In German a noun needs an article there ("in der Bahn"), but for a few plurals.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray
from textanalytics.keywords import Words
from textanalytics.sentence import Text

LEADING = frozenset("in nach aus zwischen richtung via to from".split())

SEEN, LED, LARGE = 4, 0.23, 0.6
"""Uses of a word from which on it can be told; shares of them that stand behind a leading word, and with a capital."""


def whereabouts(texts: Sequence[Text], words: Words) -> BoolArray:
    """(words,) whether each is the name of a place, for all that these texts tell."""
    size = len(words.names)
    used = words.stem >= 0
    large = np.fromiter(
        (word[0].isupper() for text in texts for word in text.words), np.bool_, len(words.stem)
    )
    led = np.zeros(len(words.stem), np.bool_)
    leading = np.fromiter(
        (word in LEADING for text in texts for word in text.lower), np.bool_, len(words.stem)
    )
    led[1:] = leading[:-1] & (words.clause[1:] == words.clause[:-1]) & (words.text[1:] == words.text[:-1])
    uses = _count(words, used, size)
    often = uses >= SEEN
    shares = [_count(words, used & large & kind, size) / np.maximum(uses, 1) for kind in (led, np.True_)]
    return np.asarray(often & (shares[0] >= LED) & (shares[1] >= LARGE), np.bool_)


def _count(words: Words, which: BoolArray, size: int) -> npt.NDArray[np.intp]:
    return np.bincount(words.stem[which], minlength=size)
