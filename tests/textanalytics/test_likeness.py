from __future__ import annotations

import numpy as np

from textanalytics.taught import certainty, likeness
from textanalytics.taught.certainty import Opinions


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def corners(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two classes, each at two opposite corners: no line tells them apart."""
    chance = np.random.default_rng(seed)
    corner = np.arange(n) % 4
    places = np.array([[1, 1, 0], [-1, -1, 0], [1, -1, 0], [-1, 1, 0]], float)[corner]
    return unit(places + chance.normal(0, 0.1, (n, 3))), corner // 2


def test_a_class_that_means_two_things_is_told_by_likeness() -> None:
    rows, classes = corners(80)
    asked, true = corners(40, seed=1)
    learnt = likeness.fit(rows, classes, 2, seed=0)
    assert (learnt.scores(learnt.near(asked)).argmax(axis=1) == true).all()


def test_a_class_without_examples_gets_no_score() -> None:
    rows, classes = corners(40)
    learnt = likeness.fit(rows, classes, 3, seed=0)
    assert not learnt.scores(learnt.near(rows))[:, 2].any()


def test_the_same_text_many_times_can_be_learnt() -> None:
    rows, classes = corners(2)
    learnt = likeness.fit(np.repeat(rows, 60, axis=0), np.repeat([0, 1], 60), 2, seed=0)
    assert np.isfinite(learnt.weights).all()


def test_examples_are_kept_of_every_class_but_not_all() -> None:
    classes = np.array([0] * 100 + [1] * 3)
    kept = classes[likeness.places(classes, 2, seed=0)]
    assert (kept == 0).sum() == likeness.EXEMPLARS and (kept == 1).sum() == 3
    assert np.array_equal(likeness.places(classes, 2, 0), likeness.places(classes, 2, 0))


def test_what_lies_apart_from_every_example_is_strange() -> None:
    rows, classes = corners(40)
    learnt = likeness.fit(rows, classes, 2, seed=0)
    apart = learnt.near(np.array([[0, 0, 1]], np.float32))
    assert likeness.strangeness(apart)[0] > likeness.strangeness(learnt.near(rows)).max() + 0.3


def test_an_opinion_that_misleads_is_left_out() -> None:
    chance = np.random.default_rng(3)
    true = chance.integers(0, 3, 300)
    telling = (np.eye(3)[true] + chance.normal(0, 0.3, (300, 3))).astype(np.float32)
    misleading = (-20 * np.eye(3)[true] * (chance.random((300, 1)) < 0.5)).astype(np.float32)
    sure = certainty.learn(Opinions(telling, misleading, telling, np.zeros(300)), true, none=False)
    assert sure.factors[1] < 0.01 < sure.factors[2]
