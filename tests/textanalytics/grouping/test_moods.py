"""Who praises and who blames are two themes, whatever the neighbours say, and stay two."""

from __future__ import annotations

from typing import Any

import numpy as np

from textanalytics.encoders import default
from textanalytics.grouping.moods import LEANS, MANY, Clusters, Felt, by_mood
from textanalytics.themes import ThemeIndex

THINGS = "desk phone counter chat till gate lobby stall kiosk tower".split()
GOOD = [f"Your customer service at the {thing} was friendly and so helpful, thank you!" for thing in THINGS]
BAD = [f"Customer service at the {thing} was rude and useless, I am disgusted" for thing in THINGS]
MORE = [f"Friendly, helpful customer service at the {thing}" for thing in ("bridge", "harbour", "mill")]
NOBODY = np.zeros(0, np.int64)


def grouped(
    praise: list[int],
    blame: list[int],
    *,
    counts: list[int] | None = None,
    old: Any = None,
    named: int = 0,
    **felt: Any,
) -> list[int]:
    """One group of these clusters, of one message each, that would continue `named`."""
    n = len(praise)
    told = np.full(n, -1) if old is None else np.array(old)
    of = Clusters(
        np.array(counts or [1] * n),
        np.array(praise),
        np.array(blame),
        np.array(felt.pop("held", [False] * n)),
        told,
        np.full(n, named),
    )
    return by_mood(np.zeros(n, np.int64), of, Felt(NOBODY, NOBODY, **felt)).tolist()


def moods(praise: int, blame: int, neither: int = 0) -> tuple[list[int], list[int]]:
    return [1] * praise + [0] * (blame + neither), [0] * praise + [1] * blame + [0] * neither


def test_the_smaller_side_is_a_group_of_its_own() -> None:
    assert grouped(*moods(MANY, 2 * MANY, 3)) == [1] * MANY + [0] * (2 * MANY + 3)
    assert grouped(*moods(2 * MANY, MANY, 3)) == [0] * 2 * MANY + [1] * MANY + [0] * 3
    assert set(grouped(*moods(MANY - 1, 2 * MANY))) == {0}


def test_a_cluster_goes_by_what_half_of_its_messages_feel() -> None:
    praise, blame = [5, 4] + [0] * 20, [0, 0] + [1] * 20
    assert grouped(praise, blame, counts=[8, 10] + [1] * 20) == [0] * 22, "most of the second do neither"
    assert grouped(praise, blame, counts=[8, 8] + [1] * 20) == [1, 1] + [0] * 20


def test_themes_that_are_known_for_their_moods_stay_two() -> None:
    """Also when praise has become too rare to divide a theme."""
    sides = moods(MANY, 20 * MANY)
    assert set(grouped(*sides)) == {0}
    assert grouped(*sides, old=[7] * MANY + [0] * 20 * MANY) == [1] * MANY + [0] * 20 * MANY
    mostly = [7] * MANY + [7] * (MANY // LEANS) + [0] * (20 * MANY - MANY // LEANS)
    assert set(grouped(*sides, old=mostly)) == {0}, "not clearly known for it"


def test_what_is_in_neither_mood_stays_with_its_theme() -> None:
    """Though the praise has become more than the blame."""
    praise, blame = moods(3 * MANY, MANY, 3)
    old = [7] * 3 * MANY + [0] * MANY + [0, 7, -1]
    assert grouped(praise, blame, old=old, named=7) == [0] * 3 * MANY + [1] * MANY + [1, 0, 0]


def test_what_people_hold_is_left_whole() -> None:
    sides = moods(MANY, 2 * MANY)
    assert set(grouped(*sides, old=[0] * 3 * MANY, whole={0})) == {0}
    assert set(grouped(*sides, held=[True] * 3 * MANY)) == {0}
    two = [7] * MANY + [0] * 2 * MANY
    assert grouped(*sides, old=two, whole={0}) == [1] * MANY + [0] * 2 * MANY, "the other theme stays, too"


def test_only_praise_leaves_what_people_work_on() -> None:
    assert 1 in grouped(*moods(MANY, 2 * MANY), old=[0] * 3 * MANY, followed={0})
    assert 1 not in grouped(*moods(2 * MANY, MANY), old=[0] * 3 * MANY, followed={0})


def consolidated(index: ThemeIndex, felt: Felt | None, ids: np.ndarray) -> list[int]:
    index.consolidate(felt=felt)
    return index.themes_of(ids).tolist()


def test_an_index_divides_once_and_keeps_both_for_ever() -> None:
    encoder = default()
    texts = [*GOOD, *BAD, "the lamp flickers at night", "my lamp flickers again"]
    index = ThemeIndex()
    ids = index.add(encoder.encode(texts), texts)
    one = consolidated(index, None, ids)
    assert len({*one[:20]}) == 1, "to the encoder they are one matter"

    def felt() -> Felt:
        praise, blame = np.zeros(len(index), np.int64), np.zeros(len(index), np.int64)
        np.add.at(praise, ids[:10], 1)
        np.add.at(blame, ids[10:20], 1)
        return Felt(praise, blame)

    two = consolidated(index, felt(), ids)
    assert len({*two[:10]}) == len({*two[10:20]}) == 1
    assert two[0] != two[10]
    assert one[0] in {two[0], two[10]}, "one side keeps the name"
    later = index.add(encoder.encode(MORE), MORE)
    assert consolidated(index, felt(), ids) == two
    assert set(index.themes_of(later).tolist()) <= set(two[:20])
    assert consolidated(index, felt(), ids) == two


def test_what_people_work_on_keeps_its_name_with_the_blame() -> None:
    """Ten praise the coffee, six miss a parcel; what was one theme becomes two."""
    encoder = default()
    praise = [f"The {name} is the best coffee I have had in years" for name in THINGS]
    blame = [
        f"my parcel is {n} days late and nobody answers"
        for n in ("four", "five", "six", "three", "nine", "ten")
    ]
    texts = [*praise, *blame]
    for followed in (set(), {5}):
        index = ThemeIndex()
        ids = index.add(encoder.encode(texts), texts)
        index.hold(ids[:10], 5)
        index.consolidate()
        index.release(ids[:10])
        index._micros.theme[ids[10:]] = 5
        index._settled = int(ids[:10].max()) + 1  # Where the others are is a guess.
        said, upset = np.zeros(len(index), np.int64), np.zeros(len(index), np.int64)
        np.add.at(upset, ids[10:], 1)
        found = consolidated(index, Felt(said, upset, followed=followed), ids)
        assert found[0] != found[10]
        assert (found[10] == 5) is bool(followed)


def test_folded_clusters_feel_with_what_stands_for_them() -> None:
    felt = Felt(np.array([1, 2, 3]), np.array([0, 0, 1]))
    praise, blame = felt.sums(np.array([0, 0, 2, 3]), np.array([0, 2, 3]))
    assert (praise.tolist(), blame.tolist()) == ([3, 3, 0], [0, 1, 0])
