"""Micro-clusters fold the cheapest first, so that what is folded still says one thing."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.base import FloatArray
from textanalytics.grouping.micros import Micros, cheapest, nearest_before, unit

FREE = np.ones(5, np.bool_)


def points(count: int, *, seed: int = 0, dimensions: int = 8) -> FloatArray:
    return unit(np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32))


def test_the_nearest_before_each_row_is_what_looking_at_all_finds() -> None:
    rows = points(2500)
    nearest, cosine = nearest_before(rows)
    for i in (1, 2, 1023, 1024, 1025, 2499):
        near = rows[:i] @ rows[i]
        assert nearest[i] == near.argmax()
        assert cosine[i] == pytest.approx(near.max(), abs=1e-6)


def test_one_message_is_folded_before_two_large_ones_that_are_nearer() -> None:
    nearest, cosine = np.array([0, 0, 1, 0, 0]), np.array([-1, 0.9, 0.6, 0.3, 0.2], np.float32)
    counts = np.array([900, 800, 1, 1, 1])
    assert cheapest(nearest, cosine, counts, FREE, 1).tolist() == [0, 1, 1, 3, 4]
    assert cheapest(nearest, cosine, counts, FREE, 3).tolist() == [0, 1, 1, 0, 0]


def test_nobody_follows_one_that_follows() -> None:
    nearest, cosine = np.array([0, 0, 1, 2, 3]), np.array([-1, 0.99, 0.98, 0.97, 0.96], np.float32)
    follows = cheapest(nearest, cosine, np.ones(5, np.int64), FREE, 4)
    assert (follows[follows] == follows).all()
    assert follows.tolist() == [0, 0, 2, 2, 4]


def test_what_may_not_follow_stands() -> None:
    nearest, cosine = np.array([0, 0, 0, 0, 0]), np.full(5, 0.9, np.float32)
    free = np.array([True, False, True, False, True])
    assert cheapest(nearest, cosine, np.ones(5, np.int64), free, 9).tolist() == [0, 1, 0, 3, 0]


def test_folding_many_altered_copies_keeps_matters_apart() -> None:
    centres, chance = points(40, dimensions=64), np.random.default_rng(1)
    matter = chance.integers(0, 40, 4000)
    rows = unit(centres[matter] + chance.normal(0, 0.09, (4000, 64)).astype(np.float32))
    micros = Micros(64, 400)
    micros.put(micros.create(4000), rows, [""] * 4000)
    micros.fold()
    stands = micros.resolve(np.arange(4000))
    assert len(micros.live) <= 280
    said = np.zeros((4000, 40), np.int64)
    np.add.at(said, (stands, matter), 1)
    assert said.max(1).sum() >= 0.98 * 4000
    assert micros.counts.sum() == 4000


def test_held_ones_fold_only_among_themselves() -> None:
    micros = Micros(8, 40)
    ids = micros.create(60)
    micros.put(ids, points(60), [""] * 60)
    micros.theme[ids], micros.held[:6] = 0, True
    micros.theme[:3] = 1
    micros.theme[3:6] = 2
    micros.fold()
    into = micros.resolve(ids)
    assert len(micros.live) <= 28
    assert (into[:3] < 3).all()
    assert ((into[3:6] >= 3) & (into[3:6] < 6)).all()


def test_a_full_house_of_held_ones_stays_as_it_is() -> None:
    micros = Micros(8, 10)
    ids = micros.create(20)
    micros.put(ids, points(20), [""] * 20)
    micros.theme[ids], micros.held[ids] = ids, True
    micros.fold()
    assert len(micros.live) == 20
