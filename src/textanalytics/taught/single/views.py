"""A text seen three ways: its words and their parts, its meaning, and what the reader knows already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from textanalytics import encoders
from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.reading.features import key
from textanalytics.reading.reading import Reader
from textanalytics.text import clean
from textanalytics.words.page import Array, Column, Page, Vocabulary, open_page
from textanalytics.words.sparse import csr_matrix, diags, hstack

BUCKETS = 1 << 18
SHORTEST_PART, LONGEST_PART = 3, 5
LONGEST_WORD = 32
BATCH = 2_000
MANY = 12
"""With fewer classes how a text says it counts beside what it says; with as many or more, what they mean tells them apart."""
BESIDE = 0.7
"""Another encoder's vectors have the shipped one's beside them, which know the words rather than the sentence."""


@dataclass(frozen=True)
class View:
    """Of n texts: `words` (n, 2 * BUCKETS) counts of words and pairs, then of parts of words; `meanings`
    (n, dimensions) unit rows; `known` (n, k) the reader's log odds and cues; `manners` (n, m) how it is said, m being 0
    where nobody looks at it."""

    words: csr_matrix
    meanings: FloatArray
    known: FloatArray
    manners: FloatArray

    def rows(self, places: IntArray) -> View:
        """Those of the texts at these places."""
        return View(self.words[places], self.meanings[places], self.known[places], self.manners[places])


class Looker:
    """Makes views. What is known of a word is worked out once; no text's view depends on the others."""

    def __init__(self, encoder: Encoder, reader: Reader, classes: int) -> None:
        self.encoder, self.reader = encoder, reader
        self.mannered = classes < MANY
        self.vocabulary = Vocabulary()
        self.parts = Parts()
        self.hashes = Column(lambda words: np.array([crc32(key(w)) for w in words], np.int64))

    def look(self, texts: Sequence[str]) -> View:
        parts = [self.look_at_page(texts[i : i + BATCH]) for i in range(0, max(len(texts), 1), BATCH)]
        if len(parts) == 1:
            return parts[0]
        from scipy.sparse import vstack

        words = vstack([part.words for part in parts]).tocsr()
        meanings, known, manners = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("meanings", "known", "manners")
        )
        return View(words, meanings, known, manners)

    def look_at_page(self, texts: Sequence[str]) -> View:
        page = open_page(texts, self.vocabulary)
        meanings, manners = self.encode([clean(text) for text in texts])
        return View(self.words(page), meanings, self.reader.hunches(texts), manners)

    def encode(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """(n, dimensions) unit rows of meaning, and (n, m) of manner."""
        meanings, manners = self._encode(self.encoder, texts)
        if self.encoder.name == encoders.default().name:
            return meanings, manners
        shipped, beside = self._encode(encoders.default(), texts)
        both = np.hstack([meanings, shipped * np.float32(BESIDE)])
        both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), np.float32(1e-9))
        return both, np.hstack([manners, beside])

    def _encode(self, encoder: Encoder, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        if self.mannered:
            return encoders.encode_both(encoder, texts)
        return encoder.encode(texts), np.zeros((len(texts), 0), np.float32)

    def words(self, page: Page) -> csr_matrix:
        """(n, 2 * BUCKETS) counts: of words and pairs, then of parts of words."""
        hashes = self.hashes.over(page.vocabulary)[page.word]
        first = np.flatnonzero(page.text[1:] == page.text[:-1])
        pairs = (hashes[first] * 31 + hashes[first + 1] * 1_000_003 + 7) % BUCKETS
        whole = _counts(
            np.concatenate([page.text, page.text[first]]),
            np.concatenate([hashes % BUCKETS, pairs]),
            page.size,
        )
        used, place = np.unique(page.word, return_inverse=True)
        parts = self.parts.of([page.vocabulary.words[i] for i in used.tolist()])
        bag = csr_matrix((np.ones(len(place)), (page.text, place)), shape=(page.size, len(used)))
        return hstack([whole, (bag @ parts).astype(np.float32)]).tocsr()


class Parts:
    """The buckets of the parts of each word, kept for the words that come most."""

    def __init__(self, limit: int = 200_000) -> None:
        self.limit = limit
        self.kept: dict[str, list[int]] = {}

    def of(self, words: Sequence[str]) -> csr_matrix:
        """(words, BUCKETS) counts."""
        if len(self.kept) > self.limit:
            self.kept = {}
        columns: list[int] = []
        ends = [0]
        for word in words:
            found = self.kept.get(word)
            if found is None:
                found = self.kept[word] = parts(word)
            columns += found
            ends.append(len(columns))
        return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(words), BUCKETS))


def parts(word: str) -> list[int]:
    if not word[0].isalnum():
        return []
    marked = b"<" + key(word)[:LONGEST_WORD] + b">"
    return [
        crc32(marked[i : i + size], size) % BUCKETS
        for size in range(SHORTEST_PART, LONGEST_PART + 1)
        for i in range(len(marked) - size + 1)
    ]


def _counts(rows: IntArray, columns: IntArray, size: int) -> csr_matrix:
    table = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(size, BUCKETS))
    table.sum_duplicates()
    return table


@dataclass(frozen=True)
class Scaling:
    """How much each bucket, and each of the reader's hunches, counts: learnt from the examples."""

    used: IntArray
    """Buckets that occur in the examples; the others are dropped."""

    rarity: FloatArray
    middle: FloatArray
    spread: FloatArray
    manner_middle: FloatArray
    manner_spread: FloatArray

    @classmethod
    def learn(cls, view: View) -> Scaling:
        seen = np.asarray((view.words > 0).sum(axis=0)).ravel()
        used = np.flatnonzero(seen)
        rarity = np.log((1 + view.words.shape[0]) / (1 + seen[used])) + 1
        spread, manner_spread = (np.maximum(rows.std(axis=0), 1e-3) for rows in (view.known, view.manners))
        middle, manner_middle = view.known.mean(axis=0), view.manners.mean(axis=0)
        return cls(used, rarity.astype(np.float32), middle, spread, manner_middle, manner_spread)

    def words(self, view: View) -> csr_matrix:
        """(n, used) damped counts times rarity; words and parts have length one each in every row."""
        split = int(np.searchsorted(self.used, BUCKETS))
        table = view.words[:, self.used]
        table.data = (1 + np.log(table.data)).astype(np.float32)
        table = (table @ diags(self.rarity)).tocsr()
        return hstack([unit_rows(table[:, :split]), unit_rows(table[:, split:])]).tocsr()

    def known(self, view: View) -> Array:
        """(n, k) in spreads from the middle, four at most."""
        return np.clip((view.known - self.middle) / self.spread, -4, 4).astype(np.float32)

    def manners(self, view: View) -> FloatArray:
        """(n, m) unit rows, every column counting alike."""
        rows = (view.manners - self.manner_middle) / self.manner_spread
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def unit_rows(table: csr_matrix) -> csr_matrix:
    """Each row divided by its length; an empty one stays empty."""
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return (diags((1 / np.maximum(length, 1e-9)).astype(np.float32)) @ table).tocsr()
