"""What a theme is called whose texts hold no word to call it by: their own words, in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

import numpy as np

from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.saying.listing import APART, NO_WORDS
from textanalytics.text import clean, tokens

LONGEST = 60
ONE_SENTENCE, COMPARED = 0.5, 60
"""Part of the words that two texts have in common, on average, from which on all say one sentence with other names in it; and texts
that are compared."""


def in_their_words(made: Title, texts: Sequence[str]) -> Title:
    """The same title; where it is none, the shortest text that says something, of a mixed theme one of several; where it is words
    side by side and all say one sentence, that sentence: its words are no matter, and what stands in it beside them is chance."""
    if made.title == NO_WORDS:
        said = min(filter(None, map(clean, texts)), key=len, default="")
        return replace(made, title=_quoted(said, of=len(texts)), subject=False) if said else made
    if APART in made.title and (sentence := _sentence(list(map(clean, texts[:COMPARED])))):
        return replace(made, title=_quoted(sentence), subject=False)
    return made


def _quoted(said: str, of: int = 1) -> str:
    quote = f"“{shorten(said, LONGEST, placeholder='…') if ' ' in said else said[:LONGEST]}”"
    return quote if of == 1 else f"Mixed, such as {quote}"


def _sentence(texts: Sequence[str]) -> str:
    """The text that has most in common with the others, if all say the same; of equals one that begins as a sentence, and the shortest."""
    if len(texts) < 2:
        return ""
    alike = _in_common([{word.lower() for word, _, _ in tokens(text)} for text in texts])
    best = max(
        range(len(texts)), key=lambda i: (round(alike[i], 6), _is_written(texts[i]), -len(texts[i]), texts[i])
    )
    return texts[best] if alike[best] >= ONE_SENTENCE * (len(texts) - 1) else ""


def _in_common(words: Sequence[set[str]]) -> list[float]:
    """For each set the part of its words and another's that both have, summed over the others."""
    place = {word: number for number, word in enumerate(sorted(set().union(*words)))}
    held = np.zeros((len(words), len(place)))
    for row, own in enumerate(words):
        held[row, [place[word] for word in own]] = 1
    both = held @ held.T
    sizes = both.diagonal()
    alike: list[float] = ((both / np.maximum(sizes[:, None] + sizes - both, 1)).sum(1) - 1).tolist()
    return alike


def _is_written(text: str) -> bool:
    return text[:1].isupper() and not text.isupper()
