"""Static word-piece vectors, no framework: a text is the mean of its pieces' vectors, made unit length.

The pieces of the shipped ones were distilled from all-MiniLM-L6-v2 by `bin/make-encoder`; German words carry the vector
of their English gloss, so both languages share one space. `static-2` is `static-1` with more German (german.py): of any text
that is not German it has the same vector. `distil.py` makes others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from itertools import chain
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.encoders.german import GermanWords, Glosses
from textanalytics.encoders.pieces import Pieces
from textanalytics.words.page import Array
from textanalytics.words.sparse import csr_matrix

LONGEST = 2_000
"""Characters that are read of one text; what comes after hardly moves a mean."""
AT_ONCE, FEWER = 4_096, 256
"""Texts; and where the vectors of all their pieces are laid out."""
VERY_SHORT, FEW = 4, 3
"""Pieces, or words, of a text that is German by one word."""
HEADER, ROWS, TOKENIZER = "encoder.json", "rows.npz", "tokenizer.json"
"""The files of a distilled encoder's folder."""
SCHEMA = 1


class StaticEncoder:
    """Reads `<folder>/<name>.npz` (int8 rows, a scale each) and `<folder>/<name>.json` (the tokenizer)."""

    _german: GermanWords | None = None

    def __init__(self, folder: Path, name: str, *, rows: str = "", tokenizer: str = "") -> None:
        self.name = name
        with np.load(folder / (rows or f"{name}.npz"), allow_pickle=False) as kept:
            # Written once: a copy of whole numbers as fractions takes longer to make than all else here.
            self._rows: FloatArray = np.multiply(kept["rows"], kept["scales"][:, None], dtype=np.float32)
            self._second: IntArray | None = kept["second"].astype(np.int64) if "second" in kept else None
            self._marks: BoolArray | None = kept["marks"].astype(np.bool_) if "marks" in kept else None
        self.dimensions = self._rows.shape[1]
        self._tokenizer = Tokenizer.from_file(str(folder / (tokenizer or f"{name}.json")))
        self._pieces = Pieces(self._tokenizer)

    @classmethod
    def load(cls, folder: Path) -> StaticEncoder:
        """A distilled one. ValueError with one sentence when the folder is not whole."""
        try:
            header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
            if header.get("schema") != SCHEMA:
                raise ValueError(f"it has schema {header.get('schema')}, not {SCHEMA}")
            made = cls(folder, str(header["name"]), rows=ROWS, tokenizer=TOKENIZER)
            if made._tokenizer.get_vocab_size() > len(made._rows):
                raise ValueError("its tokenizer knows pieces that have no vector")
        except Exception as error:  # noqa: BLE001 a tokenizer that is not one raises just that
            raise ValueError(f"The encoder in {folder} cannot be read: {error}.") from None
        return made

    def with_german(self, glosses: Glosses, name: str) -> StaticEncoder:
        """Another one, which reads German texts by these words; the rows of this one must be of two languages already. Both
        share one table."""
        assert self._second is not None  # noqa: S101 the caller's condition
        other = copy(self)
        own = np.arange(len(self._second))
        english = int(self._second[self._second != own].min())
        vocabulary = {word: row for word, row in self._tokenizer.get_vocab().items() if row < english}
        other.name = name
        other._german = GermanWords(glosses, self._tokenizer, self._rows, vocabulary)
        other._rows = np.concatenate([self._rows, other._german.rows])
        self._rows = other._rows[: len(own)]
        return other

    def knows(self, word: str) -> bool:
        """Whether a German word has a sense here; any other is read by its pieces."""
        return self._german is not None and self._german.knows(word)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) rows of unit length; zeros for a text without any known piece.

        >>> from textanalytics.encoders import default
        >>> default().encode(["where is my card", ""]).shape
        (2, 256)
        """
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), AT_ONCE):
            flat, ends = self._read(texts[start : start + AT_ONCE])
            out[start : start + AT_ONCE] = self._sums(flat, ends)
        return _unit(out)

    def encode_both(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """As `encode`, and (n, dimensions) the greatest of each dimension over a text's pieces; zeros without a piece."""
        out = np.zeros((len(texts), self.dimensions), np.float32)
        most = np.zeros_like(out)
        for start in range(0, len(texts), FEWER):
            flat, ends = self._read(texts[start : start + FEWER])
            out[start : start + FEWER] = self._sums(flat, ends)
            some = np.flatnonzero(np.diff(ends))
            if len(some):
                most[start + some] = np.maximum.reduceat(self._rows[flat], ends[some])
        return _unit(out), most

    def _read(self, texts: Sequence[str]) -> tuple[IntArray, IntArray]:
        """The pieces of all texts, and where each text's begin and the last one's end."""
        read = [text[:LONGEST] for text in texts]
        with self._pieces.using:
            laid = self._pieces.laid_out(read)
            told = self._german.telling(self._pieces.words)[laid.words] if self._german else None
        flat, ends = laid.ids, laid.ends
        if self._second is None or self._marks is None:
            return flat, ends
        hits, counts = _within(self._marks[flat], ends), np.diff(ends)
        german = is_german(hits, counts, VERY_SHORT)
        swapped = np.where(np.repeat(german, counts), self._second[flat], flat) if german.any() else flat
        if self._german is None or told is None:
            return swapped, ends
        telling, words = _within(told, laid.ends_of_words).T
        # One piece that German has as a word too ("es-presso") tells it of no text.
        anew = (german & ((hits > 1) | (telling > 0))) | is_german(telling, words, FEW)
        if not anew.any():
            return swapped, ends
        return _exchanged(
            swapped, counts, anew, self._german.of([read[i] for i in np.flatnonzero(anew).tolist()])
        )

    def _sums(self, flat: IntArray, ends: IntArray) -> FloatArray:
        bag = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(ends) - 1, len(self._rows)))
        return np.asarray(bag @ self._rows)


def _unit(rows: FloatArray) -> FloatArray:
    """Written over `rows`."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, length, out=rows, where=length > 1e-6)


def _within(values: Array, ends: IntArray) -> IntArray:
    """(texts,) or (texts, k) the sum of whole values between each end and the next."""
    sums = np.zeros((len(values) + 1, *values.shape[1:]), np.int64)
    np.cumsum(values, axis=0, dtype=np.int64, out=sums[1:])
    return np.asarray(np.diff(sums[ends], axis=0))


def _exchanged(
    flat: IntArray, counts: IntArray, anew: BoolArray, rows: Sequence[Sequence[int]]
) -> tuple[IntArray, IntArray]:
    """Texts of so many pieces each, with these rows in place of those that are made anew; and their ends."""
    now = counts.copy()
    now[anew] = [len(row) for row in rows]
    ends = np.concatenate([[0], np.cumsum(now)])
    out = np.empty(ends[-1], np.int64)
    theirs = np.repeat(anew, now)
    out[~theirs] = flat[~np.repeat(anew, counts)]
    out[theirs] = np.fromiter(chain.from_iterable(rows), np.int64)
    return out, ends


def is_german(hits: IntArray, of: IntArray, short: int) -> BoolArray:
    """(texts,) whether a text has two German words (one, when it is short) that are a sixth of its pieces or words."""
    return np.asarray((hits >= np.where(of <= short, 1, 2)) & (hits * 6 >= of) & (of > 0))
