"""What a grouping put together is taken apart by its words, but for what people know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tests.textanalytics.settling.test_settle import LAMP, MIXED, PARCEL
from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.grouping.linkage import average_link, few_alike
from textanalytics.grouping.wording import Grouped, Worded, by_words
from textanalytics.settling.settle import settle
from textanalytics.themes import ThemeIndex


def one_each(_: Sequence[str], labels: IntArray, *__: Any) -> IntArray:
    """Everybody alone, numbered behind the old ones."""
    return np.asarray(labels.max() + 1 + np.arange(len(labels)), np.int64)


def sorted_out(old: Sequence[int], named: int, *, held: Sequence[bool] = (), kept: set[int]) -> list[int]:
    """One group of four messages, which would continue `named`."""
    n = len(old)
    of = Grouped(
        [""] * n,
        np.zeros((n, 2), np.float32),
        np.ones(n, np.int64),
        np.zeros(n, np.int64),
        np.array(held or [False] * n),
        np.array(old),
        np.full(n, named),
    )
    return by_words(np.full(n, 7), of, Worded(one_each, kept)).tolist()


def test_what_is_new_is_sorted_by_its_words() -> None:
    assert sorted_out([-1] * 4, 9, kept={3}) == [1, 2, 3, 4]


def test_a_theme_that_people_know_stays_as_it_is_with_its_newcomers() -> None:
    assert sorted_out([3, 3, -1, -1], 3, kept={3}) == [0] * 4


def test_a_few_of_a_known_theme_among_many_others_do_not_keep_these_together() -> None:
    assert sorted_out([3, -1, -1, -1], 3, kept={3}) == [1, 2, 3, 4]


def test_what_a_person_holds_together_stays() -> None:
    assert sorted_out([-1] * 4, 9, held=[True, False, False, False], kept=set()) == [0] * 4


def test_an_index_that_asks_for_words_keeps_no_group_without_any() -> None:
    def sort(texts: Sequence[str], labels: IntArray, rows: FloatArray, moods: IntArray) -> IntArray:
        return settle(labels, rows, read_texts(texts, labels), moods)

    texts, index = [*PARCEL, *LAMP, *MIXED], ThemeIndex()
    micros = index.add(default().encode(texts), texts)
    index.hold(micros[-len(MIXED) :], index.new_theme())
    index.release(micros)
    assert len(set(index.themes_of(micros)[-len(MIXED) :].tolist())) == 1
    index.consolidate(worded=Worded(sort))
    assert len(set(index.themes_of(micros)[-len(MIXED) :].tolist())) > 6


def test_few_alike_are_linked_as_average_linkage_does() -> None:
    rng = np.random.default_rng(3)
    for size in (2, 3, 12, 40):
        rows = rng.normal(size=(size, 5))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        near = rows @ rows.T
        for least in (0.2, 0.6, 0.95):
            one, other = (link(near.copy(), least) for link in (few_alike, average_link))
            assert ((one[:, None] == one) == (other[:, None] == other)).all()
