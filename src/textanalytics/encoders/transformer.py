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

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders.family import in_bert_names, read_shape
from textanalytics.encoders.identity import LONGEST, identity
from textanalytics.encoders.layers import Layer, Norm, Packed, Weights
from textanalytics.encoders.learning import Form, LearningLayer
from textanalytics.encoders.pieces import pieces
from textanalytics.encoders.tokens import Tokens
from textanalytics.encoders.weights import read_safetensors
from textanalytics.words.blas import one_thread, threads

AT_ONCE = 1024
"""Tokens in one pass: enough for products to be worth a call, few enough to stay in a processor's cache."""

FIRST = 64
"""Tokens of a text that a layer can learn from: what is kept of thousands of long texts would fill the memory."""


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
        self._middle = max(shape.layers * 2 // 3, 1)
        self._learning = self._layers[self._middle - 1]

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) rows of unit length; a blank text is a row of zeros."""
        return self.encode_both(texts)[0]

    def encode_both(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """As `encode`, and (n, dimensions) the mean of a text's tokens after two thirds of the layers."""
        rows, manners, _ = self._of_texts(texts, kept=False)
        return rows, manners

    def encode_tokens(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray, Tokens]:
        """As `encode_both`, and each text's first tokens before the last of these layers."""
        return self._of_texts(texts, kept=True)

    def learning_layer(self) -> LearningLayer:
        """A copy of that layer."""
        shape = self._shape
        return LearningLayer.of(self._learning, Form(shape.heads, shape.activation, shape.epsilon))

    def _of_texts(self, texts: Sequence[str], *, kept: bool) -> tuple[FloatArray, FloatArray, Tokens]:
        ids = pieces(self.tokenizer, [text[:LONGEST] for text in texts], special=True)
        blank = [i for i, text in enumerate(texts) if not text.strip()]
        rows, manners, tokens = self._both(ids, kept=kept)
        rows[blank] = manners[blank] = tokens.lengths[blank] = 0
        return rows, manners, tokens

    def encode_ids(self, ids: Sequence[Sequence[int]]) -> FloatArray:
        """(n, dimensions) unit rows."""
        return self._both(ids)[0]

    def _both(
        self, ids: Sequence[Sequence[int]], *, kept: bool = False
    ) -> tuple[FloatArray, FloatArray, Tokens]:
        """Each different text is read once, together with others of its length. Tokens are `kept` or none."""
        number: dict[tuple[int, ...], int] = {}
        place = [number.setdefault(tuple(text), len(number)) for text in ids]
        texts = list(number)
        found = np.zeros((2, len(texts), self.dimensions), np.float32)
        passes = list(_passes(texts))
        lengths = np.fromiter((min(len(text), FIRST) for text in texts), np.int64, len(texts)) * kept
        starts = np.cumsum(lengths) - lengths
        table = np.zeros((int(lengths.sum()), self.dimensions if kept else 0), np.float32)
        with one_thread(), ThreadPoolExecutor(threads(), "encoder") as pool:
            read = pool.map(lambda rows: self._read([texts[i] for i in rows], kept), passes)
            for rows, (pooled, manners, tokens) in zip(passes, read, strict=True):
                found[:, rows] = pooled, manners
                if kept:
                    table[_places(starts[rows], lengths[rows])] = tokens
        return found[0, place], found[1, place], Tokens(table, starts[place], lengths[place])

    def _read(self, texts: Sequence[Sequence[int]], kept: bool) -> tuple[FloatArray, FloatArray, FloatArray]:
        """(n, dimensions) unit rows and manners, and the tokens before the layer that makes these."""
        packed = Packed.of(texts)
        x = self._words[packed.tokens]
        x += self._places[packed.places()]
        x = self._first(x)
        before = x.copy() if kept else x
        for number, x in enumerate(self._through(x, packed), 1):  # noqa: B020
            if kept and number == self._middle - 1:
                before = x.copy()
            if number == self._middle:
                manners = _pool(x, packed, "mean")
        if kept:
            before = before[_places(packed.starts, np.minimum(packed.lengths, FIRST))]
        pooled = _pool(x, packed, self._shape.pool)
        return (
            np.asarray(pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)),
            manners,
            before,
        )

    def _through(self, x: FloatArray, packed: Packed) -> Iterator[FloatArray]:
        """The tokens after each layer; the next one may write over them."""
        for layer in self._layers:
            x = layer(x, packed)
            yield x


def _places(starts: IntArray, lengths: IntArray) -> IntArray:
    """The places of so many tokens from each start."""
    first = np.cumsum(lengths) - lengths
    return np.asarray(np.repeat(starts - first, lengths) + np.arange(int(lengths.sum())))


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
