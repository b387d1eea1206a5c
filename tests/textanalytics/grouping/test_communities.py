from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from textanalytics.grouping.communities import louvain, warm
from textanalytics.grouping.graph import counted, greatest, neighbours, reach, shared
from textanalytics.grouping.partition import (
    CLEARLY,
    among_many,
    average_link,
    clearly_nearer,
    continue_themes,
    focus,
    join_alike,
)


def cliques(sizes: list[int], bridge: float = 0.1) -> csr_matrix:
    """Full groups, each joined to the next by one weak edge."""
    n = sum(sizes)
    graph = np.zeros((n, n))
    start = 0
    for size in sizes:
        graph[start : start + size, start : start + size] = 1 - np.eye(size)
        if start:
            graph[start - 1, start] = graph[start, start - 1] = bridge
        start += size
    return csr_matrix(graph)


def test_louvain_finds_groups_that_hang_together() -> None:
    labels = louvain(cliques([6, 7, 8]), 1.0)
    assert [len(set(labels[part].tolist())) for part in (slice(0, 6), slice(6, 13), slice(13, 21))] == [
        1,
        1,
        1,
    ]
    assert len(set(labels.tolist())) == 3


def test_more_resolution_gives_more_communities() -> None:
    graph = cliques([6] * 12, bridge=2.0)
    few, many = (len(set(louvain(graph, detail).tolist())) for detail in (0.2, 3.0))
    assert few < many


def test_a_warm_start_keeps_a_good_old_partition() -> None:
    graph = cliques([6, 7, 8])
    old = np.repeat([4, 9, 2], [6, 7, 8])
    labels = warm(graph, 1.0, old, np.zeros(21, np.bool_), np.full(21, 5))
    assert (
        continue_themes(labels, old, np.full(21, 5), np.zeros(21, np.bool_), 10)[0].tolist() == old.tolist()
    )


def test_a_warm_start_splits_what_no_longer_hangs_together() -> None:
    graph = cliques([6, 7])
    labels = warm(graph, 1.0, np.zeros(13, np.int64), np.zeros(13, np.bool_), np.full(13, 5))
    assert len(set(labels.tolist())) == 2


def test_held_nodes_stay_together_whatever_the_graph_says() -> None:
    graph = cliques([6, 7])
    held = np.zeros(13, np.bool_)
    held[[0, 12]] = True
    old = np.where(held, 3, -1)
    labels = warm(graph, 1.0, old, held, np.full(13, 5))
    assert labels[0] == labels[12]


def test_a_graph_without_edges_is_all_alone() -> None:
    assert len(set(louvain(csr_matrix((4, 4)), 1.0).tolist())) == 4


def test_the_biggest_part_of_a_split_keeps_the_id() -> None:
    groups = np.array([1, 1, 1, 2, 2])
    old = np.full(5, 7)
    ids, following = continue_themes(groups, old, np.ones(5, np.int64), np.zeros(5, np.bool_), 8)
    assert (ids.tolist(), following) == ([7, 7, 7, 8, 8], 9)
    heavy, _ = continue_themes(groups, old, np.array([1, 1, 1, 9, 9]), np.zeros(5, np.bool_), 8)
    assert heavy.tolist() == [8, 8, 8, 7, 7]


def test_a_merge_keeps_the_bigger_id_whatever_a_few_are_held_in() -> None:
    groups, old, counts = np.ones(5, np.int64), np.array([3, 3, 3, 5, 5]), np.ones(5, np.int64)
    free, held = np.zeros(5, np.bool_), np.array([False, False, False, False, True])
    assert set(continue_themes(groups, old, counts, free, 6)[0].tolist()) == {3}
    assert set(continue_themes(groups, old, counts, held, 6)[0].tolist()) == {3}


def test_held_members_win_a_tie() -> None:
    groups, old = np.ones(4, np.int64), np.array([3, 3, 5, 5])
    held = np.array([False, False, True, False])
    assert set(continue_themes(groups, old, np.ones(4, np.int64), held, 6)[0].tolist()) == {5}


def test_neighbours_are_exact_and_nearest_first() -> None:
    rows = np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    near = rows @ rows.T
    np.fill_diagonal(near, -9)
    assert neighbours(rows, 5).tolist() == np.argsort(-near, axis=1)[:, :5].tolist()


def test_copies_weigh_like_the_messages_they_are() -> None:
    similar = shared(np.array([[1, 2], [0, 2], [0, 1]]))
    graph = counted(similar, np.array([1, 4, 9])).toarray()
    assert np.allclose(graph, graph.T)
    assert graph[0, 1] == 2 * similar[0, 1]
    assert graph[1, 2] == 6 * similar[1, 2]
    assert graph[0, 0] == 0
    assert graph[2, 2] == 8 * similar[2].sum()


def test_alike_groups_join_but_not_those_a_person_keeps_apart() -> None:
    units = np.tile(np.eye(4, dtype=np.float32)[0], (4, 1))
    groups = np.array([0, 0, 1, 1])
    copies = csr_matrix(np.kron(np.eye(2), np.ones((2, 2))))
    assert len(set(join_alike(groups, units, np.full(4, -1), copies).tolist())) == 1
    assert len(set(join_alike(groups, units, np.array([5, -1, 6, -1]), copies).tolist())) == 2


def test_groups_that_the_graph_saw_and_kept_apart_stay_apart() -> None:
    units = np.tile(np.eye(4, dtype=np.float32)[0], (4, 1))
    groups = np.array([0, 0, 1, 1])
    seen = csr_matrix(np.kron(np.eye(2), np.ones((2, 2))) + 0.2)
    assert len(set(join_alike(groups, units, np.full(4, -1), seen).tolist())) == 2
    assert len(set(join_alike(groups, units, np.full(4, -1), None).tolist())) == 1


def test_average_link_of_one_is_one() -> None:
    assert average_link(np.ones((1, 1)), 0.5).tolist() == [0]


def test_the_greatest_are_those_that_sorting_finds() -> None:
    chance = np.random.default_rng(3)
    for width in (11, 640, 3_001):
        near = chance.random((40, width)).round(2).astype(np.float32)
        sorted_out = np.argsort(-near, axis=1, kind="stable")[:, :10]
        assert greatest(near, 10).tolist() == sorted_out.tolist()


def test_reach_grows_without_a_jump_and_ends_at_ten() -> None:
    reached = [reach(n) for n in range(1, 3000)]
    assert reached == sorted(reached)
    assert set(np.diff(reached).tolist()) == {0, 1}
    assert (reached[0], reached[-1]) == (4, 10)


def _similar(spread: float) -> csr_matrix:
    """Twenty matters of sixty messages each; the wider they spread, the more they run into one another."""
    random = np.random.default_rng(3)
    middles = np.repeat(random.normal(size=(20, 16)), 60, axis=0)
    rows = (middles + random.normal(scale=spread, size=middles.shape)).astype(np.float32)
    return shared(neighbours(rows / np.linalg.norm(rows, axis=1, keepdims=True)))


def test_communities_are_broader_where_all_talk_runs_into_all_other() -> None:
    assert focus(_similar(0.3)) == 1
    diffuse = focus(_similar(3.0))
    assert 0.1 < diffuse < 0.5
    assert focus(_similar(2.0)) >= diffuse
    assert focus(csr_matrix((3, 3))) == 1


def test_diffuse_messages_fall_into_fewer_communities() -> None:
    graph = _similar(3.0)
    usual = len(np.unique(louvain(graph, 1.5 * (8000 / 1200) ** 0.5)))
    assert len(np.unique(louvain(graph, 1.5 * (8000 / 1200) ** 0.5 * focus(graph)))) < usual


def _astray(share: float) -> tuple[np.ndarray, np.ndarray]:
    """Two matters of four messages each, and one message in the group of the first that is of the second by `share`."""
    rows = np.repeat(np.eye(2, 3, dtype=np.float32), 4, axis=0)
    between = np.array([[1 - share, share, 0]], np.float32)
    rows = np.concatenate([rows, between / np.linalg.norm(between)])
    return rows, np.array([0, 0, 0, 0, 1, 1, 1, 1, 0])


def test_a_message_moves_to_the_middle_that_is_clearly_nearer() -> None:
    rows, groups = _astray(0.9)
    nobody, ones = np.zeros(9, np.bool_), np.ones(9, np.int64)
    assert clearly_nearer(groups, rows, ones, nobody).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    rows, groups = _astray(0.5 + CLEARLY / 4)
    assert clearly_nearer(groups, rows, ones, nobody).tolist() == groups.tolist()


def test_a_message_that_a_person_holds_stays_however_near_another_middle_is() -> None:
    rows, groups = _astray(0.9)
    held = np.arange(9) == 8
    assert clearly_nearer(groups, rows, np.ones(9, np.int64), held).tolist() == groups.tolist()


def test_among_many_the_same_word_counts_more_than_between_two() -> None:
    meaning, word = np.eye(2, dtype=np.float32) * 0.9, np.full((2, 1), 0.436, np.float32)
    rows = np.hstack([meaning, word])
    one, other = among_many(rows, 2)
    assert one @ other > rows[0] @ rows[1] + 0.1
    assert np.allclose(np.linalg.norm([one, other], axis=1), 1)
