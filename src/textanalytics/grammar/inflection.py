"""Prepare German texts for counting words: stop words removed, words stemmed, and a compound followed by its last
noun.

In German the same thing is written in many forms: "Zug", "Züge", "Zugverspätung". Counted as they stand they are
strangers, and what two texts have in common is "der" and "nicht". English needs less of it and is left as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from textanalytics.grammar.compounds import head
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import ENGLISH, GERMAN, Kind

WORD = re.compile(r"[^\W\d_]{2,}")

LITTLE = frozenset(
    word
    for kind, words in GERMAN.items()
    if kind not in (Kind.OPEN, Kind.ADJECTIVE)
    for word in words.split()
)
"""Words that hold sentences together or say when: no matter of any text."""

TELLING = (Kind.DETERMINER, Kind.PREPOSITION, Kind.SUBJECT, Kind.OBJECT, Kind.AUXILIARY, Kind.CONJUNCTION)
OTHERS_TOO = frozenset("die war hat bin her den man am bis seit je gar ne da per via pro".split())
MARKS = (
    frozenset(word for kind in (*TELLING, Kind.NEGATION, Kind.ADVERB) for word in GERMAN[kind].split())
    - frozenset(word for words in ENGLISH.values() for word in words.split())
    - OTHERS_TOO
)
"""Words by which a text is told to be German: no English or French ones among them."""

SHORT, SHARE = 4, 6
"""Up to so many words one mark is enough, else two; and they have to be one word in so many."""


def is_german(words: Sequence[str]) -> bool:
    """`words` in lower case.

    >>> is_german("die karte ist weg".split()), is_german("the battery will die in an hour".split())
    (True, False)
    """
    marks = sum(map(MARKS.__contains__, words))
    return marks >= (1 if len(words) <= SHORT else 2) and marks * SHARE >= len(words)


def plain_words(texts: Sequence[str]) -> tuple[list[str], list[bool]]:
    """The texts, the German ones as their stems; and which are German: all of them, if most are.

    >>> plain_words(["Die Züge sind zu spät", "the trains are late", "a train was cancelled"])
    (['zug spat', 'the trains are late', 'a train was cancelled'], [True, False, False])
    """
    read = [WORD.findall(text.lower()) for text in texts]
    german = [is_german(words) for words in read]
    if 2 * sum(german) > len(german):
        german = [True] * len(german)
    uses = Counter(word for words, own in zip(read, german, strict=True) if own for word in words)
    forms = {word: _forms(word, uses) for word in uses if word not in LITTLE}
    said = [
        " ".join(forms[word] for word in words if word in forms) if own else text
        for text, words, own in zip(texts, read, german, strict=True)
    ]
    return said, german


def _forms(word: str, uses: Counter[str]) -> str:
    """The stem, and that of the noun a compound ends on."""
    stem, last = stem_of(word, "de"), stem_of(head(word, uses), "de")
    return stem if stem == last else f"{stem} {last}"
