"""What a model's upper layers say of classes that they have learnt to tell apart: an opinion beside the others.

It is there where the encoder is a model's folder, PyTorch is installed and there are enough examples. A tenth of
them is kept from it, so that what it says of these tells how far to trust it. Asking it needs no
PyTorch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.encoders.layers import Weights
from textanalytics.encoders.learning import Learnt, learn, learns_here
from textanalytics.encoders.transformer import TransformerEncoder
from textanalytics.taught.holdout import TENTHS, parts
from textanalytics.text import clean

LEAST, EACH = 1_000, 20
"""Examples from which on it is worth its time: so many of all, and so many for each class on the mean."""


@dataclass(frozen=True)
class Tuned:
    """`encoder` is the model with the layers that learnt."""

    learnt: Learnt
    encoder: Encoder

    @classmethod
    def of(cls, learnt: Learnt, encoder: Encoder) -> Tuned:
        """ValueError when the encoder is no model that has such layers."""
        if not isinstance(encoder, TransformerEncoder):
            raise ValueError(f"These classes have layers that the encoder {encoder.name} cannot run.")
        return cls(learnt, encoder.with_layers(learnt.layers))

    def odds(self, texts: Sequence[str]) -> FloatArray:
        """(n, classes) log odds of texts that are cleaned, about zero in each row."""
        said = self.encoder.encode(texts) @ self.learnt.directions.T + self.learnt.bias
        return np.asarray(said - said.mean(axis=1, keepdims=True), np.float32)

    def arrays(self) -> dict[str, Any]:
        """To be kept; half precision loses nothing of the layers."""
        layers = {LAYER + name: part.astype(np.float16) for name, part in self.learnt.layers.items()}
        return {DIRECTIONS: self.learnt.directions, BIAS: self.learnt.bias, **layers}


LAYER, DIRECTIONS, BIAS = "tuned/", "tuned_directions", "tuned_bias"


def of_arrays(kept: Mapping[str, FloatArray], encoder: Encoder) -> Tuned | None:
    """As `Tuned.arrays` gave them; None when there are none."""
    if DIRECTIONS not in kept:
        return None
    layers: Weights = {
        name.removeprefix(LAYER): kept[name].astype(np.float32) for name in kept if name.startswith(LAYER)
    }
    return Tuned.of(Learnt(layers, kept[DIRECTIONS], kept[BIAS]), encoder)


def tune(
    encoder: Encoder, texts: Sequence[str], true: IntArray, count: int, *, even: bool, seed: int
) -> Tuned | None:
    """`true` is one of `count` classes by number, -1 for what belongs to none; with `even` they weigh the same. None where nothing is learnt."""
    if (true >= 0).sum() < max(LEAST, EACH * count) or not learns_here(encoder):
        return None
    assert isinstance(encoder, TransformerEncoder)  # noqa: S101 as learns_here has found
    part = next(parts(true, count, none=False, seed=seed, folds=TENTHS), None)
    if part is None:
        return None
    said = [clean(texts[i]) for i in part.taught.tolist()]
    learnt = learn(encoder, said, true[part.taught], count, even=even, seed=seed)
    return Tuned.of(learnt, encoder)
