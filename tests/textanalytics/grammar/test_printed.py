"""One article printed in many places is one source."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import read_texts

ARTICLE = "der Betreiber teilte mit dass die Fähre wegen des Sturms erst am Montag wieder ablegt und alle Fahrten ausfallen"


def sources(*texts: str) -> list[int]:
    return read_texts(list(texts), np.zeros(len(texts), np.int64), ["de"] * len(texts)).printed.tolist()


def test_pieces_of_one_article_are_out_of_it() -> None:
    words = ARTICLE.split()
    first, middle, last = (" ".join(words[i : i + 11]) for i in (0, 3, 6))
    assert sources("Kuchen", f"Kiel: {first}", f"{middle} …", f"Neues aus Kiel: {last}") == [0, 1, 1, 1]


def test_two_pieces_that_share_no_run_are_joined_by_a_third() -> None:
    words = ARTICLE.split()
    first, last, whole = " ".join(words[:9]), " ".join(words[9:]), ARTICLE
    assert sources(first, last) == [0, 1]
    assert sources(first, last, whole) == [0, 0, 0]


def test_a_few_words_in_a_row_are_found_by_chance() -> None:
    assert sources("die Fähre legt erst am Montag wieder ab", "die Fähre legt erst am Montag nicht ab") == [
        0,
        1,
    ]
