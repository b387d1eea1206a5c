"""Themes that a title can be found for: what has no words in common is taken apart, what says one thing is joined.

A partition has a place for every message. Where texts are short, or their words unknown to the encoder, it makes groups
of what is like nothing else. Such a group has no words of its own; its messages go to the theme whose words they hold,
or find one another by a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import sqrt

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, everywhere, members_of
from textanalytics.grammar.keywords import Weights, Words, weigh
from textanalytics.grammar.phrases import READ
from textanalytics.grouping.coherence import FOREIGN
from textanalytics.grouping.graph import greatest
from textanalytics.settling.concern import concern
from textanalytics.settling.gathering import alike, by_nouns, core
from textanalytics.settling.homonyms import parted
from textanalytics.settling.joining import join
from textanalytics.settling.marks import Meant, centres, leading, unit_rows
from textanalytics.settling.misfits import without_misfits
from textanalytics.settling.moods import divided
from textanalytics.settling.wording import with_words
from textanalytics.words.numbers import distinct

JUDGED = 6
"""Messages from which on a theme can be asked for words in common."""

TELLING, COMMON = 3, 0.4
"""A theme whose strongest words stand in a smaller share of its messages has no matter."""

READ_ON = 0.7
"""In texts longer than what is read of them words are in common by chance: a theme of articles needs its words in more,
an article two of the words of a theme that adopts it, and by one word it is not gathered."""

WORDS, SECOND, MATTER = 6, 0.2, 0.19
"""Nor has one whose messages share a word and nothing else: their mean cosine, and this much of the share of them that hold
two of its strongest words, have to come to so much. English themes come to .2 and more; German ones around a word that
everybody uses ("Zug") to .1."""

ONE_WORD = 0.5
"""And a German one that no noun gathers, in which no one word stands in so many of its messages."""

BESIDE = 0.5
"""Nor has one in which the name of a place, or of who is spoken to, is the strongest word, and no other weighs so much of it."""

FAINT, FEW = 1.5, 0.35
"""Nor has an English one none of whose words weighs so much, because all texts speak of it ("flight"), unless so many of its
messages hold two of its strongest."""

SAME = 0.8
"""Mean cosine of messages that are copies of one another, or nearly. Where they are half of all, their words are everybody's
and they stand in the middle of all; both would say that nothing holds them together."""

WORDED = 0.26
"""And so much where the words themselves make two alike, in German (see `wording`)."""

ADOPTED, ADOPTING = 0.35, 5
"""Cosine to a theme, away from the mean of all, and one of so many of its strongest words: then a message belongs."""

LESS = 0.1
"""And so much less where the words themselves make two alike, in German."""

GATHERED, TOGETHER = 3, 0.2
"""Messages that share a word, and are at least so alike on average, are a theme."""

EVERYDAY = 0.05
"""A word in more of all texts gathers nobody."""

PAIRED = 0.3
"""Two that share one have to be nearer."""

WORDED_TOGETHER, WORDED_PAIRED = 0.4, 0.6
"""And so much in German, where the word that they share makes them alike (see `wording`): also those that a partition put
together."""

AT_ONCE = 512
"""Messages that look for the nearest theme at once, so that however many there are no large table is made."""

TELLS = 0.3
"""A German word that tells less of a matter by itself gathers nobody: see `concern`."""


def settle(
    labels: IntArray, vectors: FloatArray, corpus: Corpus, moods: IntArray, encoder: Encoder | None = None
) -> IntArray:
    """(n,) labels, -1 as before, every other message in a theme; new themes are numbered behind the old ones.

    `moods`: 1 praises, -1 blames, 0 neither. Without `encoder` two words are never taken for one (`joining`).
    """
    themed = labels >= 0
    if not themed.any():
        return labels
    middle = vectors[themed].mean(0)
    bare = unit_rows(vectors - middle)
    rows = with_words(bare, corpus, np.flatnonzero(themed))
    foreign = np.array([language not in ("en", "und") for language in corpus.languages], np.bool_)
    kept = _copied(labels, vectors)
    if corpus.is_german:
        before, labels = labels, _spoken_of(labels, rows, corpus)
        kept |= set(labels[labels > before.max()].tolist())
    found = _regather(
        labels,
        rows,
        _specific(vectors, rows, themed),
        corpus,
        nearer=np.full(len(foreign), -LESS) if corpus.is_german else FOREIGN * foreign,
        kept=kept,
        least=MATTER if rows is bare else WORDED,
    )
    if not corpus.is_german:  # Untaught, moods of German are misread too often.
        found = divided(without_misfits(found, bare, corpus, kept), moods)
    meant = None if encoder is None else _away(encoder, middle)
    found = join(
        found,
        rows,
        bare,
        corpus,
        moods=moods,
        foreign=foreign,
        meant=meant,
    )
    return found if meant is None or corpus.is_german else parted(found, corpus, meant, kept)


def _away(encoder: Encoder, middle: FloatArray) -> Meant:
    return lambda texts: unit_rows(encoder.encode(texts) - middle)


def _spoken_of(labels: IntArray, rows: FloatArray, corpus: Corpus) -> IntArray:
    """(n,) labels, those of messages that a noun gathers behind the old ones: see `gathering`."""
    themed = np.flatnonzero(labels >= 0)
    chosen = by_nouns(corpus.nouns, rows, themed, corpus.printed)
    names = {noun: int(labels.max()) + 1 + place for place, noun in enumerate(sorted(set(chosen) - {""}))}
    found = labels.copy()
    found[themed] = [names.get(noun, own) for noun, own in zip(chosen, labels[themed].tolist(), strict=True)]
    return found


def _copied(labels: IntArray, vectors: FloatArray) -> frozenset[int]:
    """Themes whose messages are copies of one another."""
    return frozenset(
        label
        for label, members in members_of(labels).items()
        if len(members) >= JUDGED and alike(vectors[members]) >= SAME
    )


def _specific(vectors: FloatArray, rows: FloatArray, themed: BoolArray) -> FloatArray:
    """The rows with one near the middle of all made short: long texts that speak of everything are near one another."""
    length = np.linalg.norm(vectors - vectors[themed].mean(0), axis=1)
    usual = float(np.sqrt((length[themed] ** 2).mean()))
    return np.asarray(rows * np.minimum(length / max(usual, 1e-9), 1)[:, None], np.float32)


def _regather(
    labels: IntArray,
    rows: FloatArray,
    specific: FloatArray,
    corpus: Corpus,
    *,
    nearer: FloatArray,
    kept: frozenset[int],
    least: float,
) -> IntArray:
    """`nearer`: how much nearer than others each message has to be, to be alike; `kept` themes stay as they are; `least`:
    see `MATTER`."""
    words = corpus.words
    weights = weigh(words, labels)
    held = corpus.held
    told = corpus.matter() & corpus.tells()
    telling = {label: leading(weights[label], WORDS, told) for label in weights}
    shared = told if corpus.is_german else ~corpus.aside
    articles = np.diff(words.starts) >= READ
    asked = 1 + articles
    loose = _loose(labels, rows, corpus, weights, telling, held, articles, kept, least)
    if not loose:
        return labels
    left = np.flatnonzero(np.isin(labels, loose))
    found = labels.copy()
    found[left] = -1
    sound = {label: weights[label] for label in weights if label not in set(loose)}
    _adopt(found, left, specific, held, sound, shared, nearer=nearer, asked=asked)
    left = left[found[left] < 0]
    telling_one = shared.copy() if corpus.is_german else corpus.naming() & shared
    telling_one[list(everywhere(corpus, EVERYDAY))] = False
    if corpus.is_german:
        telling_one &= concern(words.names, "de") >= TELLS
    left = left[~articles[left]]
    groups = _gather(left, specific, words, corpus.holding, telling_one, _near(corpus))
    found[left] = int(labels.max()) + 1 + groups
    sizes = np.bincount(found[found >= 0])
    found[left[sizes[found[left]] == 1]] = -1
    alone = np.flatnonzero((found < 0) & (labels >= 0))
    weights = weigh(words, found)
    sound = {label: weights[label] for label in weights if sizes[label] >= GATHERED}
    _adopt(found, alone, specific, held, sound, shared, nearer=nearer, asked=asked)
    again = alone[found[alone] < 0]
    found[again] = len(sizes) + np.arange(len(again))
    return found


def _loose(
    labels: IntArray,
    rows: FloatArray,
    corpus: Corpus,
    weights: Mapping[int, Weights],
    telling: Mapping[int, Sequence[int]],
    held: Sequence[frozenset[int]],
    articles: BoolArray,
    kept: frozenset[int],
    least: float,
) -> list[int]:
    """Themes that no matter holds together; in German also those of which too few hold the one word that names them."""
    needed = np.where(articles, READ_ON, COMMON)
    of = {label: members for label, members in members_of(labels).items() if label not in kept}
    loose = [
        label
        for label, members in of.items()
        if _is_loose(members, telling[label], held, rows, needed, least)
        or is_aside(weights[label], telling[label], corpus.aside)
        or (not corpus.is_german and _is_faint(members, weights[label], telling[label], held))
    ]
    if not corpus.is_german:
        return loose
    loose += [
        label
        for label, members in of.items()
        if len(members) < JUDGED and alike(rows[members]) < _near(corpus)[len(members) < GATHERED]
    ]
    return loose + [
        label
        for label, members in of.items()
        if label not in set(loose)
        and sum(not held[i].isdisjoint(telling[label][:1]) for i in members.tolist())
        < ONE_WORD * len(members)
    ]


def _near(corpus: Corpus) -> tuple[float, float]:
    """How alike texts are that a word gathers, and two of them."""
    return (WORDED_TOGETHER, WORDED_PAIRED) if corpus.is_german else (TOGETHER, PAIRED)


def _is_loose(
    members: IntArray,
    strongest: Sequence[int],
    held: Sequence[frozenset[int]],
    rows: FloatArray,
    needed: FloatArray,
    least: float,
) -> bool:
    """Whether no word holds these together, or a word and nothing else; `needed`: see `COMMON`, for each message."""
    if len(members) < JUDGED:
        return False
    said = [len(held[i].intersection(strongest)) for i in members.tolist()]
    first = sum(not held[i].isdisjoint(strongest[:TELLING]) for i in members.tolist())
    second = sum(count > 1 for count in said) / len(members)
    return first < needed[members].sum() or alike(rows[members]) + SECOND * second < least


def is_aside(weights: Weights, told: Sequence[int], aside: BoolArray) -> bool:
    """Whether what sets a theme apart is where, or to whom, it was said."""
    strongest = leading(weights, 1)
    said = max((weights.words[stem] for stem in told), default=0.0)
    return any(aside[stem] and said < BESIDE * weights.words[stem] for stem in strongest)


def _is_faint(
    members: IntArray, weights: Weights, strongest: Sequence[int], held: Sequence[frozenset[int]]
) -> bool:
    """Whether all speak of what these speak of, and few of two such things."""
    second = sum(len(held[i].intersection(strongest)) > 1 for i in members.tolist())
    return (
        len(members) >= JUDGED
        and max(weights.words.values(), default=0.0) < FAINT
        and second < FEW * len(members)
    )


def _adopt(
    labels: IntArray,
    left: IntArray,
    rows: FloatArray,
    held: Sequence[frozenset[int]],
    sound: dict[int, Weights],
    shared: BoolArray,
    *,
    nearer: FloatArray,
    asked: IntArray,
) -> None:
    """Into the nearest sound theme of whose words the message holds as many as are asked, if it is near enough."""
    names = sorted(sound)
    if not names:
        return
    middles = centres(labels, rows, names)
    wanted = [frozenset(leading(sound[name], ADOPTING, shared)) for name in names]
    for start in range(0, len(left), AT_ONCE):
        some = left[start : start + AT_ONCE]
        near = rows[some] @ middles.T
        best = greatest(near, min(ADOPTING, len(names)))
        enough = np.take_along_axis(near, best, 1) >= ADOPTED + nearer[some][:, None]
        for i, places, close in zip(some.tolist(), best.tolist(), enough.tolist(), strict=True):
            for place, is_near in zip(places, close, strict=True):
                if is_near and len(wanted[place] & held[i]) >= asked[i]:
                    labels[i] = names[place]
                    break


def _gather(
    left: IntArray,
    rows: FloatArray,
    words: Words,
    holding: IntArray,
    naming: BoolArray,
    near: tuple[float, float],
) -> IntArray:
    """(left,) groups by one word each, the most telling word first; who shares none stands alone. `holding`: how many texts hold
    each word; `near`: see `_near`."""
    rarity = np.where(naming, np.log(len(rows) / np.maximum(holding, 1)), 0)
    texts, stems = _once(words, left)
    groups = np.full(len(left), -1)
    places = _by_stem(np.searchsorted(left, texts), stems)
    telling = [stem for stem in places if rarity[stem] > 0]
    heap = [(-sqrt(len(places[stem])) * float(rarity[stem]), stem) for stem in telling]
    heapify(heap)
    unused = 0
    while heap:
        worth, best = heappop(heap)
        members = places[best][groups[places[best]] < 0]
        if len(members) < 2:
            continue
        if (now := -sqrt(len(members)) * float(rarity[best])) > worth:
            heappush(heap, (now, best))
            continue
        members = members[core(rows[left[members]], near[0])]
        if len(members) > 1 and alike(rows[left[members]]) >= (
            near[0] if len(members) >= GATHERED else near[1]
        ):
            groups[members] = unused
            unused += 1
    alone = np.flatnonzero(groups < 0)
    groups[alone] = unused + np.arange(len(alone))
    return groups


def _by_stem(places: IntArray, stems: IntArray) -> dict[int, IntArray]:
    """The places of each stem, in order."""
    order = np.argsort(stems, kind="stable")
    names, starts = np.unique(stems[order], return_index=True)
    return dict(zip(names.tolist(), np.split(places[order], starts[1:]), strict=True)) if len(order) else {}


def _once(words: Words, texts: IntArray) -> tuple[IntArray, IntArray]:
    """(text, stem) for each word of these texts, each once."""
    wanted = np.isin(words.text, texts) & (words.stem >= 0)
    size = max(len(words.names), 1)
    pairs = distinct(words.text[wanted] * size + words.stem[wanted])
    return pairs // size, pairs % size
