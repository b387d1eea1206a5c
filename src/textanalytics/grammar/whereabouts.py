"""Words that say where something was: a theme of all that happened in one town has no matter.

No list of places is kept. A place is what people are in, go to and come from without an article, and write large:
"nach Rostock", "from Boston". In German a noun needs an article there ("in der Bahn"), but for a few plurals.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textanalytics.base import BoolArray
from textanalytics.grammar.keywords import Words
from textanalytics.grammar.sentence import Text

LEADING = frozenset("in nach aus zwischen richtung via to from".split())

SEEN, LED, LARGE = 4, 0.23, 0.6
"""Uses of a word behind another from which on it can be told; shares of them that stand behind a leading word, and with a
capital."""


def whereabouts(texts: Sequence[Text], words: Words) -> BoolArray:
    """(words,) whether each is the name of a place, for all that these texts tell."""
    size = len(words.names)
    large = np.fromiter(
        (word[0].isupper() for text in texts for word in text.words), np.bool_, len(words.stem)
    )
    leads = np.fromiter((word in LEADING for text in texts for word in text.lower), np.bool_, len(words.stem))
    behind = (
        (words.clause[1:] == words.clause[:-1]) & (words.text[1:] == words.text[:-1]) & (words.stem[1:] >= 0)
    )
    stems = words.stem[1:]
    uses = np.bincount(stems[behind], minlength=size)
    led = np.bincount(stems[behind & leads[:-1] & large[1:]], minlength=size)
    written_large = np.bincount(stems[behind & large[1:]], minlength=size)
    return np.asarray((uses >= SEEN) & (led >= LED * uses) & (written_large >= LARGE * uses), np.bool_)
