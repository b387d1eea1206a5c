"""What a partition cut in two becomes one again; neighbours stay two."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from textanalytics.grouping.graph import neighbours, shared
from textanalytics.grouping.halves import made_whole

NOBODY = np.full(150, -1)
ONES = np.ones(150, np.int64)
CUT = np.repeat([0, 1, 2], 50)
"""Of two matters of 100 and 50 messages, the first is cut in two."""


def _matters(apart: float = 0.0) -> tuple[np.ndarray, csr_matrix]:
    """The rows and the graph of two matters; `apart` draws the halves of the first from each other."""
    random = np.random.default_rng(5)
    middles = np.zeros((3, 12))
    middles[:2, 0], middles[2, 1] = 1, 1
    middles[1, 2] = apart
    rows = np.repeat(middles, 50, axis=0) + random.normal(scale=0.25, size=(150, 12))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return rows, shared(neighbours(rows))


def test_halves_of_one_matter_are_joined_and_another_matter_is_not() -> None:
    rows, graph = _matters()
    assert made_whole(CUT, rows, ONES, graph, NOBODY, 0.8).tolist() == [0] * 100 + [1] * 50


def test_neighbours_whose_messages_are_nearer_to_their_own_stay_two() -> None:
    rows, graph = _matters(apart=2.5)
    assert made_whole(CUT, rows, ONES, graph, NOBODY, 0.8).tolist() == CUT.tolist()


def test_means_that_are_near_join_nothing_that_no_edge_does() -> None:
    rows, _ = _matters()
    islands = np.kron(np.eye(3), np.ones((50, 50))) - np.eye(150)
    assert made_whole(CUT, rows, ONES, csr_matrix(islands), NOBODY, 0.8).tolist() == CUT.tolist()


@pytest.mark.parametrize(
    ("bridge", "focused", "groups"), [(1.5, 0.8, 2), (1.5, 1.0, 3), (9.0, 0.8, 3), (9.0, 0.2, 3)]
)
def test_halves_have_little_to_do_with_others_and_in_clear_talk_hardly_anything(
    bridge: float, focused: float, groups: int
) -> None:
    rows, graph = _matters()
    bridged = graph.tolil()
    bridged[:10, 149] = bridged[149, :10] = bridge
    assert len(set(made_whole(CUT, rows, ONES, bridged.tocsr(), NOBODY, focused).tolist())) == groups


def test_what_a_person_keeps_apart_stays_apart() -> None:
    rows, graph = _matters()
    pinned = NOBODY.copy()
    pinned[[0, 50]] = [7, 8]
    assert made_whole(CUT, rows, ONES, graph, pinned, 0.8).tolist() == CUT.tolist()
    pinned[50] = 7
    assert len(set(made_whole(CUT, rows, ONES, graph, pinned, 0.8).tolist())) == 2


def test_few_messages_are_no_half() -> None:
    rows, graph = _matters()
    few, order = np.repeat([0, 1], [7, 93]), np.argsort(rows[:100] @ rows[0], kind="stable")[::-1]
    groups = CUT.copy()
    groups[order] = few
    assert len(set(made_whole(groups, rows, ONES, graph, NOBODY, 0.8).tolist())) == 3
    assert len(set(made_whole(groups, rows, ONES * 2, graph, NOBODY, 0.8).tolist())) == 2
