"""German nouns that say it all. "Verspätung" is what is wrong; "Sperrung" and "Pünktlichkeit" say what was done and how something is, where
those who write of them also use the verb and the adjective. "Fahrplan" is a thing."""

from __future__ import annotations

from functools import cache

from textanalytics import lexicons
from textanalytics.base import IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.nouns import ABSTRACT, DERIVED
from textanalytics.naming.saying.listing import APART, HAPPENED

WRONG = -1.0
"""Strength of a word that says what is wrong; see `lexicons/german.txt`."""

MADE = (*DERIVED, *ABSTRACT)
"""How nouns end that are made of a verb or an adjective."""

SAID = 0.15
"""Share of the texts that use the verb or the adjective itself: of who has a "Verbindung" few say what was connected."""


def says_it_all(title: str, corpus: Corpus, texts: IntArray) -> bool:
    """Whether one of its words, side by side, says what is wrong, what happened, or how something is; `texts` are those it is the title of."""
    return any(_says_it_all(name, corpus, texts) for name in title.split(APART))


def _says_it_all(name: str, corpus: Corpus, texts: IntArray) -> bool:
    happened = name.islower() and HAPPENED.fullmatch(name)
    return bool(happened) or _is_wrong(name.lower(), corpus) or _is_done(name.lower(), corpus, texts)


def _is_wrong(noun: str, corpus: Corpus) -> bool:
    """By itself, or by one of the nouns that it is made of: "Weichenstörung"."""
    words = (corpus.nouns.names.get(part, "") for part in corpus.nouns.keys(noun))
    return any(word in _wrongs() for word in (noun, *words))


def _is_done(noun: str, corpus: Corpus, texts: IntArray) -> bool:
    stem, noun_of = stem_of(noun, "de"), corpus.nouns.noun_of
    if not noun.removesuffix("en").endswith(MADE):
        return False
    used = sum(
        any(stem_of(noun_of(word), "de") == stem for word in corpus.texts[text].lower if noun_of(word))
        for text in texts.tolist()
    )
    return used >= SAID * len(texts)


@cache
def _wrongs() -> frozenset[str]:
    words, _ = lexicons.inflected("de")
    return frozenset(word for word, strength in words.items() if strength <= WRONG)
