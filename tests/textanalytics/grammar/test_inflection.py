"""German words are counted by what they are forms of; English is left as it is."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.inflection import is_german, plain_words
from textanalytics.grouping.graph import features


def test_forms_of_one_german_word_become_one() -> None:
    said, german = plain_words(
        ["Die Lampe flackert und nervt", "unsere Lampe ist da", "meine Lampen flackern wieder"]
    )
    assert german == [True] * 3
    assert said[0].split()[0] == said[2].split()[0] == "lamp"


def test_a_compound_brings_the_noun_it_ends_on() -> None:
    texts = [
        "die Lieferung fehlt",
        "eine Lieferung kam nicht",
        "unsere Lieferung ist da",
        "die Eillieferung fehlt",
    ]
    texts.append("das ist nicht so wichtig wie eil")
    assert "liefer" in plain_words(texts)[0][3].split()


def test_where_most_is_german_the_rest_is_read_as_german() -> None:
    assert plain_words(["Lampe", "das ist nicht gut", "wir haben keine Lampe"])[1] == [True] * 3


def test_english_is_left_as_it_is() -> None:
    texts = ["the battery will die in an hour so what", "was that man in the war", "bad hat"]
    assert plain_words(texts) == (texts, [False] * 3)


def test_a_word_or_two_of_german_do_not_make_a_text_german() -> None:
    assert not is_german(
        "i said danke and then ich bin was all i could say to the waiter in berlin that day".split()
    )


def test_german_texts_of_one_matter_are_near_whatever_little_words_they_share() -> None:
    texts = [
        *("die Lampe im Flur flackert", "meine Lampen flackern", "unsere Lampe flackert nachts"),
        *("der Schrank im Flur wackelt", "meine Schränke wackeln", "unser Schrank wackelt nachts"),
    ]
    rows = features(np.eye(6, dtype=np.float32), texts, seed=0)
    near = rows @ rows.T
    assert near[0, 1] > near[0, 3]
    assert near[3, 4] > near[3, 0]
