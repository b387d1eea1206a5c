"""What small themes are called: what all of them say."""

from __future__ import annotations

import numpy as np
import pytest

from tests.textanalytics.naming.loose import SAID, texts_of
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging import agreeing
from textanalytics.naming.belonging.agreeing import Agreeing
from textanalytics.naming.choosing.shared import said_by_all
from textanalytics.naming.saying.titling import Title

ONE_SIDED = "Grandmother's porridge"


@pytest.fixture(autouse=True)
def enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "AMONG", len(SAID))


def called(
    *few: str, title: str = ONE_SIDED, language: str = "en", unsure: bool = False, taken: str = "Another"
) -> str:
    texts = [*texts_of(*SAID), *few]
    labels = [place for place, name in enumerate(SAID) for _ in SAID[name]] + [len(SAID)] * len(few)
    numbers, spoken = np.array(labels), [language] * len(texts)
    vectors, corpus = default().encode(texts), read_texts(texts, numbers, spoken)
    titles = {
        0: Title(taken, ("word",), mixed=True),
        len(SAID): Title(title, ("word",), unsure=unsure, troubled="Trouble", blamed=True),
    }
    said = said_by_all(
        titles,
        texts,
        corpus,
        numbers,
        Agreeing(corpus, numbers, vectors, spoken),
        vectors=vectors,
        encoder=default(),
    )
    assert said[0] == titles[0], "no other is asked"
    return said[len(SAID)].headline


def test_a_title_that_all_say_stays_and_nobody_calls_it_trouble() -> None:
    few = ("the oven door fell off, grandmother is sad", "who pays for an oven door that fell on my cat")
    assert called(*few, title="Oven door fell") == "Oven door fell"


def test_a_sentence_speaks_for_those_who_say_nearly_the_same() -> None:
    assert called("who built this robot", "tell me who built this robot") == "Who built this robot"


def test_a_phrase_that_all_say_goes_before_one_of_a_single_message() -> None:
    few = (
        "the honeymoon suite smelt of soup, and the neighbours sang until dawn in three languages",
        "do children count as guests when one books the honeymoon suite from Monday on",
    )
    assert called(*few) == "Honeymoon suite"


def test_a_sentence_with_a_word_that_few_of_them_say_does_not_speak_for_all() -> None:
    few = ("May I paint my wooden canoe?", "may I sell my wooden canoe?", "may I wash my wooden canoe?")
    assert called(*few) == "Wooden canoe"


def test_else_the_word_that_all_share() -> None:
    few = (
        "the crew sang about porridge while the tower looked for a spare tyre in the harbour",
        "does porridge keep until Monday if my cellar is wet and the cat sleeps there",
    )
    assert called(*few) == "Porridge"
    assert called(*few, taken="Porridge") == ONE_SIDED


def test_what_is_unsure_or_german_is_called_as_before() -> None:
    assert called("who built this robot", "tell me who built this robot", unsure=True) == "Trouble"
    assert called("wer hat den Roboter gebaut", "sag, wer den Roboter gebaut hat", language="de") == "Trouble"
