"""Two sets are one where the neighbours of each are as often of the other."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.base import FloatArray
from textanalytics.settling.marks import unit_rows
from textanalytics.settling.mixing import mixing


def around(place: int, count: int = 40, seed: int = 0) -> FloatArray:
    """Unit rows near one direction."""
    rows = np.random.default_rng(seed).normal(scale=0.2, size=(count, 16)).astype(np.float32)
    rows[:, place] += 1
    return unit_rows(rows)


def test_what_lies_apart_does_not_mix() -> None:
    assert mixing(around(0), around(1)) < 0.1


def test_two_halves_of_one_mix_as_chance_has_it() -> None:
    assert mixing(around(0), around(0, seed=1)) == pytest.approx(1, abs=0.25)


def test_sizes_do_not_matter() -> None:
    assert mixing(around(0, 12), around(0, 120, seed=1)) == pytest.approx(1, abs=0.35)


def test_part_of_another_mixes_less_than_all_of_it() -> None:
    other = np.concatenate([around(0, 20, seed=1), around(1, 20, seed=2)])
    assert mixing(around(0), other) < 0.8
