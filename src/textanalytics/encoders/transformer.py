"""A sentence-transformers model of the BERT family from its folder, in plain NumPy: no deep-learning framework.

It gives what the package sentence-transformers gives, to some 3e-6, and on a processor in less time.
(Reimers and Gurevych 2019, arXiv 1908.10084.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from textanalytics.base import FloatArray
from textanalytics.encoders.family import in_bert_names, read_shape
from textanalytics.encoders.identity import LONGEST, identity
from textanalytics.encoders.layers import Layer, Norm, Packed, Weights
from textanalytics.encoders.pieces import pieces
from textanalytics.encoders.weights import read_safetensors
from textanalytics.words.blas import one_thread, threads

AT_ONCE = 1024
"""Tokens in one pass: enough for products to be worth a call, few enough to stay in a processor's cache."""


class TransformerEncoder:
    """ValueError with one sentence when the folder holds no model that NumPy can run."""

    ENDING = ""
    """Of the name, where the vectors are not quite the model's own."""

    def __init__(self, folder: Path, *, longest: int | None = None) -> None:
        try:
            self._shape = read_shape(folder)
            self._load(in_bert_names(read_safetensors(folder / "model.safetensors")))
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.tokenizer.no_padding()
            self.tokenizer.enable_truncation(min(longest or self._shape.longest, self._shape.longest))
            self.name = identity(str(folder.resolve()), ending=self.ENDING)
            self.dimensions = self._shape.size
            self.encode(["warm"])
        except Exception as error:  # noqa: BLE001 a tokenizer that is not one raises just that
            reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise ValueError(f"The encoder in {folder} cannot be read: {reason}.") from None

    def _load(self, weights: Weights) -> None:
        shape = self._shape
        self._words = weights["embeddings.word_embeddings.weight"]
        self._places = weights["embeddings.position_embeddings.weight"][shape.first :]
        if "embeddings.token_type_embeddings.weight" in weights:
            self._places = self._places + weights["embeddings.token_type_embeddings.weight"][0]
        first = "embeddings.LayerNorm"
        self._first = Norm(weights[f"{first}.weight"], weights[f"{first}.bias"], shape.epsilon)
        self._layers = [Layer(weights, shape, number) for number in range(shape.layers)]

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) rows of unit length; a blank text is a row of zeros."""
        return self.encode_both(texts)[0]

    def encode_both(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """As `encode`, and (n, dimensions) the mean of a text's tokens after two thirds of the layers."""
        ids = pieces(self.tokenizer, [text[:LONGEST] for text in texts], special=True)
        blank = [i for i, text in enumerate(texts) if not text.strip()]
        rows, manners = self._both(ids)
        rows[blank] = manners[blank] = 0
        return rows, manners

    def encode_ids(self, ids: Sequence[Sequence[int]]) -> FloatArray:
        """(n, dimensions) unit rows."""
        return self._both(ids)[0]

    def _both(self, ids: Sequence[Sequence[int]]) -> tuple[FloatArray, FloatArray]:
        """Each different text is read once, together with others of its length."""
        number: dict[tuple[int, ...], int] = {}
        place = [number.setdefault(tuple(text), len(number)) for text in ids]
        texts = list(number)
        found = np.zeros((2, len(texts), self.dimensions), np.float32)
        passes = list(_passes(texts))
        with one_thread(), ThreadPoolExecutor(threads(), "encoder") as pool:
            read = pool.map(lambda rows: self._read([texts[i] for i in rows]), passes)
            for rows, vectors in zip(passes, read, strict=True):
                found[:, rows] = vectors
        return found[0, place], found[1, place]

    def _read(self, texts: Sequence[Sequence[int]]) -> tuple[FloatArray, FloatArray]:
        packed = Packed.of(texts)
        x = self._words[packed.tokens]
        x += self._places[packed.places()]
        middle = self._shape.layers * 2 // 3
        for number, x in enumerate(self._through(self._first(x), packed), 1):  # noqa: B020
            if number == max(middle, 1):
                manners = _pool(x, packed, "mean")
        pooled = _pool(x, packed, self._shape.pool)
        return np.asarray(pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)), manners

    def _through(self, x: FloatArray, packed: Packed) -> Iterator[FloatArray]:
        """The tokens after each layer; the next one may write over them."""
        for layer in self._layers:
            x = layer(x, packed)
            yield x


def _passes(texts: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of the texts, by their lengths ascending, so many at a time that AT_ONCE tokens are not passed; one at
    least. A text without a token is in none."""
    rows: list[int] = []
    tokens = 0
    for i in sorted((i for i, text in enumerate(texts) if text), key=lambda i: len(texts[i])):
        if rows and tokens + len(texts[i]) > AT_ONCE:
            yield rows
            rows, tokens = [], 0
        rows.append(i)
        tokens += len(texts[i])
    if rows:
        yield rows


def _pool(x: FloatArray, packed: Packed, how: str) -> FloatArray:
    """(n, size)"""
    if how == "first":
        return x[packed.starts]
    if how == "max":
        return np.asarray(np.maximum.reduceat(x, packed.starts))
    return np.asarray(np.add.reduceat(x, packed.starts) / packed.lengths[:, None].astype(np.float32))
