"""How near what a phrase means is to what a theme means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray

LEAST = 0.05


class Meaning:
    """How near what a phrase means is to what a theme means, away from what all texts have in common."""

    def __init__(self, encoder: Encoder, vectors: FloatArray, labels: IntArray) -> None:
        self._encoder, self._vectors = encoder, vectors
        self._middle = vectors[labels >= 0].mean(0) if (labels >= 0).any() else np.float32(0)

    def nearness(self, members: IntArray, said: Sequence[str]) -> list[float]:
        """0 to 1 for each: 1 for the nearest of them."""
        theme = self._vectors[members].mean(0) - self._middle
        rows = self._encoder.encode(said) - self._middle
        near = rows @ theme / np.maximum(np.linalg.norm(rows, axis=1), 1e-9)
        best = max(float(near.max(initial=0.0)), 1e-9)
        return np.clip(near / best, LEAST, 1.0).tolist()
