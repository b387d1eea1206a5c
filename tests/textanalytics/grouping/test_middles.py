"""A message belongs where the middle of many is clearly nearer, whatever its neighbours say."""

from __future__ import annotations

import numpy as np

from textanalytics.grouping.middles import among_many, clearly_nearer


def _astray(share: float) -> tuple[np.ndarray, np.ndarray]:
    """Two matters of four messages each, and one message in the group of the first that is of the second by `share`."""
    rows = np.repeat(np.eye(2, 3, dtype=np.float32), 4, axis=0)
    between = np.array([[1 - share, share, 0]], np.float32)
    rows = np.concatenate([rows, between / np.linalg.norm(between)])
    return rows, np.array([0, 0, 0, 0, 1, 1, 1, 1, 0])


def test_a_message_moves_to_the_middle_that_is_clearly_nearer() -> None:
    rows, groups = _astray(0.9)
    nobody, ones = np.zeros(9, np.bool_), np.ones(9, np.int64)
    assert clearly_nearer(groups, rows, ones, nobody, 1.0).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_a_little_nearer_is_enough_only_where_talk_is_diffuse() -> None:
    rows, groups = _astray(0.56)
    nobody, ones = np.zeros(9, np.bool_), np.ones(9, np.int64)
    assert clearly_nearer(groups, rows, ones, nobody, 1.0).tolist() == groups.tolist()
    assert clearly_nearer(groups, rows, ones, nobody, 0.4)[8] == 1


def test_a_message_that_a_person_holds_stays_however_near_another_middle_is() -> None:
    rows, groups = _astray(0.9)
    held = np.arange(9) == 8
    assert clearly_nearer(groups, rows, np.ones(9, np.int64), held, 1.0).tolist() == groups.tolist()


def test_a_micro_cluster_of_many_messages_stays() -> None:
    rows, groups = _astray(0.9)
    nobody, counts = np.zeros(9, np.bool_), np.where(np.arange(9) == 8, 4, 1)
    assert clearly_nearer(groups, rows, counts, nobody, 1.0).tolist() == groups.tolist()
    assert clearly_nearer(groups, rows, np.minimum(counts, 3), nobody, 1.0)[8] == 1


def test_among_many_the_same_word_counts_more_than_between_two() -> None:
    meaning, word = np.eye(2, dtype=np.float32) * 0.9, np.full((2, 1), 0.436, np.float32)
    rows = np.hstack([meaning, word])
    one, other = among_many(rows, 2)
    assert one @ other > rows[0] @ rows[1] + 0.1
    assert np.allclose(np.linalg.norm([one, other], axis=1), 1)
