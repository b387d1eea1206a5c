"""A theme holds what says the same: parts that differ are cut apart, what is left over finds its like."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grouping.coherence import cut_loose, loyalty, moods_of, pair, strangeness
from textanalytics.grouping.graph import features

MATTERS = {
    "parcel": "the parcel arrived broken|parcel came broken|my parcel was broken on arrival|a broken parcel arrived",
    "hotline": "nobody answers the hotline|hotline never answers|no answer on your hotline|the hotline does not answer",
    "invoice": "invoice has the wrong name|wrong name on the invoice|name on my invoice is wrong|the invoice name is wrong",
}


def laid_out() -> tuple[list[str], np.ndarray]:
    texts = [text for matter in MATTERS.values() for text in matter.split("|")]
    return texts, default().encode(texts)


def test_a_group_of_three_matters_becomes_three() -> None:
    texts, units = laid_out()
    nobody = np.zeros(12, np.bool_)
    parts = cut_loose(np.zeros(12, np.int64), units, features(units, texts, seed=0), moods_of(texts), nobody)
    assert [len(set(parts[i : i + 4].tolist())) for i in (0, 4, 8)] == [1, 1, 1]
    assert len(set(parts.tolist())) == 3


def test_a_lower_bar_leaves_fewer_parts() -> None:
    texts, units = laid_out()
    group, nobody = np.zeros(12, np.int64), np.zeros(12, np.bool_)
    rows, moods = features(units, texts, seed=0), moods_of(texts)
    assert len(set(cut_loose(group, units, rows, moods, nobody, least=-1.0).tolist())) == 1
    assert len(set(cut_loose(group, units, rows, moods, nobody, least=0.9).tolist())) > 3


def test_who_is_held_stays_with_the_group() -> None:
    texts, units = laid_out()
    held = np.ones(12, np.bool_)
    parts = cut_loose(np.zeros(12, np.int64), units, features(units, texts, seed=0), moods_of(texts), held)
    assert len(set(parts.tolist())) == 1


def test_groups_that_were_apart_stay_apart() -> None:
    texts, units = laid_out()
    groups = np.arange(12) % 2
    parts = cut_loose(groups, units, features(units, texts, seed=0), moods_of(texts), np.ones(12, np.bool_))
    assert not set(parts[groups == 0].tolist()) & set(parts[groups == 1].tolist())


def test_praise_and_blame_of_one_thing_are_further_apart() -> None:
    off = strangeness(["wonderful service", "terrible service", "service on Monday"])
    assert off[0, 1] > off[0, 2] == 0


def test_two_texts_of_another_language_need_to_be_nearer() -> None:
    off = strangeness(
        ["wo ist das Paket mit der Lampe", "ich habe eine Frage zu der Rechnung", "where is my lamp"]
    )
    assert off[0, 1] > off[0, 2] == 0


def test_two_left_over_that_say_the_same_are_a_pair() -> None:
    vectors = np.array([[1, 0, 0], [0.9, 0.436, 0], [0, 0, 1], [0, 1, 0]], np.float32)
    groups = pair(vectors).tolist()
    assert groups[0] == groups[1]
    assert len(set(groups)) == 3
    assert pair(vectors[:1]).tolist() == [0]


def test_companions_are_cut_apart_only_where_they_clearly_differ() -> None:
    """Two wordings that a fresh cut would part stay one theme when people know them as one."""
    texts = [f"parcel number {n}" for n in range(6)]
    nobody = np.zeros(6, np.bool_)
    apart = np.array([[1, 0], [0.05, 0.99875]], np.float32)[[0, 0, 0, 1, 1, 1]]
    fresh = cut_loose(np.zeros(6, np.int64), apart, apart, moods_of(texts), nobody)
    known = cut_loose(np.zeros(6, np.int64), apart, apart, moods_of(texts), nobody, old=np.zeros(6, np.int64))
    assert len(set(fresh.tolist())) == 2
    assert len(set(known.tolist())) == 1


def test_a_theme_of_few_keeps_its_own_and_keeps_nobody_out() -> None:
    worth = loyalty(np.array([0, 0, 0, 1, 1, 1, 2, -1]), 0.2)
    assert worth[0, 1] == 0.2
    assert worth[0, 3] == -0.2
    assert worth[0, 6] == worth[0, 7] == worth[7, 7] == 0
