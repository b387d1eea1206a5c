"""Whoever will be asked for titles is ready before."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.choosing.candidates import be_ready
from textanalytics.settling import concern

TEXTS = [
    "The kettle with the blue lid leaks since Monday",
    "My kettle leaks at the blue lid",
    "A kettle that leaks is no kettle",
]


def test_texts_are_cut_and_words_can_be_judged_before_titles_are_asked_for() -> None:
    concern._fitted.cache_clear()
    be_ready(default(), TEXTS)
    assert concern._fitted.cache_info().currsize == 1
    assert all(text.cut for text in read_texts(TEXTS, np.zeros(3, np.int64)).texts)


def test_where_there_is_no_text_there_is_nothing_to_do() -> None:
    concern._fitted.cache_clear()
    be_ready(default(), [])
    assert concern._fitted.cache_info().currsize == 1
