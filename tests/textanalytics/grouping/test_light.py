"""Among many messages the micro-clusters of few follow the others, and make no themes of their own."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grouping.graph import PLENTY
from textanalytics.grouping.light import followed, light
from textanalytics.grouping.partition import group_many

HALF, MATTERS = PLENTY // 2, 24
NOBODY = np.zeros(2 * HALF, np.bool_)


def test_what_holds_a_message_where_the_others_hold_many_is_light() -> None:
    counts = np.where(np.arange(2 * HALF) < 100, 4, 10)
    assert np.flatnonzero(light(counts, NOBODY)).tolist() == list(range(100))


def test_where_most_stand_alone_nobody_is_light() -> None:
    counts = np.where(np.arange(2 * HALF) < 100, 5_000, 1)
    assert not light(counts, NOBODY).any()


def test_in_a_small_corpus_nobody_is_light() -> None:
    counts = np.where(np.arange(PLENTY - 1) < 100, 1, 10)
    assert not light(counts, np.zeros(PLENTY - 1, np.bool_)).any()


def test_what_a_person_holds_is_never_light() -> None:
    counts = np.where(np.arange(2 * HALF) < 100, 1, 10)
    assert np.flatnonzero(light(counts, np.arange(2 * HALF) < 40)).tolist() == list(range(40, 100))


def test_who_follows_joins_the_nearest_middle_or_none_where_nothing_is_in_common() -> None:
    rows = np.eye(4, dtype=np.float32)[[0, 0, 1, 1, 0, 1, 2, 3]]
    follows = np.arange(8) >= 4
    assert followed(np.array([0, 0, 1, 1]), rows, np.ones(8, np.int64), follows).tolist() == [0, 1, -1, -1]


def _grouped(strays: np.ndarray, said: list[str], of_each: int) -> tuple[np.ndarray, np.ndarray]:
    """Groups of micro-clusters of 24 matters, of forty messages each, and of strays of so many."""
    chance, matter = np.random.default_rng(1), np.arange(PLENTY) % MATTERS
    rows = np.eye(MATTERS, 64)[matter] + chance.normal(0, 0.15, (PLENTY, 64))
    texts = [f"matter{i} w{chance.integers(300)}" for i in matter.tolist()]
    units = np.concatenate([rows, strays])
    units = (units / np.linalg.norm(units, axis=1, keepdims=True)).astype(np.float32)
    n = len(units)
    counts = np.where(np.arange(n) < PLENTY, 40, of_each)
    new, nobody = np.full(n, -1), np.zeros(n, np.bool_)
    groups = group_many(units, counts, texts + said, new, nobody, detail=1.5, seed=0)
    return groups[:PLENTY], groups[PLENTY:]


def test_what_lies_between_two_matters_makes_no_themes_where_it_is_a_message_among_many() -> None:
    chance = np.random.default_rng(2)
    between = chance.integers(0, MATTERS, (1000, 2))
    strays = np.eye(MATTERS, 64)[between].sum(1) + chance.normal(0, 0.05, (1000, 64))
    said = [f"matter{one} matter{other}" for one, other in between.tolist()]
    many, follow = _grouped(strays, said, 1)
    assert [len(set(many[i::MATTERS].tolist())) for i in range(MATTERS)] == [1] * MATTERS
    assert len(set(many.tolist())) == MATTERS
    assert set(follow.tolist()) <= set(many.tolist())
    decide, _ = _grouped(strays, said, 40)
    assert len(set(decide.tolist())) > 2 * MATTERS


@pytest.mark.parametrize("count", [60, 200])
def test_a_new_matter_of_single_messages_is_a_theme_among_many(count: int) -> None:
    fresh = np.tile(np.eye(1, 64, 40), (count, 1))
    fresh += np.random.default_rng(2).normal(0, 0.05, fresh.shape)
    old, groups = _grouped(fresh, ["drone landed roof"] * count, 1)
    assert len(np.unique(groups)) == 1
    assert groups[0] not in old
