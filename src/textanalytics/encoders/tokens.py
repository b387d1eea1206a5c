"""What an encoder has of each token of a text on its way to the text's vector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.encoders.layers import Packed
from textanalytics.encoders.learning import LearningLayer


@dataclass(frozen=True)
class Tokens:
    """`table` (t, size) float32 holds the tokens of n texts, each text's together; theirs `starts` (n,) and `lengths` (n,)."""

    table: FloatArray
    starts: IntArray
    lengths: IntArray

    @classmethod
    def none(cls, texts: int) -> Tokens:
        return cls(np.zeros((0, 0), np.float32), np.zeros(texts, np.int64), np.zeros(texts, np.int64))

    @classmethod
    def together(cls, parts: Sequence[Tokens]) -> Tokens:
        before = np.cumsum([0, *(len(part.table) for part in parts)])
        return cls(
            np.concatenate([part.table for part in parts]),
            np.concatenate([part.starts + more for part, more in zip(parts, before, strict=False)]),
            np.concatenate([part.lengths for part in parts]),
        )

    def rows(self, places: IntArray) -> Tokens:
        """Of some of the texts; the table stays whole."""
        return Tokens(self.table, self.starts[places], self.lengths[places])

    def packed(self, places: IntArray) -> tuple[FloatArray, Packed]:
        """A copy of the tokens of some texts, given by their lengths ascending."""
        lengths = self.lengths[places]
        starts = np.cumsum(lengths) - lengths
        at = np.repeat(self.starts[places] - starts, lengths) + np.arange(int(lengths.sum()))
        return self.table[at], Packed(at, lengths, starts)


@runtime_checkable
class Learnable(Encoder, Protocol):
    """An encoder one of whose layers can learn from examples."""

    def encode_tokens(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray, Tokens]:
        """As `encode_both`, and the tokens, at most so many of a text, as they go into the layer that makes the manner."""
        ...

    def learning_layer(self) -> LearningLayer:
        """A copy of that layer, to be changed."""
        ...
