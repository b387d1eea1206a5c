"""A sentence-transformers model of the BERT family from its folder, in plain NumPy: no deep-learning framework.

It gives what the package sentence-transformers gives, to some 1e-6, at about half the speed on a processor.
(Devlin et al. 2019, arXiv 1810.04805; Reimers and Gurevych 2019, arXiv 1908.10084.)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from textanalytics.base import FloatArray, IntArray
from textanalytics.blas import one_thread
from textanalytics.encoders.family import ACTIVATIONS, in_bert_names, read_shape
from textanalytics.encoders.identity import LONGEST, identity
from textanalytics.encoders.pieces import pieces
from textanalytics.encoders.weights import read_safetensors

AT_ONCE = 512
"""Tokens in one pass, padding counted: few enough to stay in a processor's cache, which doubles the speed."""


class TransformerEncoder:
    """ValueError with one sentence when the folder holds no model that NumPy can run."""

    def __init__(self, folder: Path, *, longest: int | None = None) -> None:
        try:
            self._shape = read_shape(folder)
            self._weights = in_bert_names(read_safetensors(folder / "model.safetensors"))
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.tokenizer.no_padding()
            self.tokenizer.enable_truncation(min(longest or self._shape.longest, self._shape.longest))
            self.name = identity(str(folder.resolve()))
            self.dimensions = self._shape.size
            self.encode(["warm"])
        except Exception as error:  # noqa: BLE001 a tokenizer that is not one raises just that
            reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise ValueError(f"The encoder in {folder} cannot be read: {reason}.") from None

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) rows of unit length; a blank text is a row of zeros."""
        rows = self.encode_ids(pieces(self.tokenizer, [text[:LONGEST] for text in texts], special=True))
        blank = [i for i, text in enumerate(texts) if not text.strip()]
        rows[blank] = 0
        return rows

    def encode_ids(self, ids: Sequence[Sequence[int]]) -> FloatArray:
        """(n, dimensions) unit rows. Texts of like length share a pass, so little is wasted on padding."""
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), self.dimensions), np.float32)
        start = 0
        while start < len(order):
            rows = _share(order, start, ids)
            start += len(rows)
            width = max(1, *(len(ids[i]) for i in rows))
            tokens = np.zeros((len(rows), width), np.int64)
            mask = np.zeros((len(rows), width), np.float32)
            for k, i in enumerate(rows):
                tokens[k, : len(ids[i])] = ids[i]
                mask[k, : len(ids[i])] = 1
            with one_thread():
                out[rows] = self._forward(tokens, mask)
        return out

    def _forward(self, tokens: IntArray, mask: FloatArray) -> FloatArray:
        w, shape = self._weights, self._shape
        x = w["embeddings.word_embeddings.weight"][tokens]
        first = shape.first
        x = x + w["embeddings.position_embeddings.weight"][first : first + tokens.shape[1]]
        if "embeddings.token_type_embeddings.weight" in w:
            x = x + w["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x, "embeddings.LayerNorm")
        bias = ((1 - mask) * np.float32(-1e9))[:, None, None, :]
        act = ACTIVATIONS[shape.activation]
        for layer in range(shape.layers):
            name = f"encoder.layer.{layer}"
            x = self._norm(x + self._attend(x, bias, name), f"{name}.attention.output.LayerNorm")
            inner = act(self._linear(x, f"{name}.intermediate.dense"))
            x = self._norm(x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        pooled = _pool(x, mask, shape.pool)
        return np.asarray(pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9))

    def _attend(self, x: FloatArray, bias: FloatArray, name: str) -> FloatArray:
        n, width, size = x.shape
        heads = self._shape.heads

        def split(part: str) -> FloatArray:
            y = self._linear(x, f"{name}.attention.self.{part}")
            return y.reshape(n, width, heads, size // heads).transpose(0, 2, 1, 3)

        scale = np.float32((size // heads) ** 0.5)
        score = split("query") @ split("key").transpose(0, 1, 3, 2) / scale + bias
        score = np.exp(score - score.max(-1, keepdims=True))
        score /= score.sum(-1, keepdims=True)
        mixed = (score @ split("value")).transpose(0, 2, 1, 3).reshape(n, width, size)
        return self._linear(mixed, f"{name}.attention.output.dense")

    def _linear(self, x: FloatArray, name: str) -> FloatArray:
        flat = x.reshape(-1, x.shape[-1]) @ self._weights[f"{name}.weight"].T
        flat += self._weights[f"{name}.bias"]
        return np.asarray(flat.reshape(*x.shape[:-1], -1))

    def _norm(self, x: FloatArray, name: str) -> FloatArray:
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(self._shape.epsilon))
        x *= self._weights[f"{name}.weight"]
        x += self._weights[f"{name}.bias"]
        return x


def _share(order: Sequence[int], start: int, ids: Sequence[Sequence[int]]) -> list[int]:
    """The next texts, by their lengths ascending, that fit into one pass; one at least."""
    rows = [order[start]]
    for i in order[start + 1 :]:
        if (len(rows) + 1) * len(ids[i]) > AT_ONCE or len(rows) >= AT_ONCE:
            break
        rows.append(i)
    return rows


def _pool(x: FloatArray, mask: FloatArray, how: str) -> FloatArray:
    if how == "first":
        return np.asarray(x[:, 0])
    if how == "max":
        return np.asarray(np.where(mask[:, :, None] > 0, x, np.float32(-1e9)).max(1))
    return np.asarray((x * mask[:, :, None]).sum(1) / np.maximum(mask.sum(1, keepdims=True), 1))
