"""How near what a phrase means is to what a theme means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grouping.graph import greatest
from textanalytics.settling.gathering import alike
from textanalytics.settling.wording import with_words

LEAST, BROAD = 0.05, 8

AMONG = 1_000
"""Texts among which neighbours tell. Among fewer, what one text alone is about has neighbours of any kind."""

MOST = 20_000
"""Texts that are asked for neighbours: of more, evenly spread, each stands for several."""

NEIGHBOURS, COPY = 10, 0.97
"""How many are asked; and the cosine from which on one is a copy, and says nothing that the text does not."""


class Meaning:
    """How near what a phrase means is to what a theme means, away from what all texts have in common."""

    def __init__(self, encoder: Encoder, vectors: FloatArray, labels: IntArray) -> None:
        self._encoder, self._vectors = encoder, vectors
        self._known: dict[str, FloatArray] = {}
        self._worded: FloatArray | None = None
        self._middle = vectors[labels >= 0].mean(0) if (labels >= 0).any() else np.float32(0)

        self.tells = len(np.unique(labels[labels >= 0])) >= BROAD
        """Whether there are enough themes for their middle to be what all have in common."""

    def nearness(self, members: IntArray, said: Sequence[str]) -> list[float]:
        """0 to 1 for each: 1 for the nearest of them."""
        theme = self._vectors[members].mean(0) - self._middle
        rows = self._encoder.encode(said) - self._middle
        near = rows @ theme / np.maximum(np.linalg.norm(rows, axis=1), 1e-9)
        best = max(float(near.max(initial=0.0)), 1e-9)
        return np.clip(near / best, LEAST, 1.0).tolist()

    def closer(self, members: IntArray, thing: str, said: Sequence[str]) -> float:
        """The largest share of these texts that one of the phrases is nearer to than the mere thing; of few texts, rather half."""
        rows = self._away(self._encoder.encode([thing, *said]))
        near = self._away(self._vectors[members]) @ rows.T
        nearer = (near[:, 1:] > near[:, :1]).sum(0).max(initial=0)
        return float((nearer + 1) / (len(members) + 2))

    def nearer(self, members: IntArray, said: str, others: Sequence[str]) -> BoolArray:
        """(members, others) whether each text is nearer to what is said than to each of the others."""
        rows = self._away(self._encoder.encode([said, *others]))
        near = self._away(self._vectors[members]) @ rows.T
        return np.asarray(near[:, :1] > near[:, 1:], np.bool_)

    def likeness(self, word: str, others: Sequence[str]) -> list[float]:
        """The cosine of a word with each of the others."""
        rows = self._rows([word, *others])
        return (rows[1:] @ rows[0]).tolist()

    def _rows(self, words: Sequence[str]) -> FloatArray:
        """(words, d) looked up once each."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        self._known.update(zip(new, self._encoder.encode(new), strict=True) if new else ())
        return np.stack([self._known[word] for word in words])

    def alike(self, members: IntArray) -> float:
        """How alike two of these texts are, on average."""
        return alike(self._away(self._vectors[members]))

    def inside(self, members: IntArray) -> float:
        """The share of these texts' nearest neighbours that are of them: of each it is asked of as many as it has companions, at
        most `NEIGHBOURS`. 1 if there are too few texts to tell."""
        places, rows = self._others
        if not self.has_neighbours:
            return 1.0
        return _inside(members, self._away(self._vectors[members]), places, rows, self._each)

    def inside_worded(self, members: IntArray, corpus: Corpus) -> float:
        """The same by the words that texts hold as well, if most are German: see `wording`. What is out of one article is
        asked once."""
        if not self.has_neighbours:
            return 1.0
        if self._worded is None:
            known = np.flatnonzero(self._vectors.any(axis=1))
            self._worded = with_words(self._away(self._vectors), corpus, known)
        members = members[np.unique(corpus.printed[members], return_index=True)[1]]
        own, of = np.isin(corpus.printed, corpus.printed[members]), self._others[0]
        places = of[~own[of]]
        return _inside(members, self._worded[members], places, self._worded[places], self._each)

    @property
    def has_neighbours(self) -> bool:
        """Whether there are enough texts for the nearest to be near."""
        return len(self._others[0]) >= AMONG

    @cached_property
    def _others(self) -> tuple[IntArray, FloatArray]:
        """Texts whose meaning is known, of very many some, evenly spread; and what they mean."""
        places = self._heard[:: self._each]
        return places, self._away(self._vectors[places])

    @cached_property
    def _heard(self) -> IntArray:
        """Texts whose meaning is known."""
        return np.flatnonzero(self._vectors.any(axis=1))

    @cached_property
    def _each(self) -> int:
        """For how many texts each of the others stands."""
        return -(-len(self._heard) // MOST) or 1

    def together(self, words: Sequence[str]) -> float:
        """How alike two of these words are in meaning, on average; 0 for one."""
        return alike(self._away(self._encoder.encode(words))) if len(words) > 1 else 0.0

    def _away(self, rows: FloatArray) -> FloatArray:
        """(n, d) unit rows, away from what all texts have in common."""
        bare = rows - self._middle
        return np.asarray(bare / np.maximum(np.linalg.norm(bare, axis=1, keepdims=True), 1e-9), np.float32)


def _inside(members: IntArray, own: FloatArray, places: IntArray, rows: FloatArray, each: int) -> float:
    """See `Meaning.inside`; `own` are the members' rows, `rows` those of all `places` that are asked, of which one stands for `each`."""
    if len(members) < 2:
        return 1.0
    count = min(NEIGHBOURS, len(members) - 1)
    others = own @ rows.T
    others[:, np.isin(places, members)] = -1
    near = np.hstack([own @ own.T, others])
    near[near > COPY] = -1
    is_own = greatest(near, count) < len(members)
    stands_for = np.where(is_own, 1, each)
    before = np.cumsum(stands_for, 1) - stands_for
    return float((is_own & (before < count)).mean())
