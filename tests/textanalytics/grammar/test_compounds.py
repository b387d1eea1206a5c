"""A German compound counts as the noun it ends on, if that is a noun people use."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grammar.compounds import front, head
from textanalytics.grammar.corpus import read_texts

USES = {
    "verspätung": 5,
    "zug": 3,
    "zugverspätung": 1,
    "kunden": 3,
    "dienst": 9,
    "kundendienst": 4,
    "streik": 4,
    "bahn": 9,
}


@pytest.mark.parametrize(
    ("word", "short"),
    [
        ("zugverspätung", "verspätung"),
        ("kundendienst", "dienst"),
        ("bahn-streik", "streik"),
        ("verspätung", "verspätung"),
        ("unverspätung", "unverspätung"),
        ("zug", "zug"),
    ],
)
def test_the_head_is_a_noun_that_stands_by_itself_too(word: str, short: str) -> None:
    assert head(word, USES) == short


def test_a_compound_begins_with_a_noun_whatever_it_ends_on() -> None:
    nouns = {"gutschein": 1, "retoure": 2, "bahn": 9, "kündigung": 1}
    assert front("gutscheincode", nouns) == "gutschein"
    assert front("retourenlabel", nouns) == "retoure"
    assert front("kündigungsfrist", nouns) == "kündigung"
    assert front("bahnhof", nouns) == ""
    assert front("gutscheine", nouns) == ""


def test_a_compound_that_is_commoner_than_its_head_is_another_word() -> None:
    assert head("bahnhof", {"bahn": 9, "bahnhof": 9, "hof": 1}) == "bahnhof"
    assert head("kundendienst", USES | {"kundendienst": 20}) == "kundendienst"


def test_words_of_one_head_are_one_word() -> None:
    texts = [
        "die Lieferung fehlt",
        "meine Lieferung fehlt",
        "eine Lieferung",
        "die Paketlieferung fehlt",
        "ein Paket",
    ]
    words = read_texts(texts, np.zeros(5, np.int64), ["de"] * 5).words
    held = [set(words.stem[a:b].tolist()) for a, b in zip(words.starts, words.starts[1:], strict=False)]
    assert words.names.index("lieferung") in held[3]


def test_a_verb_is_no_compound() -> None:
    """To be stressed has nothing to do with food."""
    texts = ["das Essen ist kalt", "ein Essen", "das Essen", "Stress hier", "wir stressen uns"]
    words = read_texts(texts, np.zeros(5, np.int64), ["de"] * 5).words
    held = set(words.stem[words.starts[4] : words.starts[5]].tolist())
    assert words.names.index("essen") not in held
