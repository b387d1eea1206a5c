"""Text to vector with what ships in the package: static word-piece vectors, no framework, no network.

A text is the mean of its pieces' vectors, made unit length. The pieces were distilled from all-MiniLM-L6-v2
by `bin/make-encoder`; German words carry the vector of their English gloss, so both languages share one space.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.sparse import csr_matrix

LONGEST = 2_000
"""Characters that are read of one text; what comes after hardly moves a mean."""


class StaticEncoder:
    """Reads `<folder>/<name>.npz` (int8 rows, a scale each) and `<folder>/<name>.json` (the tokenizer)."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        with np.load(folder / f"{name}.npz") as kept:
            self._rows: FloatArray = kept["rows"].astype(np.float32) * kept["scales"][:, None]
            self._second: IntArray = kept["second"].astype(np.int64)
            self._marks: FloatArray = kept["marks"].astype(np.float32)
        self.dimensions = self._rows.shape[1]
        self._tokenizer = Tokenizer.from_file(str(folder / f"{name}.json"))

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) rows of unit length; zeros for a text without any known piece.

        >>> default().encode(["where is my card", ""]).shape
        (2, 256)
        """
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), 4096):
            batch = [text[:LONGEST] for text in texts[start : start + 4096]]
            out[start : start + len(batch)] = self._sums(batch)
        length = np.linalg.norm(out, axis=1, keepdims=True)
        return np.divide(out, length, out=out, where=length > 1e-6)

    def _sums(self, texts: list[str]) -> FloatArray:
        ids = self._pieces(texts)
        counts = np.fromiter(map(len, ids), np.int64, len(ids))
        ends = np.concatenate([[0], np.cumsum(counts)])
        flat = np.fromiter((piece for row in ids for piece in row), np.int64, ends[-1])
        flat = self._in_german(flat, np.repeat(np.arange(len(ids)), counts), counts)
        bag = csr_matrix((np.ones(len(flat), np.float32), flat, ends), shape=(len(ids), len(self._rows)))
        return np.asarray(bag @ self._rows)

    def _pieces(self, texts: list[str]) -> list[list[int]]:
        try:
            found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        except TypeError:  # Half a character, as broken senders leave it, is no UTF-8.
            whole = [text.encode("utf-8", "replace").decode() for text in texts]
            found = self._tokenizer.encode_batch_fast(whole, add_special_tokens=False)
        return [one.ids for one in found]

    def _in_german(self, pieces: IntArray, text: IntArray, counts: IntArray) -> IntArray:
        """Swap "die", "war", "bad" and the like for their German meaning where the text is German.

        German is a text with two German words (one, when it is very short) that are a sixth of its pieces.
        """
        hits = np.bincount(text, weights=self._marks[pieces], minlength=len(counts))
        german = (hits >= np.where(counts <= 4, 1, 2)) & (hits * 6 >= counts)
        return np.where(german[text], self._second[pieces], pieces)


@cache
def default() -> Encoder:
    """The encoder that ships in the package; loaded once."""
    with as_file(files("textanalytics") / "data") as folder:
        return StaticEncoder(folder, "static-1")


def named(name: str = "") -> Encoder:
    """The shipped encoder for "" or its name; else a sentence-transformers model by name or folder.

    ValueError with one sentence when the model, or the package that runs it, is not there.
    """
    if name in ("", default().name):
        return default()
    return SentenceEncoder(name)


class SentenceEncoder:
    """Any sentence-transformers model; needs the package of that name."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]
        except ImportError:
            raise ValueError(
                f"The encoder {name!r} needs the package sentence-transformers; the shipped one is "
                f"{default().name}."
            ) from None
        try:
            self._model = SentenceTransformer(name)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise ValueError(f"The encoder {name!r} cannot be loaded: {reason}") from None
        self.name = name
        self.dimensions = int(self._model.get_sentence_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) rows of unit length; a blank text is a row of zeros."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, np.float32) * np.array([[bool(text.strip())] for text in texts], np.float32)
