"""Of very many texts some stand for the others, and neighbours tell as much as if all were asked."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.encoders import default
from textanalytics.naming.saying import nearness
from textanalytics.naming.saying.nearness import AMONG, Meaning

SPREAD = 0.6


def of_two_halves(lying_apart: float) -> Meaning:
    """Texts whose second half lies so far from the first."""
    chance = np.random.default_rng(5)
    rows = SPREAD * chance.normal(size=(4 * AMONG, default().dimensions)) / default().dimensions ** 0.5
    rows[:, 0] += np.where(np.arange(len(rows)) < 2 * AMONG, lying_apart, -lying_apart)
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return Meaning(default(), vectors, np.zeros(len(vectors), np.int64))


@pytest.mark.parametrize("apart", [0.0, 1.0])
def test_texts_that_stand_for_others_count_for_as_many(apart: float, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = np.arange(1, 2 * AMONG, 40)
    all_asked = of_two_halves(apart).inside(mine)
    monkeypatch.setattr(nearness, "MOST", AMONG)
    assert of_two_halves(apart).inside(mine) == pytest.approx(all_asked, abs=0.03)
