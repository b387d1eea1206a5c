"""How a text says it, beside what it says: rows that an encoder has at hand while it makes a text's vector.

A model of sentences is taught to tell what two texts are about, and its last layers let go of mood and tone; its middle ones
still have them (Liu et al. 2019, arXiv 1903.08855). Of static vectors it is the greatest of each dimension that has them:
one strong word decides it, where a mean is of all words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from textanalytics.base import Encoder, FloatArray


@runtime_checkable
class Mannered(Encoder, Protocol):
    """An encoder that shows both of one pass."""

    def encode_both(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """(n, dimensions) as `encode` gives it, and (n, k) rows of the manner, of any length."""
        ...


def encode_both(encoder: Encoder, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
    """Of any encoder; k is 0 where it shows no manner."""
    if isinstance(encoder, Mannered):
        return encoder.encode_both(texts)
    return encoder.encode(texts), np.zeros((len(texts), 0), np.float32)
