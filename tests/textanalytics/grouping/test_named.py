"""In diffuse talk, who says the name of a matter belongs to it; and what one name is said of is one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.metrics import adjusted_rand_score

from textanalytics.encoders import default
from textanalytics.grouping.graph import words_and_pairs
from textanalytics.grouping.named import Said, by_name
from textanalytics.themes import ThemeIndex

MANY = 12
GROUPS = np.repeat(np.arange(MANY), 12)


def said(texts: list[str], rows: np.ndarray | None = None) -> Said:
    n = len(texts)
    rows = np.eye(MANY, dtype=np.float32)[GROUPS[:n]] if rows is None else rows
    one = np.ones(n, np.int64)
    return Said(words_and_pairs(texts), rows, one, np.full(n, -1), np.zeros(n, np.bool_))


def lines(last: str = "") -> list[str]:
    """A dozen lines of each group; the last of all may say something else."""
    texts = [f"webpack plugin {i % 4}a" for i in range(12)] + [f"webpack loader {i % 4}b" for i in range(12)]
    texts += [f"vue component {i % 4}c" for i in range(12)]
    for topic in range(3, MANY):
        texts += [f"topic{topic} {i % 4}d" for i in range(12)]
    return texts[:-1] + [last or texts[-1]]


def near(share: float) -> np.ndarray:
    """The last line is so near to the middle of the third group, and the rest of the way to its own."""
    rows = np.eye(MANY, dtype=np.float32)[GROUPS]
    rows[-1] = share * rows[24] + (1 - share**2) ** 0.5 * rows[-2]
    return rows


def test_two_groups_of_one_name_are_one_and_no_others() -> None:
    found = by_name(GROUPS, said(lines()))
    assert len(np.unique(found)) == MANY - 1
    assert found[0] == found[12]


def test_a_word_that_others_say_as_often_is_no_name() -> None:
    texts = lines()
    texts[24:48] = [f"{text} webpack" for text in texts[24:48]]
    assert by_name(GROUPS, said(texts)).tolist() == GROUPS.tolist()


def test_a_word_of_half_of_all_is_nobodys_name() -> None:
    texts = lines()
    assert len(np.unique(by_name(GROUPS[:36], said(texts[:36])))) == 3


def test_two_groups_that_a_person_keeps_apart_stay_two() -> None:
    of = said(lines())
    pinned = of.pinned.copy()
    pinned[[0, 12]] = 7, 8
    assert by_name(GROUPS, replace(of, pinned=pinned)).tolist() == GROUPS.tolist()


def test_who_says_the_name_of_another_group_goes_there() -> None:
    found = by_name(GROUPS, said(lines("vue helper"), near(0.66)))
    assert found[-1] == found[24] != found[-2]


def test_who_is_far_from_those_of_the_name_stays() -> None:
    found = by_name(GROUPS, said(lines("vue helper"), near(0.4)))
    assert found[-1] == found[-2]


def test_who_says_two_names_or_is_held_or_stands_for_many_stays() -> None:
    two = by_name(GROUPS, said(lines("vue webpack helper"), near(0.66)))
    assert two[-1] == two[-2]
    of, last = said(lines("vue helper"), near(0.66)), np.arange(len(GROUPS)) == len(GROUPS) - 1
    for stays in (replace(of, stays=last), replace(of, counts=np.where(last, 4, 1))):
        found = by_name(GROUPS, stays)
        assert found[-1] == found[-2]


def test_saying_a_word_twice_counts_once() -> None:
    texts = lines()
    texts[12:24] = [f"loader {i % 4}b" for i in range(12)]
    texts[12:16] = ["webpack webpack webpack loader"] * 4
    assert len(np.unique(by_name(GROUPS, said(texts)))) == MANY


def test_where_nobody_says_a_word_twice_nothing_changes() -> None:
    of = replace(said(lines()), words=csr_matrix((len(GROUPS), 0)))
    assert by_name(GROUPS, of).tolist() == GROUPS.tolist()


SUBJECTS = "webpack django redis kubernetes angular hibernate matlab excel magento drupal svn oracle spring bash scala"
VERBS = (
    "render parse upload cache sort merge validate export query format schedule encrypt compress index debug"
)
THINGS = (
    "table form list image file string date array button menu session cookie path thread queue report chart"
)
REST = "slowly twice windows script login unicode loop errors runtime default network user memory"


def questions(seed: int) -> tuple[list[str], list[int]]:
    """Short lines about many things under one subject's name."""
    chance = np.random.default_rng(seed)
    texts, subjects = [], []
    for subject in chance.integers(0, len(SUBJECTS.split()), 600).tolist():
        line = [str(chance.choice(words.split())) for words in (VERBS, THINGS, REST, THINGS)]
        line.insert(int(chance.integers(5)), SUBJECTS.split()[subject])
        texts.append(" ".join(line))
        subjects.append(subject)
    return texts, subjects


@pytest.mark.parametrize("seed", [0, 1])
def test_short_questions_are_gathered_by_their_subject(seed: int) -> None:
    texts, subjects = questions(seed)
    index = ThemeIndex()
    ids = index.add(default().encode(texts), texts)
    index.consolidate()
    assert adjusted_rand_score(subjects, index.themes_of(ids)) > 0.43
