"""Static word-piece vectors, no framework: a text is the mean of its pieces' vectors, made unit length.

The pieces of the shipped one were distilled from all-MiniLM-L6-v2 by `bin/make-encoder`; German words carry the vector
of their English gloss, so both languages share one space. `distil.py` makes others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders.pieces import Pieces
from textanalytics.words.sparse import csr_matrix

LONGEST = 2_000
"""Characters that are read of one text; what comes after hardly moves a mean."""
AT_ONCE, FEWER = 4_096, 256
"""Texts; and where the vectors of all their pieces are laid out."""
HEADER, ROWS, TOKENIZER = "encoder.json", "rows.npz", "tokenizer.json"
"""The files of a distilled encoder's folder."""
SCHEMA = 1


class StaticEncoder:
    """Reads `<folder>/<name>.npz` (int8 rows, a scale each) and `<folder>/<name>.json` (the tokenizer)."""

    def __init__(self, folder: Path, name: str, *, rows: str = "", tokenizer: str = "") -> None:
        self.name = name
        with np.load(folder / (rows or f"{name}.npz"), allow_pickle=False) as kept:
            self._rows: FloatArray = kept["rows"].astype(np.float32) * kept["scales"][:, None]
            self._second: IntArray | None = kept["second"].astype(np.int64) if "second" in kept else None
            self._marks: FloatArray | None = kept["marks"].astype(np.float32) if "marks" in kept else None
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
        ids = self._pieces.of([text[:LONGEST] for text in texts])
        counts = np.fromiter(map(len, ids), np.int64, len(ids))
        ends = np.concatenate([[0], np.cumsum(counts)])
        flat = np.fromiter(chain.from_iterable(ids), np.int64, ends[-1])
        if self._second is not None and self._marks is not None:
            flat = in_german(flat, np.repeat(np.arange(len(ids)), counts), self._second, self._marks)
        return flat, ends

    def _sums(self, flat: IntArray, ends: IntArray) -> FloatArray:
        bag = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(ends) - 1, len(self._rows)))
        return np.asarray(bag @ self._rows)


def _unit(rows: FloatArray) -> FloatArray:
    """Written over `rows`."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, length, out=rows, where=length > 1e-6)


def in_german(pieces: IntArray, text: IntArray, second: IntArray, marks: FloatArray) -> IntArray:
    """Swap "die", "war", "bad" and the like for their German meaning where the text is German.

    German is a text with two German words (one, when it is very short) that are a sixth of its pieces.
    """
    counts = np.bincount(text)
    hits = np.bincount(text, weights=marks[pieces])
    german = (hits >= np.where(counts <= 4, 1, 2)) & (hits * 6 >= counts)
    return np.where(german[text], second[pieces], pieces)
