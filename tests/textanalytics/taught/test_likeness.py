from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from textanalytics.taught.single import certainty, likeness
from textanalytics.taught.single.certainty import Opinions
from textanalytics.taught.single.likeness import Seen
from textanalytics.taught.single.views import BUCKETS, Scaling, View
from textanalytics.words.sparse import csr_matrix


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def seen(rows: np.ndarray, hunches: np.ndarray | None = None, words: np.ndarray | None = None) -> Seen:
    nothing = np.zeros((len(rows), 1), np.float32)
    return Seen(
        rows,
        nothing if hunches is None else hunches.astype(np.float32),
        csr_matrix(nothing if words is None else words.astype(np.float32)),
    )


def said(learnt: likeness.Likeness, asked: Seen) -> np.ndarray:
    return learnt.scores(learnt.near(asked.meanings), asked)


def corners(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two classes, each at two opposite corners: no line tells them apart."""
    chance = np.random.default_rng(seed)
    corner = np.arange(n) % 4
    places = np.array([[1, 1, 0], [-1, -1, 0], [1, -1, 0], [-1, 1, 0]], float)[corner]
    return unit(places + chance.normal(0, 0.1, (n, 3))), corner // 2


def test_a_class_that_means_two_things_is_told_by_likeness() -> None:
    rows, classes = corners(80)
    asked, true = corners(40, seed=1)
    learnt = likeness.fit(seen(rows), classes, 2, seed=0)
    assert (said(learnt, seen(asked)).argmax(axis=1) == true).all()


def test_texts_of_one_meaning_are_told_apart_by_their_words() -> None:
    rows, words = unit(np.ones((40, 3))), np.eye(2)[np.arange(40) % 2]
    learnt = likeness.fit(seen(rows, words=words), np.arange(40) % 2, 2, seed=0)
    assert said(learnt, seen(rows[:2], words=np.eye(2))).argmax(axis=1).tolist() == [0, 1]


def test_texts_of_one_meaning_are_told_apart_by_what_the_reader_thinks() -> None:
    """By likeness, not along a line: the class between two others is found as well."""
    rows, hunches = unit(np.ones((60, 3))), (np.arange(60) % 3 * 4.0)[:, None]
    classes = np.array([0, 1, 0])[np.arange(60) % 3]
    learnt = likeness.fit(seen(rows, hunches), classes, 2, seed=0)
    assert said(learnt, seen(rows[:3], hunches[:3])).argmax(axis=1).tolist() == [0, 1, 0]


def test_texts_of_one_meaning_are_told_apart_by_their_manner() -> None:
    """Also where one manner's numbers are a thousand times the other's."""
    manners = np.eye(2)[np.arange(40) % 2] * [1, 1000] + 5
    view = View(
        csr_matrix((40, 2 * BUCKETS), dtype=np.float32),
        unit(np.ones((40, 3))),
        np.zeros((40, 1)),
        manners.astype(np.float32),
    )
    scaling = Scaling.learn(view)
    learnt = likeness.fit(Seen.of(view, scaling), np.arange(40) % 2, 2, seed=0)
    assert said(learnt, Seen.of(view.rows(np.arange(2)), scaling)).argmax(axis=1).tolist() == [0, 1]
    plain = replace(view, manners=view.manners[:, :0])
    assert Seen.of(plain, scaling).meanings is plain.meanings


def test_a_rare_class_is_told_as_well_as_a_common_one() -> None:
    rows, words = unit(np.ones((103, 3))), np.eye(2)[(np.arange(103) >= 100).astype(int)]
    learnt = likeness.fit(seen(rows, words=words), (np.arange(103) >= 100).astype(int), 2, seed=0)
    rare, between = said(learnt, seen(rows[:2], words=np.array([[0.0, 1.0], [0.5, 0.5]])))
    assert rare[1] > 0.9
    assert between[0] == pytest.approx(between[1], abs=0.01)


def test_a_class_without_examples_gets_no_score() -> None:
    rows, classes = corners(40)
    learnt = likeness.fit(seen(rows), classes, 3, seed=0)
    assert not said(learnt, seen(rows))[:, 2].any()


@pytest.mark.parametrize("most", [likeness.ALL, 10])
def test_the_same_text_many_times_can_be_learnt(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "ALL", most)
    rows, _ = corners(2)
    learnt = likeness.fit(seen(np.repeat(rows, 60, axis=0)), np.repeat([0, 1], 60), 2, seed=0)
    assert np.isfinite(learnt.weights).all()


def test_of_many_examples_some_stand_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, classes = corners(400)
    every = likeness.fit(seen(rows), classes, 2, seed=0)
    monkeypatch.setattr(likeness, "ALL", 300)
    some = likeness.fit(seen(rows), classes, 2, seed=0)
    assert len(some.exemplars) == 2 * likeness.SOME < len(every.exemplars) == 400
    asked, _ = corners(40, seed=1)
    np.testing.assert_allclose(said(some, seen(asked)), said(every, seen(asked)), atol=0.05)


def test_examples_are_kept_of_every_class_but_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "ALL", 50)
    classes = np.array([0] * 100 + [1] * 3)
    kept = classes[likeness.places(classes, 2, seed=0)]
    assert (kept == 0).sum() == likeness.SOME and (kept == 1).sum() == 3
    assert np.array_equal(likeness.places(classes, 2, 0), likeness.places(classes, 2, 0))


def test_what_lies_apart_from_every_example_is_strange() -> None:
    rows, classes = corners(40)
    learnt = likeness.fit(seen(rows), classes, 2, seed=0)
    apart = learnt.near(np.array([[0, 0, 1]], np.float32))
    assert likeness.strangeness(apart)[0] > likeness.strangeness(learnt.near(rows)).max() + 0.3


def test_an_opinion_that_misleads_is_left_out() -> None:
    chance = np.random.default_rng(3)
    true = chance.integers(0, 3, 300)
    telling = (np.eye(3)[true] + chance.normal(0, 0.3, (300, 3))).astype(np.float32)
    misleading = (-20 * np.eye(3)[true] * (chance.random((300, 1)) < 0.5)).astype(np.float32)
    sure = certainty.learn(Opinions(telling, misleading, telling, np.zeros(300)), true, none=False)
    assert sure.factors[1] < 0.01 < sure.factors[2]


def test_the_mixture_with_most_right_answers_is_taken() -> None:
    """Margins that mislead a tenth of the texts, but make the others surer, are likelier; likeness misleads a twentieth."""
    true, kind = np.arange(300) % 3, (np.arange(300) // 3 % 20)[:, None]
    own, other = np.eye(3)[true], np.eye(3)[(true + 1) % 3]
    margins = np.where(kind < 2, 0.3 * other, own)
    likeness = np.where(kind == 2, other, 0.2 * own)
    said = Opinions(margins, np.zeros((300, 3)), likeness, np.zeros(300))
    sure = certainty.learn(said, true, none=False)
    right = sure.probabilities(said).argmax(axis=1) == true
    assert right.tolist() == (kind[:, 0] != 2).tolist()
    assert sure.factors[0] == pytest.approx(certainty.LITTLE * sure.factors[2], abs=0.001)
