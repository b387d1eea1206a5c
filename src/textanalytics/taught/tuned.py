"""Classes by a layer of the encoder that learns from the examples itself.

A frozen model has no more of a mood than its makers left there; one layer of it, with the mean of what it makes of a text's
tokens beside a centre of each class, learns to look at the words that matter (Howard and Ruder 2018, arXiv 1801.06146). The
layers below stay as they are and are run once; those above are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders.layers import Packed
from textanalytics.encoders.learning import Form, LearningLayer, Pass, Weights
from textanalytics.encoders.tokens import Tokens

ROUNDS, AT_ONCE, SORTED = 4, 32, 40
"""Times that each example is seen, how many together, and of how many such lots the lengths are sorted."""

STEP, HEAD_STEP, WARM = 2e-4, 2e-3, 0.1
"""How far a weight of the layer and one of the head goes in a step at most, and the share of steps that lead up to it."""

SHARP, SMOOTH = 16.0, 0.1
"""Factor of the cosines at the start, and how much of an example is meant for all classes alike."""

FORGET, FORGET_SQUARES, DECAY, LONGEST_STEP = 0.9, 0.98, 0.01, 1.0
"""Of AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101)."""

ASKED = 256


@dataclass(frozen=True)
class Head:
    """`centres` (classes, size), the logarithm of what their cosines are multiplied by (1,), and `bias` (classes,)."""

    centres: FloatArray
    sharpness: FloatArray
    bias: FloatArray

    def each(self) -> list[FloatArray]:
        return [self.centres, self.sharpness, self.bias]


@dataclass(frozen=True)
class Tuned:
    layer: LearningLayer
    head: Head

    def scores(self, tokens: Tokens) -> FloatArray:
        """(n, classes) logits, of mean zero in each row."""
        out = np.zeros((len(tokens.lengths), len(self.head.bias)), np.float32)
        order = _by_length(tokens, np.flatnonzero(tokens.lengths))
        for start in range(0, len(order), ASKED):
            some = order[start : start + ASKED]
            out[some] = _look(self.layer, self.head, *tokens.packed(some)).logits
        return out - out.mean(axis=1, keepdims=True)

    @classmethod
    def of(cls, arrays: list[FloatArray], form: Form) -> Tuned:
        """From what `arrays` gave."""
        return cls(LearningLayer(Weights(*arrays[:-3]), form), Head(*arrays[-3:]))

    def arrays(self) -> list[FloatArray]:
        return [*self.layer.weights.each(), *self.head.each()]


@dataclass(frozen=True)
class _Looked:
    """The logits of some texts, and what led to them."""

    logits: FloatArray
    cosines: FloatArray
    rows: FloatArray
    lengths: FloatArray
    units: FloatArray
    sizes: FloatArray
    seen: Pass


def fit(layer: LearningLayer, tokens: Tokens, classes: IntArray, count: int, seed: int) -> Tuned:
    """`classes` by number, `count` of them. The layer is changed."""
    lit = np.flatnonzero(tokens.lengths)
    head = _start(layer, tokens.rows(lit), classes[lit], count)
    learning = _Adam(layer.weights.each(), head.each(), ROUNDS * -(-len(lit) // AT_ONCE))
    chance = np.random.default_rng(seed)
    for _ in range(ROUNDS):
        for some in _lots(tokens, lit, chance):
            x, packed = tokens.packed(some)
            looked = _look(layer, head, x, packed)
            learning.step(_back(layer, head, looked, classes[some], packed))
    return Tuned(layer, head)


def _start(layer: LearningLayer, tokens: Tokens, classes: IntArray, count: int) -> Head:
    """Each class's centre is the middle of its examples."""
    size = tokens.table.shape[1]
    blank = Head(np.ones((1, size), np.float32), np.zeros(1, np.float32), np.zeros(1, np.float32))
    sums = np.zeros((count, size), np.float32)
    order = _by_length(tokens, np.arange(len(classes)))
    for start in range(0, len(order), ASKED):
        some = order[start : start + ASKED]
        np.add.at(sums, classes[some], _look(layer, blank, *tokens.packed(some)).rows)
    centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(1e-9))
    return Head(centres, np.full(1, np.log(SHARP), np.float32), np.zeros(count, np.float32))


def _look(layer: LearningLayer, head: Head, x: FloatArray, packed: Packed) -> _Looked:
    made, seen = layer(x, packed)
    lengths = packed.lengths[:, None].astype(np.float32)
    means = np.add.reduceat(made, packed.starts) / lengths
    norms = np.linalg.norm(means, axis=1, keepdims=True)
    rows = means / norms
    sizes = np.maximum(np.linalg.norm(head.centres, axis=1, keepdims=True), np.float32(1e-9))
    units = head.centres / sizes
    cosines = rows @ units.T
    logits = cosines * np.exp(head.sharpness) + head.bias
    return _Looked(logits, cosines, rows, lengths * norms, units, sizes, seen)


def _back(
    layer: LearningLayer, head: Head, looked: _Looked, true: IntArray, packed: Packed
) -> list[FloatArray]:
    """How the mean cross entropy changes with each weight of layer and head."""
    odds = np.exp(looked.logits - looked.logits.max(axis=1, keepdims=True))
    wish = odds / odds.sum(axis=1, keepdims=True) - np.float32(SMOOTH / odds.shape[1])
    wish[np.arange(len(true)), true] -= np.float32(1 - SMOOTH)
    wish /= np.float32(len(true))
    sharp = np.exp(head.sharpness)
    rows, centres = (wish @ looked.units) * sharp, (wish.T @ looked.rows) * sharp
    centres = _across(centres, looked.units) / looked.sizes
    sharpness = np.array([(wish * looked.cosines).sum() * sharp[0]], np.float32)
    means = _across(rows, looked.rows) / looked.lengths
    _, found = layer.back(np.repeat(means, packed.lengths, axis=0), looked.seen, packed)
    return [*found, centres, sharpness, wish.sum(axis=0)]


def _across(wish: FloatArray, units: FloatArray) -> FloatArray:
    """Without the part along a unit row, which its length takes away."""
    return np.asarray(wish - units * (wish * units).sum(axis=1, keepdims=True))


def _by_length(tokens: Tokens, places: IntArray) -> IntArray:
    return np.asarray(places[np.argsort(tokens.lengths[places], kind="stable")])


def _lots(tokens: Tokens, places: IntArray, chance: np.random.Generator) -> Iterator[IntArray]:
    """All in a new order, those of about one length together."""
    order = chance.permutation(places)
    lots = []
    for start in range(0, len(order), AT_ONCE * SORTED):
        part = _by_length(tokens, order[start : start + AT_ONCE * SORTED])
        lots += [part[first : first + AT_ONCE] for first in range(0, len(part), AT_ONCE)]
    yield from (lots[i] for i in chance.permutation(len(lots)).tolist())


class _Adam:
    """AdamW with a linear way up and down; the head's weights go further and are not drawn to zero."""

    def __init__(self, body: list[FloatArray], head: list[FloatArray], steps: int) -> None:
        self.weights, self.body, self.steps, self.done = [*body, *head], len(body), steps, 0
        self.means = [np.zeros_like(part) for part in self.weights]
        self.squares = [np.zeros_like(part) for part in self.weights]

    def step(self, found: list[FloatArray]) -> None:
        """The weights are changed in place."""
        length = float(np.sqrt(sum(float(np.vdot(part, part)) for part in found)))
        shrink = np.float32(min(1.0, LONGEST_STEP / max(length, 1e-9)))
        self.done += 1
        share = min(
            self.done / max(WARM * self.steps, 1.0),
            (self.steps - self.done + 1) / max((1 - WARM) * self.steps, 1.0),
        )
        corrected = (1 - FORGET_SQUARES**self.done) ** 0.5
        for place, (weight, part, mean, square) in enumerate(
            zip(self.weights, found, self.means, self.squares, strict=True)
        ):
            part = part * shrink
            mean += np.float32(1 - FORGET) * (part - mean)
            square += np.float32(1 - FORGET_SQUARES) * (part * part - square)
            far = share * (STEP if place < self.body else HEAD_STEP)
            if place < self.body:
                weight *= np.float32(1 - far * DECAY)
            ahead = np.float32(far * corrected / (1 - FORGET**self.done))
            weight -= ahead * mean / (np.sqrt(square) + np.float32(1e-8))
