"""What people know as a theme is put back together unless it is clearly otherwise."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.grouping.hysteresis import keep_company

PARCELS, CARDS = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


def rows(*groups: tuple[tuple[float, float, float], int]) -> FloatArray:
    """So many rows around each direction, no two the same."""
    noise = np.random.default_rng(0).normal(0, 0.05, (sum(count for _, count in groups), 3))
    points = np.repeat([point for point, _ in groups], [count for _, count in groups], axis=0) + noise
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), np.float32)


def labels(*parts: tuple[int, int]) -> IntArray:
    return np.repeat([label for label, _ in parts], [count for _, count in parts])


def kept(groups: IntArray, old: IntArray, vectors: FloatArray, held: tuple[int, ...] = ()) -> list[int]:
    fixed = np.isin(np.arange(len(old)), held)
    return keep_company(groups, old, vectors, np.ones(len(old), np.int64), fixed).tolist()


def test_a_piece_that_is_no_nearer_to_others_stays() -> None:
    vectors = rows((PARCELS, 8), (CARDS, 6))
    old, groups = labels((0, 8), (1, 6)), labels((5, 5), (6, 9))
    assert kept(groups, old, vectors) == labels((5, 8), (6, 6)).tolist()


def test_a_piece_that_is_clearly_nearer_to_others_goes() -> None:
    vectors = rows((PARCELS, 5), (CARDS, 9))
    old, groups = labels((0, 8), (1, 6)), labels((5, 5), (6, 9))
    assert kept(groups, old, vectors) == groups.tolist()


def test_a_theme_is_split_only_into_what_is_unlike() -> None:
    old, groups = labels((0, 12)), labels((5, 7), (6, 5))
    assert kept(groups, old, rows((PARCELS, 12))) == [5] * 12
    assert kept(groups, old, rows((PARCELS, 7), (CARDS, 5))) == groups.tolist()


def test_two_themes_become_one_only_when_they_are_alike() -> None:
    old, groups = labels((0, 8), (1, 6)), labels((5, 14))
    assert kept(groups, old, rows((PARCELS, 14))) == [5] * 14
    apart = kept(groups, old, rows((PARCELS, 8), (CARDS, 6)))
    assert len(set(apart[:8])) == len(set(apart[8:])) == 1
    assert apart[0] != apart[8]


def test_who_is_alone_is_free_to_find_company() -> None:
    old, groups = labels((0, 8), (1, 1)), labels((5, 9))
    assert kept(groups, old, rows((PARCELS, 8), (CARDS, 1))) == [5] * 9


def test_two_are_no_longer_torn_apart_or_swallowed_by_strangers() -> None:
    swallowed = kept(labels((5, 10)), labels((0, 8), (1, 2)), rows((PARCELS, 8), (CARDS, 2)))
    assert len(set(swallowed[8:])) == 1 and swallowed[8] != swallowed[0]
    assert kept(labels((5, 1), (6, 1)), labels((0, 2)), rows((PARCELS, 2))) in ([5, 5], [6, 6])


def test_a_guess_holds_nobody_back() -> None:
    vectors = rows((PARCELS, 8), (CARDS, 6))
    old, groups = labels((0, 5), (-1, 3), (1, 6)), labels((5, 5), (6, 9))
    assert kept(groups, old, vectors) == groups.tolist()
    assert kept(groups, labels((0, 8), (1, 6)), vectors)[5:8] == [5, 5, 5]


def test_newcomers_of_the_same_matter_go_back_with_those_they_came_to() -> None:
    vectors = rows((PARCELS, 14))
    old, groups = labels((0, 8), (-1, 6)), labels((5, 5), (6, 9))
    assert kept(groups, old, vectors) == [5] * 14


def test_newcomers_of_another_matter_begin_a_theme() -> None:
    vectors = rows((PARCELS, 8), (CARDS, 6))
    old, groups = labels((0, 8), (-1, 6)), labels((5, 5), (6, 9))
    assert kept(groups, old, vectors) == labels((5, 8), (6, 6)).tolist()


def test_what_is_put_back_does_not_depend_on_the_order_of_names() -> None:
    vectors = rows((PARCELS, 8), (CARDS, 6))
    old, groups = labels((0, 8), (1, 6)), labels((5, 5), (6, 9))
    assert kept(groups, old + 7, vectors) == kept(groups, old, vectors)


def test_what_a_person_holds_is_left_where_it_is() -> None:
    vectors = rows((PARCELS, 8), (CARDS, 6))
    old, groups = labels((0, 8), (1, 6)), labels((5, 5), (6, 9))
    assert kept(groups, old, vectors, held=(7,)) == groups.tolist()


def test_without_a_past_nothing_is_put_back() -> None:
    groups = labels((5, 5), (6, 9))
    assert kept(groups, np.full(14, -1), rows((PARCELS, 14))) == groups.tolist()
