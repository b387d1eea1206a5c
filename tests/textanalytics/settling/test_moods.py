"""Who praises and who complains are not one theme, if both are many."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.grouping.moods import CLEAR, MANY, SHARE
from textanalytics.settling.moods import divided
from textanalytics.settling.settle import settle


def sides(praise: int, blame: int, neither: int = 0) -> list[int]:
    moods = np.repeat([1, -1, 0], [praise, blame, neither])
    return divided(np.zeros(len(moods), np.int64), moods).tolist()


def test_the_smaller_side_leaves_and_what_does_neither_stays() -> None:
    assert sides(MANY, 2 * MANY, 3) == [1] * MANY + [0] * (2 * MANY + 3)
    assert sides(2 * MANY, MANY, 3) == [0] * 2 * MANY + [1] * MANY + [0] * 3


def test_few_may_be_misread() -> None:
    assert set(sides(MANY - 1, 2 * MANY)) == {0}
    assert set(sides(MANY, int(MANY / SHARE) + 1)) == {0}


def test_where_most_do_neither_it_is_about_something_else() -> None:
    neither = int(2 * MANY / CLEAR) + 1
    assert set(sides(MANY, MANY, neither)) == {0}


def test_messages_without_a_theme_stay_without() -> None:
    nobody = np.full(4, -1)
    assert divided(nobody, np.array([1, -1, 1, -1])).tolist() == [-1] * 4


def test_praise_and_blame_of_one_service_are_told_apart() -> None:
    things = "desk phone counter chat till gate lobby stall kiosk tower".split()
    good = [f"lovely customer service at the {thing}" for thing in things]
    bad = [f"dreadful customer service at the {thing}" for thing in things]
    lamp = [f"the lamp flickers {when}" for when in ("at night", "again", "often", "a lot", "in the hall")]
    texts = [*good, *bad, *lamp]
    labels, moods = np.repeat([0, 1], [20, 5]), np.repeat([1, -1, 0], [10, 10, 5])
    found = settle(labels, default().encode(texts), read_texts(texts, labels), moods).tolist()
    assert len({*found[:10]}) == len({*found[10:20]}) == 1
    assert found[0] != found[10]
