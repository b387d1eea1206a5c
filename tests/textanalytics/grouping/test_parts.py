"""A theme's messages fall into parts by what they do not have in common."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.base import FloatArray
from textanalytics.grouping import parts as module
from textanalytics.grouping.parts import LEAST, parts


def around(*sizes: int, seed: int = 0) -> FloatArray:
    """Rows about as many axes, all of them near one direction more."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(0, 0.05, (sum(sizes), 16)).astype(np.float32)
    rows[np.arange(len(rows)), np.repeat(np.arange(len(sizes)), sizes)] += 1
    rows[:, 15] += 3
    return rows


def test_parts_are_numbered_by_their_size() -> None:
    found = parts(around(20, 50, 30))
    assert np.bincount(found).tolist() == [50, 30, 20]
    assert set(found[20:70].tolist()) == {0}


def test_too_small_a_part_goes_to_the_nearest() -> None:
    found = parts(around(60, 40, LEAST - 2))
    assert len(np.unique(found)) == 2
    assert len(found) == 100 + LEAST - 2


def test_few_messages_are_one_part() -> None:
    assert not parts(around(LEAST, LEAST - 1)).any()


def test_of_very_many_some_are_asked_and_all_are_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = parts(around(200, 300, 100))
    monkeypatch.setattr(module, "ASKED", 150)
    assert (parts(around(200, 300, 100)) == whole).all()
    assert np.bincount(whole).tolist() == [300, 200, 100]
