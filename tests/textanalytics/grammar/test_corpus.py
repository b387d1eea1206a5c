"""Texts as words: what is read early need not be read again."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import read_early, read_texts


def test_what_is_read_early_has_its_phrases_when_titles_are_looked_for() -> None:
    early = "Nobody has told me when the parcel with the kettle will come"
    late = "Nobody has told me when the parcel with the mirror will come"
    read_early([early])
    first, second = read_texts([early, late], np.zeros(2, np.int64)).texts
    assert first.cut
    assert not second.cut


def test_a_word_that_only_ends_a_text_and_begins_another_is_torn() -> None:
    texts = [
        "Fahrkarten in Bussen und Bahnen teu",
        "Alles wird teurer als gedacht",
        "Das war teuer, aber gut",
    ]
    assert read_texts(texts, np.zeros(3, np.int64), ["de"] * 3).torn == {"teu"}


def test_a_word_that_others_write_within_a_text_is_whole() -> None:
    texts = ["Die Lampe ist hell", "hell ist sie, und heller wird sie", "So eine Lampe"]
    assert not read_texts(texts, np.zeros(3, np.int64), ["de"] * 3).torn
