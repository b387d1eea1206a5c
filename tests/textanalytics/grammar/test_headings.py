"""What a platform sets above an answer is nobody's word."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.headings import headings, without_headings
from textanalytics.naming.choosing.titles import titles

ANSWERS = [
    "Re: Nordlicht Kundenforum Mein Schrank wackelt",
    "Re: Nordlicht Kundenforum der Schrank wackelt auch bei mir",
    "Re: Nordlicht Kundenforum Schrank wackelt seit Montag",
]


def test_what_answers_share_at_their_beginning_is_a_heading() -> None:
    assert headings(ANSWERS) == [3, 3, 3]
    assert headings(["Re: mein Schrank", "Schrank wackelt", ""]) == [1, 0, 0]


def test_texts_that_are_no_answers_may_begin_alike() -> None:
    assert headings(["Schrank wackelt sehr"] * 4) == [0] * 4


def test_a_heading_names_no_theme() -> None:
    beside = ["die Lampe flackert", "eine Lampe flackert", "Lampe flackert nachts"]
    found = titles([*ANSWERS, *beside], np.array([0] * 3 + [1] * 3), languages=["de"] * 6)[0]
    assert found.title.startswith("Schrank wackelt")
    assert "nordlicht" not in " ".join(found.keywords).lower()


def test_themes_are_made_of_what_stands_below_the_heading() -> None:
    assert without_headings(ANSWERS) == [
        "Mein Schrank wackelt",
        "der Schrank wackelt auch bei mir",
        "Schrank wackelt seit Montag",
    ]
    assert without_headings(["Schrank wackelt", "Re: Hallo", "Re: Nordlicht", ""]) == [
        "Schrank wackelt",
        "Hallo",
        "Nordlicht",
        "",
    ]


def test_what_a_site_lists_below_a_text_is_nobodys_word() -> None:
    tagged = [
        f"{text} forum.example-Tag: Schrank forum.example-Tag : wackelt"
        for text in ("Hilfe", "Was nun?", "Wackelt")
    ]
    assert without_headings(tagged) == ["Hilfe", "Was nun?", "Wackelt"]


def test_a_site_that_is_named_once_or_in_few_texts_stays() -> None:
    texts = ["siehe forum.example: da steht es", "forum.example: ja, forum.example: nein", "Kasse 3.5: leer"]
    assert without_headings(texts) == texts
