"""Groups that no word holds together, or a word and nothing else: what is like nothing else, put somewhere, because a partition
has a place for everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from heapq import nlargest

import numpy as np

from textanalytics.base import IntArray
from textanalytics.grammar.corpus import HALF, Corpus, everywhere
from textanalytics.grammar.keywords import Weights, Words, stem_of
from textanalytics.grammar.phrases import READ
from textanalytics.naming.belonging.twins import ESTABLISHED, open_words
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.settling.concern import concern
from textanalytics.settling.settle import COMMON, FAINT, JUDGED, READ_ON, TELLING, is_aside

FEWEST, MANY = 3, 40
"""Texts of which it is asked whether they are a heap: what so many speak of, they may speak of in more than one way."""

HELD = 0.5
"""What the three strongest words of a matter weigh, as far as each is a matter of anybody's, and as far as the texts'
neighbours are in it too: a heap has less."""

WORDED, SURE = 0.6, 1.35
"""And a German heap less than this, by the neighbours that hold the same words; with less than the second nobody is sure of it."""

FEW, SHARED = 6, 0.6
"""And of fewer, the words that this share of them hold: any other is one person's."""

FIRM, SMALL = 1.75, 64
"""Share of the texts' nearest neighbours that are of them, times the root of their number, in a theme that is surely one; and how
many are not asked any more."""

STATED = 0.5
"""Share of a theme's texts that hold the words of its title, from which on it is a matter that they state."""

SAID_ALIKE = 0.6
"""Mean cosine of texts that are nearly copies: their neighbours are copies, too, and do not tell."""

LEAST, MOST = 0.05, 0.6
"""What a word is a matter, at least and at most: see `concern`."""

FULL = 12
"""German texts that count in full: of fewer, the nearest are theirs by chance, because they hold one noun."""

GERMAN_LEAST, GERMAN_SHARED = 0.2, 0.3
"""At least in German, at most 1; and the share of the texts that hold a word which is asked: they have a noun in common
whatever they say, and a word of one article would speak for all."""

UNLIKE = 0.35
"""Mean cosine from which on texts are alike, and no heap: those like them stand in a theme of the same matter, then."""


def mixed(corpus: Corpus, weights: Mapping[int, Weights], members: Mapping[int, IntArray]) -> frozenset[int]:
    """Labels of `JUDGED` texts or more of which too few hold one of the three words that set the label apart.

    `weights` of each label's words, `members`: its texts. Too few: see `settle.COMMON`; of articles `settle.READ_ON`. And
    labels that only a place sets apart, or who is spoken to: see `settle.BESIDE`. A word in half of all texts counts where they are
    mostly the label's own.
    """
    words, aside = corpus.words, corpus.aside
    told = frozenset(np.flatnonzero(corpus.matter() & corpus.tells()).tolist())
    common = everywhere(corpus, HALF) - set(np.flatnonzero(~corpus.tells()).tolist())
    needed = np.where(np.diff(words.starts) >= READ, READ_ON, COMMON)
    stem, starts = words.stem.tolist(), words.starts.tolist()
    found = []
    for label, texts in members.items():
        if len(texts) < JUDGED:
            continue
        own = weights[label].words
        theirs = {stem for stem in common & own.keys() if own[stem] >= FAINT}
        strongest = nlargest(TELLING, (told & own.keys()) | theirs, key=lambda stem: (own[stem], -stem))
        any_of = frozenset(strongest)
        holding = sum(not any_of.isdisjoint(stem[starts[i] : starts[i + 1]]) for i in texts.tolist())
        if holding < needed[texts].sum() or is_aside(weights[label], strongest, aside):
            found.append(label)
    return frozenset(found)


def heaps(
    corpus: Corpus, weights: Mapping[int, Weights], members: Mapping[int, IntArray], meaning: Meaning
) -> frozenset[int]:
    """Labels of texts that share a word and no matter ("play"): what each is about is elsewhere.

    Of a matter, texts that are near one another in meaning are of one label, or strong words set it apart that say what it is;
    mostly both. A heap has too little of the two together. Of German texts, which their nouns gather (see `gathering`), those are
    near that hold the same words, and more is asked.
    """
    if not meaning.has_neighbours:
        return frozenset()
    asked = {
        label: texts
        for label, texts in members.items()
        if FEWEST <= len(texts) < MANY and meaning.alike(texts) < UNLIKE
    }
    least = WORDED if corpus.is_german else HELD
    return _less_held(corpus, weights, asked, meaning, least)


def hardly(
    corpus: Corpus, weights: Mapping[int, Weights], members: Mapping[int, IntArray], meaning: Meaning
) -> frozenset[int]:
    """Labels of German texts that share what may be a word and no matter ("Reise"): more than a heap has, and too little. What is
    out of one article says one thing, and is not asked."""
    if not meaning.has_neighbours:
        return frozenset()
    asked = {
        label: texts
        for label, texts in members.items()
        if len(texts) < SMALL
        and len(np.unique(corpus.printed[texts])) > 1
        and meaning.alike(texts) < SAID_ALIKE
    }
    return _less_held(corpus, weights, asked, meaning, SURE)


def _less_held(
    corpus: Corpus,
    weights: Mapping[int, Weights],
    members: Mapping[int, IntArray],
    meaning: Meaning,
    enough: float,
) -> frozenset[int]:
    """The labels whose texts less holds together: see `HELD`. Neighbours are not asked where words tell."""
    told = frozenset(np.flatnonzero(corpus.matter() & corpus.tells()).tolist())
    share = GERMAN_SHARED if corpus.is_german else 0.0
    strongest = {
        label: _strongest(
            weights[label], told & _shared(corpus.words, texts, SHARED if len(texts) < FEW else share)
        )
        for label, texts in members.items()
    }
    stems = sorted({stem for own in strongest.values() for stem in own})
    tells = concern([corpus.words.names[stem] for stem in stems], "de" if corpus.is_german else "en")
    least, most = (GERMAN_LEAST, 1.0) if corpus.is_german else (LEAST, MOST)
    matter = dict(zip(stems, np.clip(tells, least, most).tolist(), strict=True))
    said = {
        label: sum(weight * matter[stem] for stem, weight in own.items()) for label, own in strongest.items()
    }
    return frozenset(
        label
        for label, own in said.items()
        if own < enough or _inside(members[label], corpus, meaning) * own < enough
    )


def _inside(texts: IntArray, corpus: Corpus, meaning: Meaning) -> float:
    """The share of the nearest texts that are of them; in German, of few texts, less."""
    if not corpus.is_german:
        return meaning.inside(texts)
    different = len(np.unique(corpus.printed[texts]))
    return meaning.inside_worded(texts, corpus) * min(1.0, (different / FULL) ** 0.5)


def unsure(members: Mapping[int, IntArray], meaning: Meaning) -> frozenset[int]:
    """Labels of texts that share what may be a word and no matter: few, and most of what is near to them is elsewhere.

    None where there are too few texts for neighbours to tell; copies and pairs are not asked.
    """
    if not meaning.has_neighbours:
        return frozenset()
    return frozenset(
        label
        for label, texts in members.items()
        if FEWEST <= len(texts) < SMALL
        and meaning.alike(texts) < SAID_ALIKE
        and (len(texts) ** 0.5 < FIRM or meaning.inside(texts) * len(texts) ** 0.5 < FIRM)
    )


def stated(titles: Mapping[int, str], members: Mapping[int, IntArray], corpus: Corpus) -> frozenset[int]:
    """Labels of `ESTABLISHED` texts or more so many of which hold all words of the title (`STATED`), two telling ones or more: "Cancel my booking". They
    have more in common than a word, wherever those like them are."""
    words = {label: open_words(titles[label]) for label in titles if len(members[label]) >= ESTABLISHED}
    found = []
    for label, said in words.items():
        own = (set(map(_root, corpus.texts[text].lower)) for text in members[label].tolist())
        if len(said) > 1 and sum(said <= held for held in own) >= STATED * len(members[label]):
            found.append(label)
    return frozenset(found)


def _root(word: str) -> str:
    return stem_of(word, "en")


def _shared(words: Words, texts: IntArray, share: float) -> set[int]:
    """The stems that such a share of these texts hold."""
    held = Counter(
        stem
        for i in texts.tolist()
        for stem in set(words.stem[words.starts[i] : words.starts[i + 1]].tolist())
    )
    return {stem for stem, count in held.items() if stem >= 0 and count >= share * len(texts)}


def _strongest(weights: Weights, told: frozenset[int]) -> dict[int, float]:
    own = weights.words
    best = nlargest(TELLING, told & own.keys(), key=lambda stem: (own[stem], -stem))
    return {stem: own[stem] for stem in best}
