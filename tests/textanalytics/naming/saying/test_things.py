"""Things, deeds, tags, and what says of what kind a thing is."""

from __future__ import annotations

import numpy as np

from textanalytics.base import BoolArray
from textanalytics.grammar.corpus import Corpus, read_texts
from textanalytics.naming.saying.things import codes, deeds, qualities, stand

TEXTS = [
    "an international transfer to my mother",
    "the international payment failed",
    "do you take international cards",
    "my international call was cut off",
    "no international parcel goes there #hgtxq",
    "we went by bus to pay an order",
    "they went home without the order #hgtxq",
    "I went to order a lamp from Boorito",
    "to order the lamp from Boorito was easy",
]


def read() -> Corpus:
    return read_texts(TEXTS, np.zeros(len(TEXTS), np.int64))


def names(corpus: Corpus, found: BoolArray) -> set[str]:
    return {corpus.words.names[stem] for stem in np.flatnonzero(found).tolist()}


def test_what_stands_before_another_word_says_of_what_kind_it_is() -> None:
    corpus = read()
    assert names(corpus, qualities(corpus)) == {"international"}


def test_what_happens_is_no_thing_and_what_is_both_is_one() -> None:
    corpus = read()
    found = names(corpus, deeds(stand(corpus)))
    assert "went" in found
    assert "order" not in found


def test_what_nobody_could_say_is_a_tag_and_a_new_name_is_none() -> None:
    corpus = read()
    assert names(corpus, codes(corpus, stand(corpus))) == {"hgtxq"}


def test_no_texts_have_no_words() -> None:
    corpus = read_texts([], np.zeros(0, np.int64))
    assert not qualities(corpus).size
