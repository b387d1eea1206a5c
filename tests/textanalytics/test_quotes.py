"""Quotes show the title's claim, in different words, from different people, and never a company's own answer."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.quotes import quotes

GATE = ["the gate squeaks at night", "the gate squeaks in the rain", "our gate squeaks since Monday"]


def alike(texts: list[str]) -> FloatArray:
    """Vectors of texts that are all as near to one another, the first a little nearer."""
    rows = np.full((len(texts), len(texts) + 1), 0.0, np.float32)
    rows[:, -1] = 1
    rows[np.arange(len(texts)), np.arange(len(texts))] = np.linspace(0.3, 0.5, len(texts))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def test_an_author_is_quoted_once_for_all_themes_where_there_are_others() -> None:
    texts = [*GATE, "the fence leans to the left", "the fence is painted green"]
    labels = np.array([0, 0, 0, 1, 1])
    authors = ["bo", "ines", "hanne", "bo", "mia"]
    chosen = quotes(texts, labels, alike(texts), k=1, authors=authors)
    assert (chosen[0], chosen[1]) == ([0], [4])
    assert quotes(texts, labels, alike(texts), k=2, authors=authors)[1] == [4, 3]


def test_a_companys_own_answer_is_no_quote() -> None:
    texts = ["Sorry that the gate squeaks, send us a message ^AB", *GATE[:1]]
    assert quotes(texts, np.zeros(2, np.int64), alike(texts), k=1, titles={0: "Gate squeaks"})[0] == [1]


def test_the_same_words_are_no_second_quote() -> None:
    texts = [GATE[0], f"{GATE[0]}!!", "the gate squeaks at night, please", GATE[2]]
    assert 3 in quotes(texts, np.zeros(4, np.int64), alike(texts), k=2)[0]
    assert len(quotes(texts[:3], np.zeros(3, np.int64), alike(texts[:3]), k=2)[0]) == 2


def test_each_matter_that_is_told_has_a_quote_before_one_has_two() -> None:
    texts = [*GATE, "who painted the gate green"]
    told = {0: [frozenset((0, 1, 2)), frozenset((3,))]}
    labels = np.zeros(4, np.int64)
    assert 3 in quotes(texts, labels, alike(texts), k=2, titles={0: "Gate"}, told=told)[0]
    assert 3 not in quotes(texts, labels, alike(texts), k=2, titles={0: "Gate"})[0]


def test_a_title_that_says_not_is_shown_by_who_says_not() -> None:
    texts = ["the gate opens at night", "the gate does not open"]
    titles = {0: "Gate does not open"}
    assert quotes(texts, np.zeros(2, np.int64), alike(texts), k=1, titles=titles)[0] == [1]
