"""Each German message goes to the one of its nouns whose other messages it is most like."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.base import FloatArray
from textanalytics.grammar.corpus import read_texts
from textanalytics.settling import gathering
from textanalytics.settling.gathering import alike, by_nouns, core

LAMPS = ["die Lampe flackert", "meine Lampe brummt", "eine Lampe ohne Schirm", "eure Lampe ist weg"]
VASES = ["die Vase ist kaputt", "meine Vase hat einen Riss", "eure Vase gefällt mir", "eine Vase fehlt"]


def along(*axes: int) -> FloatArray:
    """A unit vector for each text, along the axis given."""
    return np.eye(32, dtype=np.float32)[list(axes)]


def gathered(texts: list[str], rows: FloatArray) -> list[str]:
    corpus = read_texts(texts, np.zeros(len(texts), int), ["de"] * len(texts))
    return by_nouns(corpus.nouns, rows, np.arange(len(texts)))


def test_messages_are_gathered_by_their_noun() -> None:
    assert gathered([*LAMPS, *VASES], along(*[0] * 4, *[1] * 4)) == ["lamp"] * 4 + ["vas"] * 4


def test_a_message_with_two_goes_where_it_is_more_alike() -> None:
    texts = [*LAMPS, *VASES, "die Lampe neben der Vase"]
    assert gathered(texts, along(*[0] * 4, *[1] * 4, 1))[-1] == "vas"
    assert gathered(texts, along(*[0] * 4, *[1] * 4, 0))[-1] == "lamp"


def test_who_has_nothing_but_the_noun_in_common_is_not_gathered() -> None:
    assert gathered(LAMPS, along(0, 1, 2, 3)) == [""] * 4
    assert gathered([*LAMPS, "so eine Lampe"], along(0, 0, 0, 0, 1)) == ["lamp"] * 4 + [""]


def test_copies_are_asked_once() -> None:
    """Four copies are one message: they make no three others alike that are not, and stay together themselves."""
    copies = ["die Lampe flackert"] * 4
    strangers = ["meine Lampe brummt", "eine Lampe ohne Schirm", "eure Lampe ist weg"]
    assert gathered([*copies, *strangers], along(0, 0, 0, 0, 1, 2, 3)) == ["lamp"] * 4 + [""] * 3


def test_a_noun_that_mostly_stands_with_a_commoner_one_is_part_of_its_matter() -> None:
    texts = [
        "der Streik und die Schlichtung",
        "Streik ohne Schlichtung",
        "eine Schlichtung dauert",
        *["ein Streik droht"] * 3,
    ]
    assert set(gathered(texts, along(*[0] * 6))) == {"streik"}


def test_a_compound_is_no_part_of_its_own_head() -> None:
    grown = ["die Küchenlampe ist weg", "meine Küchenlampe fehlt", "eure Küchenlampe brennt"]
    rows = along(*[0] * 3, *[1] * 4, 2)
    found = gathered([*grown, *LAMPS, "so eine Küche"], rows)
    assert found[:7] == ["kuchenlamp"] * 3 + ["lamp"] * 4


def test_the_core_is_what_is_left_of_those_alike() -> None:
    rows = along(0, 0, 0, 1)
    assert core(rows, 0.9).tolist() == [0, 1, 2]
    assert alike(along(0, 0)) == 1.0
    assert abs(alike(along(0, 1))) < 1e-6


def test_of_many_those_least_alike_go_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = along(*[0] * 20, *range(1, 6))
    each_alone = core(rows, 0.95).tolist()
    monkeypatch.setattr(gathering, "MANY", 10)
    assert core(rows, 0.95).tolist() == each_alone == list(range(20))


def near(cosine: float, count: int) -> FloatArray:
    """Rows each of which has this cosine with each other."""
    grid = np.full((count, count), cosine) + (1 - cosine) * np.eye(count)
    return np.asarray(np.linalg.cholesky(grid), np.float32)


def test_a_noun_that_tells_nothing_gathers_only_what_is_more_alike() -> None:
    aunts = ["die Tante singt", "meine Tante lacht", "eine Tante mit Hut", "eure Tante ist weg"]
    bills = [
        "die Rechnung fehlt",
        "meine Rechnung stimmt",
        "eine Rechnung mit Fehlern",
        "eure Rechnung ist weg",
    ]
    rows = np.zeros((8, 8), np.float32)
    rows[:4, :4] = rows[4:, 4:] = near(0.45, 4)
    assert gathered([*aunts, *bills], rows) == [""] * 4 + ["rechnung"] * 4
    rows[:4, :4] = near(0.6, 4)
    assert gathered([*aunts, *bills], rows) == ["tant"] * 4 + ["rechnung"] * 4


def test_a_message_with_two_nouns_goes_by_the_one_that_tells_what_is_the_matter() -> None:
    aunts = ["die Tante singt", "meine Tante lacht", "eine Tante mit Hut", "eure Tante ist weg"]
    bills = [
        "die Rechnung fehlt",
        "meine Rechnung stimmt",
        "eine Rechnung mit Fehlern",
        "eure Rechnung ist weg",
    ]
    texts = [*aunts, *bills, "die Rechnung meiner Tante"]
    rows = np.zeros((9, 8), np.float32)
    rows[:4, :4] = rows[4:8, 4:] = near(0.8, 4)
    rows[8] = rows.sum(0) / np.linalg.norm(rows.sum(0))
    assert gathered(texts, rows)[-1] == "rechnung"


def test_what_is_out_of_one_article_is_asked_once() -> None:
    corpus = read_texts(LAMPS, np.zeros(4, int), ["de"] * 4)
    rows = along(0, 0, 0, 1)
    assert by_nouns(corpus.nouns, rows, np.arange(4), np.arange(4)) == ["lamp"] * 3 + [""]
    assert by_nouns(corpus.nouns, rows, np.arange(4), np.array([0, 0, 0, 3])) == ["lamp"] * 3 + [""]
