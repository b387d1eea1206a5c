"""A layer of a BERT that learns: what it makes of tokens, and how its weights would have to change, in plain NumPy.

Forward it is `layers.Layer`; backward are the same products turned round (Rumelhart, Hinton and Williams 1986).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.encoders.activation import ACTIVATIONS, slope
from textanalytics.encoders.layers import Layer, Packed


@dataclass(frozen=True)
class Weights:
    """Of one layer. Products are (in, out); `asked` makes query, key and value of a token, the query not scaled."""

    asked: FloatArray
    asked_bias: FloatArray
    mixed: FloatArray
    mixed_bias: FloatArray
    after: FloatArray
    after_bias: FloatArray
    inner: FloatArray
    inner_bias: FloatArray
    outer: FloatArray
    outer_bias: FloatArray
    last: FloatArray
    last_bias: FloatArray

    def each(self) -> list[FloatArray]:
        return [getattr(self, field.name) for field in fields(self)]


@dataclass(frozen=True)
class Form:
    """What of a layer is no weight."""

    heads: int
    activation: str
    epsilon: float


@dataclass
class Pass:
    """What a layer keeps of one pass until its way back."""

    x: FloatArray
    asked: FloatArray
    scores: list[FloatArray]
    heard: FloatArray
    after: Normed
    middle: FloatArray
    inner: FloatArray
    acted: FloatArray
    last: Normed


@dataclass(frozen=True)
class Normed:
    rows: FloatArray
    scale: FloatArray


class LearningLayer:
    def __init__(self, weights: Weights, form: Form) -> None:
        self.weights, self.form = weights, form
        self._scale = np.float32((weights.mixed.shape[0] // form.heads) ** -0.5)

    @classmethod
    def of(cls, layer: Layer, form: Form) -> LearningLayer:
        """A copy: what is learnt does not change the layer."""
        made = cls(_copied(layer), form)
        size = len(made.weights.mixed)
        made.weights.asked[:, :size] /= made._scale
        made.weights.asked_bias[:size] /= made._scale
        return made

    def __call__(self, x: FloatArray, packed: Packed) -> tuple[FloatArray, Pass]:
        """(t, size) to (t, size); `x` stays as it is."""
        w = self.weights
        asked = _dense(x, w.asked, w.asked_bias)
        asked[:, : x.shape[1]] *= self._scale
        heard, scores = self._attend(asked, packed)
        after = _normed(_dense(heard, w.mixed, w.mixed_bias) + x, self.form.epsilon)
        middle = np.asarray(after.rows * w.after + w.after_bias)
        inner = _dense(middle, w.inner, w.inner_bias)
        acted = inner.copy()
        ACTIVATIONS[self.form.activation](acted)
        last = _normed(_dense(acted, w.outer, w.outer_bias) + middle, self.form.epsilon)
        return last.rows * w.last + w.last_bias, Pass(
            x, asked, scores, heard, after, middle, inner, acted, last
        )

    def back(self, wish: FloatArray, seen: Pass, packed: Packed) -> tuple[FloatArray, list[FloatArray]]:
        """Of how the loss changes with what came out (t, size): how it does with what went in, and with each weight in
        the order of `Weights.each`."""
        w = self.weights
        out = _back_through_norm(wish * w.last, seen.last)
        inner = (out @ w.outer.T) * slope(self.form.activation, seen.inner)
        middle: FloatArray = np.asarray(out + inner @ w.inner.T, np.float32)
        mixed = _back_through_norm(middle * w.after, seen.after)
        asked = self._back_through_attention(mixed @ w.mixed.T, seen, packed)
        asked[:, : wish.shape[1]] *= self._scale
        pairs: list[tuple[FloatArray, FloatArray]] = [
            (seen.x.T @ asked, asked),
            (seen.heard.T @ mixed, mixed),
            (np.einsum("ij,ij->j", middle, seen.after.rows), middle),
            (seen.middle.T @ inner, inner),
            (seen.acted.T @ out, out),
            (np.einsum("ij,ij->j", wish, seen.last.rows), wish),
        ]
        return mixed + asked @ w.asked.T, [part for one, rows in pairs for part in (one, rows.sum(axis=0))]

    def _split(self, rows: FloatArray, texts: int, length: int, parts: int) -> FloatArray:
        """(parts, texts, heads, length, width)"""
        return rows.reshape(texts, length, parts, self.form.heads, -1).transpose(2, 0, 3, 1, 4)

    def _attend(self, asked: FloatArray, packed: Packed) -> tuple[FloatArray, list[FloatArray]]:
        out = np.empty((len(asked), asked.shape[1] // 3), np.float32)
        scores = []
        for tokens, texts, length in packed.alike():
            query, key, value = self._split(asked[tokens], texts, length, 3)
            score = query @ key.transpose(0, 1, 3, 2)
            score -= score.max(-1, keepdims=True)
            np.exp(score, out=score)
            score /= score.sum(-1, keepdims=True)
            scores.append(score)
            self._split(out[tokens], texts, length, 1)[0] = score @ value
        return out, scores

    def _back_through_attention(self, wish: FloatArray, seen: Pass, packed: Packed) -> FloatArray:
        out = np.empty_like(seen.asked)
        for (tokens, texts, length), score in zip(packed.alike(), seen.scores, strict=True):
            query, key, value = self._split(seen.asked[tokens], texts, length, 3)
            heard = self._split(wish[tokens], texts, length, 1)[0]
            found = self._split(out[tokens], texts, length, 3)
            found[2] = score.transpose(0, 1, 3, 2) @ heard
            each = heard @ value.transpose(0, 1, 3, 2)
            each -= (each * score).sum(-1, keepdims=True)
            each *= score
            found[0], found[1] = each @ key, each.transpose(0, 1, 3, 2) @ query
        return out


def _copied(layer: Layer) -> Weights:
    pairs = [
        part
        for dense in (layer.asked, layer.mixed, layer.after, layer.inner, layer.outer, layer.last)
        for part in (dense.weight, dense.bias)
    ]
    return Weights(*(np.array(part, np.float32) for part in pairs))


def _dense(x: FloatArray, weight: FloatArray, bias: FloatArray) -> FloatArray:
    out = x @ weight
    out += bias
    return np.asarray(out)


def _normed(x: FloatArray, epsilon: float) -> Normed:
    """Rows of mean zero and spread one; `x` is written over."""
    x -= x.mean(1, keepdims=True)
    spread = np.einsum("ij,ij->i", x, x)[:, None] / np.float32(x.shape[1])
    scale = 1 / np.sqrt(spread + np.float32(epsilon))
    x *= scale
    return Normed(x, scale)


def _back_through_norm(wish: FloatArray, seen: Normed) -> FloatArray:
    """`wish` is of the rows before their weights, and is written over."""
    along = np.einsum("ij,ij->i", wish, seen.rows)[:, None] / np.float32(wish.shape[1])
    wish -= wish.mean(1, keepdims=True)
    wish -= seen.rows * along
    wish *= seen.scale
    return wish
