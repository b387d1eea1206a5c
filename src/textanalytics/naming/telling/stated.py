"""How several people who state one thing in two words put it, as a title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np

from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.phrases import Phrase, whole
from textanalytics.naming.saying.alone import reads_alone
from textanalytics.naming.saying.statements import Statement, Statements
from textanalytics.naming.saying.things import nothing_else, stand
from textanalytics.naming.saying.titling import written
from textanalytics.naming.telling.matters import CLAUSES, COMPARING
from textanalytics.naming.telling.subjects import Subjects

WRITTEN, SHARE = 2, 0.25
"""People, and their share of those who state it, who put it in a phrase that reads alone."""

LONGEST, WHOLE = 5, 0.3
"""Words of that, and its grace."""

INSIDE = frozenset({Kind.TIME, Kind.ADVERB}) | CLAUSES
"""With one of these within it a phrase says more than what all state."""

NAME = 0.5
"""Share of its places at which all words are written large, from which on it is a name: "Best Buy"."""


class Stated:
    """Finds the titles of what the texts of one corpus state."""

    def __init__(self, corpus: Corpus, statements: Statements, count: Callable[[Iterable[int]], int]) -> None:
        """`count`: how many people are behind some texts."""
        self._corpus, self._statements, self._count = corpus, statements, count
        self._nouns, self._subjects = nothing_else(stand(corpus)), Subjects(corpus)

    def title(self, said: Collection[Statement], texts: Sequence[int]) -> str:
        """How most of these texts put one of the statements; "" where hardly anybody does in a phrase that reads alone, and for the
        mere name of a thing."""
        put: defaultdict[tuple[str, ...], list[tuple[int, Phrase]]] = defaultdict(list)
        for text in texts:
            own: dict[tuple[str, ...], Phrase] = {}
            for phrase in whole(self._corpus.texts[text]):
                if self._statements.in_phrase(text, phrase) in said and self._reads(text, phrase):
                    own.setdefault(self._bare(text, phrase), phrase)
            for key, phrase in own.items():
                put[key].append((text, phrase))
        writing = self._count(text for some in put.values() for text, _ in some)
        if writing < max(WRITTEN, SHARE * self._count(texts)):
            return ""
        best = max(put.values(), key=lambda some: len(some) * max(phrase.grace for _, phrase in some))
        text, phrase = max(best, key=lambda one: one[1].grace)
        title = written(self._corpus.texts[text], phrase, self._corpus.spelling, "en")
        is_name = np.mean([self._is_name(*one) for one in best]) >= NAME
        return "" if is_name or self._subjects.names_only(title) else title

    def _reads(self, text: int, phrase: Phrase) -> bool:
        read = self._corpus.texts[text]
        words = read.lower[phrase.start : phrase.end]
        if phrase.grace < WHOLE or phrase.asks or len(words) > LONGEST or not COMPARING.isdisjoint(words):
            return False
        if any(word[0].isdigit() for word in words) or not INSIDE.isdisjoint(
            read.kind[phrase.start + 1 : phrase.end]
        ):
            return False
        return reads_alone(read, phrase, self._nouns, self._statements.stems(text))

    def _bare(self, text: int, phrase: Phrase) -> tuple[str, ...]:
        """Without its articles, but for "no"."""
        read = self._corpus.texts[text]
        words = zip(read.lower[phrase.start : phrase.end], read.kind[phrase.start : phrase.end], strict=True)
        return tuple(word for word, kind in words if kind is not Kind.DETERMINER or word == "no")

    def _is_name(self, text: int, phrase: Phrase) -> bool:
        return all(word[0].isupper() for word in self._corpus.texts[text].words[phrase.start : phrase.end])
