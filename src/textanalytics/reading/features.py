"""A message as numbers for a linear model: hashed words, pairs of words and parts of words, and a few cues.

Everything but the cues is a sum over the pieces of the text, so a decision can be traced to its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from textanalytics import encoders, lexicons
from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.sentiment import compound
from textanalytics.words.numbers import distinct
from textanalytics.words.page import Array, Column, Page, listed
from textanalytics.words.sparse import csr_matrix

BUCKETS = 1 << 17
PART = 4
LONGEST = 40
"""Bytes of a word that are cut into parts."""
MOST_PARTS = LONGEST
PART_WEIGHT = 0.6
PAIR_WEIGHT = 0.7
MEANING_WEIGHT = 1.5
COMMON_WEIGHT = 0.3
"""Little words ("the", "und") count less than words that carry matter, ask, plead or negate."""

LONG = 30.0
USUAL_WORDS = 15.0
"""Words of a usual message; the praise and blame in longer ones is thinned accordingly."""
CUES = (
    "praise",
    "blame",
    "balance",
    "question mark",
    "exclamation mark",
    "opens by asking",
    "asks",
    "pleads",
    "speaks of oneself",
    "speaks to you",
    "negates",
    "holds a link",
    "says it fails",
    "asks whether it fails",
)
TELLING = ("asking words", "pleading", "negators")
LISTS = ("asking", "pleading", "first person", "second person", "negators")
FAILING, ABLE = 1, 2
"""What a broken thing does, and what a sound one can do: said of it with a negator near, it is broken as well."""

NEAR = 3
"""Pieces before such a word in which a negator stands; behind it one fewer ("schließt nicht", "hält keine Stunde")."""


class Hashes:
    """Bucket of each word, and flags of each word in the closed lists."""

    def __init__(self) -> None:
        self.hashes = Column(lambda words: np.array([crc32(key(w)) for w in words], np.int64))
        self.flags = Column(list_flags)
        self.faults = Column(fault_words)
        self.weights = Column(word_weights)
        self.telling = Column(
            lambda words: (word_weights(words) == 1.0) & np.array([shows(w) for w in words], bool)
        )

    def pairs(self, page: Page) -> tuple[IntArray, IntArray, Array]:
        """(first piece of each pair, its bucket, its weight)."""
        hashes = self.hashes.over(page.vocabulary)[page.word]
        weights = self.weights.over(page.vocabulary)[page.word]
        first = np.flatnonzero(page.text[1:] == page.text[:-1])
        buckets = (hashes[first] * 31 + hashes[first + 1] * 1_000_003 + 7) % BUCKETS
        return first, buckets, PAIR_WEIGHT * np.sqrt(weights[first] * weights[first + 1])

    def cues(self, page: Page, valence: Array) -> Array:
        """(n, len(CUES)), each about 0 to 1."""
        flags = self.flags.over(page.vocabulary)
        seen = np.cumsum(flags[page.word, -1])
        start = np.searchsorted(page.text, np.arange(page.size))
        base = np.concatenate([[0], seen])[start][page.text]
        opening = (flags[page.word, 0] > 0) & (seen - base <= 2)
        counts = page.sum(flags).astype(np.float64)
        thin = 1.0 / np.sqrt(np.maximum(counts[:, 8] / USUAL_WORDS, 1.0))
        praise = page.total(np.maximum(valence, 0)) * thin
        blame = page.total(np.maximum(-valence, 0)) * thin
        said = np.minimum(counts[:, :5], 1.0) * thin[:, None]
        opens = np.minimum(page.total(opening.astype(np.float64)), 1)
        asking = (counts[:, 5] > 0) | ((opens > 0) & (counts[:, 6] == 0))
        columns = [
            compound(praise),
            compound(blame),
            compound(praise - blame),
            np.minimum(counts[:, 5], 1) * thin,
            np.minimum(counts[:, 6], 3) / 3 * thin,
            opens,
            *said.T,
            np.minimum(counts[:, 7], 1.0),
            *self.failing(page, flags[page.word, 4] > 0, asking),
        ]
        return np.stack(columns, axis=1)

    def failing(self, page: Page, negators: BoolArray, asking: BoolArray) -> tuple[Array, Array]:
        """(n,) each, 0 or 1: whether a text says that something fails, by its shape and not by a feeling; and whether
        it asks so (n,)."""
        said = self.faults.over(page.vocabulary)[page.word]
        failing = self._beside(page, np.flatnonzero(said == FAILING), negators, wanted=False)
        unable = self._beside(page, np.flatnonzero(said == ABLE), negators, wanted=True)
        fails = np.zeros(page.size, bool)
        fails[page.text[failing]] = True
        fails[page.text[unable]] = True
        return (fails & ~asking).astype(np.float64), (fails & asking).astype(np.float64)

    @staticmethod
    def _beside(page: Page, places: IntArray, negators: BoolArray, *, wanted: bool) -> IntArray:
        """Those of the places that have a negator near, or (not `wanted`) have none."""
        near = np.zeros(len(places), bool)
        for step in range(-NEAR, NEAR):
            other = np.clip(places + step, 0, len(negators) - 1)
            near |= negators[other] & (page.text[other] == page.text[places])
        return places[near == wanted]


def key(word: str) -> bytes:
    """What is hashed: digits are alike, every mention is alike."""
    if word[0] == "@":
        return b"@"
    if not word.isalpha():
        word = "".join("0" if letter.isdigit() else letter for letter in word)
    return word.encode("utf-8", "surrogatepass")


def word_buckets(words: Sequence[str]) -> csr_matrix:
    """(words, BUCKETS): the word itself, and its parts of four letters, together of weight PART_WEIGHT."""
    weights = word_weights(words)
    names = [key(word) for word in words]
    parted = np.array([word.isalpha() and len(word) >= PART for word in words], bool) & (weights == 1.0)
    owner, bucket = _parts([names[i] for i in np.flatnonzero(parted).tolist()])
    owner = np.flatnonzero(parted)[owner]
    own = np.array([crc32(name) for name in names], np.int64) % BUCKETS
    share = PART_WEIGHT / np.array([max(n, 1) ** 0.5 for n in range(MOST_PARTS)])
    parts = np.bincount(owner, minlength=len(words))
    ends = np.concatenate([[0], np.cumsum(1 + parts)])
    columns, values = np.empty(ends[-1], np.int64), np.empty(ends[-1])
    first = np.zeros(ends[-1], bool)
    first[ends[:-1]] = True
    columns[first], values[first] = own, weights
    columns[~first], values[~first] = bucket, share[parts][owner]
    return csr_matrix((values, columns, ends), shape=(len(words), BUCKETS), dtype=np.float32)


def _parts(names: Sequence[bytes]) -> tuple[IntArray, IntArray]:
    """(the place of a name, a bucket of one of its parts), each once, in order."""
    marked = [b"<" + name[:LONGEST] + b">" for name in names]
    letters = np.frombuffer(b"".join(marked), np.uint8)
    owner = np.repeat(np.arange(len(marked)), [len(name) for name in marked])
    starts = np.flatnonzero(owner[PART - 1 :] == owner[: len(owner) - PART + 1]) if len(owner) else owner
    # The four-letter parts of all names at once, by the steps that zlib takes with one.
    table, check = _crc_table(), np.full(len(starts), 1 ^ 0xFFFFFFFF, np.uint32)
    for step in range(PART):
        check = table[(check ^ letters[starts + step]) & 0xFF] ^ (check >> np.uint32(8))
    return np.divmod(distinct(owner[starts] * BUCKETS + (check ^ np.uint32(0xFFFFFFFF)) % BUCKETS), BUCKETS)


@cache
def _crc_table() -> npt.NDArray[np.uint32]:
    """(256,): what a byte does to the rest of a CRC-32."""
    rest = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        rest = np.where(rest & 1, rest >> 1 ^ np.uint32(0xEDB88320), rest >> 1)
    return rest


def word_meanings(words: Sequence[str]) -> FloatArray:
    """(words, dimensions): the encoder's vector of each word, so that words unseen in training count too."""
    vectors = encoders.default().encode(list(words))
    return vectors * (word_weights(words) * MEANING_WEIGHT).astype(np.float32)[:, None]


def text_meanings(page: Page) -> FloatArray:
    """(n, dimensions): the sum over each text, scaled by `scale`."""
    words = word_meanings(page.vocabulary.words)
    return np.asarray(page.total(words[page.word]) * scale(page)[:, None], np.float32)


def text_buckets(page: Page, hashes: Hashes) -> csr_matrix:
    """(n, BUCKETS): the hashed features of whole texts, scaled by `scale`; what the model is trained on."""
    shape = (page.size, len(page.vocabulary.words))
    ones = np.ones(len(page.word), np.float32)
    words = csr_matrix((ones, (page.text, page.word)), shape=shape) @ word_buckets(page.vocabulary.words)
    first, bucket, weights = hashes.pairs(page)
    pairs = csr_matrix((weights, (page.text[first], bucket)), shape=(page.size, BUCKETS))
    return (words + pairs).multiply(scale(page)[:, None]).tocsr()


def scale(page: Page) -> Array:
    """(n,): keeps long texts from shouting: a root of the length, from LONG pieces on the length itself."""
    pieces = np.bincount(page.text, minlength=page.size)
    return 1.0 / np.sqrt((1.0 + pieces) * np.maximum(pieces / LONG, 1.0))


def word_weights(words: Sequence[str]) -> Array:
    """(words,)"""
    little_words = _little_words()
    little = [word in little_words or word[0].isdigit() for word in words]
    return np.where(np.array(little, bool), COMMON_WEIGHT, 1.0)


@cache
def _little_words() -> frozenset[str]:
    telling = frozenset().union(*(lexicons.words(name) for name in TELLING))
    return frozenset(lexicons.common_words()) - telling


def shows(word: str) -> bool:
    """Whether a word explains anything to a reader: links, mentions and exclamation marks do not."""
    return word[0] not in "@!" and "://" not in word


def fault_words(words: Sequence[str]) -> Array:
    """(words,) FAILING, ABLE or 0."""
    failing, able = listed(words, [lexicons.words("failing"), lexicons.words("able")]).T
    return np.where(failing, FAILING, np.where(able, ABLE, 0)).astype(np.int8)


def list_flags(words: Sequence[str]) -> Array:
    """(words, 9): the closed lists, then question and exclamation marks, links, and real words twice."""
    shapes = np.zeros((len(words), 4), bool)
    shapes[:, 3] = True
    for i, word in enumerate(words):
        if not word.isalpha():
            shapes[i] = (
                "?" in word,
                "!" in word,
                "://" in word,
                word[0].isalpha() and "://" not in word,
            )
    return np.hstack([listed(words, [lexicons.words(name) for name in LISTS]), shapes]).astype(np.float32)
