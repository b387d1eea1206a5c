"""What is like nothing else is told from clear groups and from broad matters."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from textanalytics.grouping.coherence import cut_again
from textanalytics.grouping.diffuse import diffuse

GROUPS = np.repeat([0, 1], 20)
ONES, NEW = np.ones(40, np.int64), np.full(40, -1)


def _rows(alike: float) -> np.ndarray:
    """Twenty messages of one matter, and twenty of which two have a cosine of `alike`."""
    rows = np.zeros((40, 42))
    rows[:20, 0] = 1
    rows[20:, 1], rows[20:, 22:] = alike**0.5, np.eye(20) * (1 - alike) ** 0.5
    return rows.astype(np.float32)


def _edges(outside: float) -> csr_matrix:
    """All know each other in their group; of what leads from the second group, so much leads into the first."""
    edges = np.kron(np.eye(2), np.ones((20, 20))) - np.eye(40)
    across = 19 * outside / (1 - outside) / 20
    edges[:20, 20:] = edges[20:, :20] = across
    return csr_matrix(edges)


@pytest.mark.parametrize(
    ("alike", "outside", "found"),
    [(0.18, 0.6, True), (0.18, 0.1, False), (0.25, 0.6, False), (0.1, 0.1, True)],
)
def test_it_is_little_alike_and_its_neighbours_are_elsewhere(
    alike: float, outside: float, found: bool
) -> None:
    assert diffuse(GROUPS, _rows(alike), ONES, _edges(outside), NEW).tolist() == [False, found]


def test_a_group_of_few_is_not_judged() -> None:
    few = np.where(np.arange(40) < 33, 0, 1)
    assert not diffuse(few, _rows(0.1), ONES, _edges(0.6), NEW)[1]
    assert diffuse(few, _rows(0.1), ONES * 2, _edges(0.6), NEW)[1]


def test_what_most_have_known_as_a_theme_is_not_judged() -> None:
    old = np.where(np.arange(40) < 31, 5, -1)
    assert not diffuse(GROUPS, _rows(0.1), ONES, _edges(0.6), old)[1]
    old[25:] = -1
    assert diffuse(GROUPS, _rows(0.1), ONES, _edges(0.6), old)[1]


def test_what_has_something_in_common_in_a_diffuse_group_stays_together_and_the_rest_falls_apart() -> None:
    rows = _rows(0.1)
    rows[20:25] = rows[20]
    moods, nobody = np.zeros(40, np.int64), np.zeros(40, np.bool_)
    parts = cut_again(GROUPS, np.array([False, True]), rows, rows, moods, nobody, NEW)
    assert len(set(parts[:20].tolist())) == 1
    assert len(set(parts[20:25].tolist())) == 1
    assert len(set(parts.tolist())) == 1 + 1 + 15
    assert (
        cut_again(GROUPS, np.zeros(2, np.bool_), rows, rows, moods, nobody, NEW).tolist() == GROUPS.tolist()
    )


def test_who_is_held_there_stays_with_the_first_part() -> None:
    rows = _rows(0.1)
    moods, held = np.zeros(40, np.int64), np.arange(40) >= 30
    parts = cut_again(GROUPS, np.array([False, True]), rows, rows, moods, held, NEW)
    assert len(set(parts[30:].tolist())) == 1
