"""A noun that everybody uses is no matter; one of which all say the like is."""

from __future__ import annotations

import numpy as np

from tests.textanalytics.german import MATTERS, spoken
from textanalytics.encoders import default
from textanalytics.grammar.corpus import members_of, read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.naming.belonging.german_heaps import FEWEST, around_a_noun


def test_only_what_has_nothing_else_in_common_is_found() -> None:
    texts, themes = spoken()
    known = sorted(set(themes))
    first, last = ([some[place] for _, some in MATTERS.values()] for place in (0, -1))
    any_of = [f"Platz: {said}" for said in (*first, *last[:2])]
    labels = np.array([known.index(theme) for theme in themes] + [len(known)] * len(any_of))
    texts = [*texts, *any_of]
    assert len(any_of) >= FEWEST
    corpus, vectors = read_texts(texts, labels, ["de"] * len(texts)), default().encode(texts)
    weights, members = weigh(corpus.words, labels), members_of(labels)
    found = around_a_noun(corpus, weights, members, vectors=vectors, encoder=default())
    assert found == {len(known)}
