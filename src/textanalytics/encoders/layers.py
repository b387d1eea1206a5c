"""The layers of a BERT over the tokens of many texts, one text after the other.

Texts of one length lie together and nothing is padded: every product is of whole tokens, attention alone looks at the
texts, a length at a time. (Devlin et al. 2019, arXiv 1810.04805.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders.activation import ACTIVATIONS
from textanalytics.encoders.family import Shape

Weights = Mapping[str, FloatArray]


@dataclass(frozen=True)
class Packed:
    """`tokens` (t,) of texts by their `lengths` (n,), ascending, none of them 0; `starts` (n,) their first ones."""

    tokens: IntArray
    lengths: IntArray
    starts: IntArray

    @classmethod
    def of(cls, ids: Sequence[Sequence[int]]) -> Packed:
        lengths = np.fromiter(map(len, ids), np.int64, len(ids))
        tokens = np.fromiter((token for text in ids for token in text), np.int64, int(lengths.sum()))
        return cls(tokens, lengths, np.cumsum(lengths) - lengths)

    def places(self) -> IntArray:
        """(t,) the place of each token in its text."""
        return np.arange(len(self.tokens)) - np.repeat(self.starts, self.lengths)

    def alike(self) -> Iterator[tuple[slice, int, int]]:
        """The tokens of texts of one length, how many texts, and the length."""
        firsts = np.flatnonzero(np.diff(self.lengths, prepend=0)).tolist()
        for first, end in pairwise([*firsts, len(self.lengths)]):
            length, start = int(self.lengths[first]), int(self.starts[first])
            yield slice(start, start + (end - first) * length), end - first, length


class Dense:
    def __init__(self, weight: FloatArray, bias: FloatArray) -> None:
        self.weight, self.bias = np.ascontiguousarray(weight.T), bias

    def __call__(self, x: FloatArray) -> FloatArray:
        out = x @ self.weight
        out += self.bias
        return np.asarray(out)


@dataclass(frozen=True)
class Norm:
    weight: FloatArray
    bias: FloatArray
    epsilon: float

    def __call__(self, x: FloatArray) -> FloatArray:
        """Written over `x`."""
        x -= x.mean(1, keepdims=True)
        spread = np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[1])
        x /= np.sqrt(spread + np.float32(self.epsilon))
        x *= self.weight
        x += self.bias
        return x


class Layer:
    def __init__(self, weights: Weights, shape: Shape, number: int) -> None:
        self._weights, self._epsilon = weights, shape.epsilon
        self._name = f"encoder.layer.{number}"
        self._heads = shape.heads
        self.asked = self._attention()
        self.mixed, self.after = (
            self._dense("attention.output.dense"),
            self._norm("attention.output.LayerNorm"),
        )
        self.inner, self.outer = self._dense("intermediate.dense"), self._dense("output.dense")
        self.last = self._norm("output.LayerNorm")
        self._act: Callable[[FloatArray], None] = ACTIVATIONS[shape.activation]
        del self._weights

    def _pair(self, part: str) -> tuple[FloatArray, FloatArray]:
        return self._weights[f"{self._name}.{part}.weight"], self._weights[f"{self._name}.{part}.bias"]

    def _dense(self, part: str) -> Dense:
        return Dense(*self._pair(part))

    def _norm(self, part: str) -> Norm:
        return Norm(*self._pair(part), self._epsilon)

    def _attention(self) -> Dense:
        """Query, key and value in one product; the query is scaled beforehand."""
        pairs = [self._pair(f"attention.self.{part}") for part in ("query", "key", "value")]
        scale = np.float32((len(pairs[0][1]) // self._heads) ** -0.5)
        pairs[0] = (pairs[0][0] * scale, pairs[0][1] * scale)
        weights, biases = zip(*pairs, strict=True)
        return Dense(np.concatenate(weights), np.concatenate(biases))

    def __call__(self, x: FloatArray, packed: Packed) -> FloatArray:
        """(t, size) to (t, size); `x` is written over."""
        x += self.mixed(self._attend(self.asked(x), packed))
        x = self.after(x)
        inner = self.inner(x)
        self._act(inner)
        x += self.outer(inner)
        return self.last(x)

    def _attend(self, asked: FloatArray, packed: Packed) -> FloatArray:
        size = asked.shape[1] // 3
        out = np.empty((len(asked), size), np.float32)
        for tokens, texts, length in packed.alike():
            split = asked[tokens].reshape(texts, length, 3, self._heads, size // self._heads)
            query, key, value = split.transpose(2, 0, 3, 1, 4)
            score = query @ key.transpose(0, 1, 3, 2)
            score -= score.max(-1, keepdims=True)
            np.exp(score, out=score)
            score /= score.sum(-1, keepdims=True)
            mixed = (score @ value).transpose(0, 2, 1, 3)
            out[tokens].reshape(texts, length, self._heads, -1)[:] = mixed
        return out
