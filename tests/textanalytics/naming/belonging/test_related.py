"""Of themes that are told in like words each names the nearest."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging.related import related

GROUPS = {
    "Winners of the Larkfest contest": ["larkfest winners please", "who won at larkfest"],
    "Tickets": ["larkfest tickets please", "larkfest for me"],
    "Lamp flickers": ["a new lamp flickers", "the lamp flickers please"],
    "Lamp": ["a new lamp", "the lamp please"],
    "Green lamp": ["a new green lamp", "green lamp for me"],
    "Refund": ["where is my refund", "refund the money please"],
    "Sofa delivery": ["when do you deliver the sofa", "the sofa was not delivered"],
}


def beside(language: str = "en", few: str = "") -> dict[str, str]:
    names = list(GROUPS)
    texts = [text for name in names for text in GROUPS[name][: 1 if name == few else 2] * 2]
    labels = np.array([names.index(name) for name in names for _ in range(2 if name == few else 4)])
    corpus, encoder = read_texts(texts, labels, [language] * len(texts)), default()
    found = related(dict(enumerate(names)), labels, encoder.encode(texts), corpus, encoder)
    return {names[one]: names[other] for one, other in found.items()}


def test_each_of_two_names_the_other() -> None:
    found = beside()
    assert found["Tickets"] == "Winners of the Larkfest contest", "by what marks both"
    assert found["Lamp"] == "Lamp flickers", "by their titles"
    mutual = {one: other for one, other in found.items() if one != "Green lamp"}
    assert all(found[other] == one for one, other in mutual.items())
    assert "Refund" not in found and "Sofa delivery" not in found


def test_who_is_nobodys_nearest_names_the_broader_theme() -> None:
    assert beside()["Green lamp"] == "Lamp"


def test_two_that_lie_close_name_each_other_if_nothing_else_does() -> None:
    titles = {0: "Locked out", 1: "Code never came", 2: "Roses"}
    texts = ["the login code never came", "locked out of my login"] * 4 + ["red roses", "roses by post"] * 4
    labels = np.array([1, 0] * 4 + [2] * 8)
    rows = np.zeros((16, 3), np.float32)
    rows[:8, 0], rows[8:, 1] = 1, 1
    rows[1:8:2, 2] = apart = 0.5
    corpus = read_texts(texts, labels)
    assert related(titles, labels, rows, corpus, default()) == {0: 1, 1: 0}
    rows[1:8:2, 2] = 4 * apart
    assert related(titles, labels, rows, corpus, default()) == {}


def test_who_is_named_by_few_has_nothing_beside_it() -> None:
    assert "Tickets" not in beside(few="Winners of the Larkfest contest")


def test_german_themes_are_left_alone() -> None:
    assert beside("de") == {}
