"""The phrases that would suit some themes as titles: most of the work of naming, and it can be shared out.

What suits a theme depends on all texts and on no other theme's title; only who gets which title is decided in one place
(`titles.name_all`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of, read_early, read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.naming.belonging.agreeing import at_odds
from textanalytics.naming.belonging.answers import of_answers
from textanalytics.naming.belonging.german_heaps import around_a_noun
from textanalytics.naming.belonging.mixed import hardly, stated, unsure
from textanalytics.naming.choosing.titles import Namer, Title, name_all
from textanalytics.naming.saying.finding import Candidates
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.telling.subjects import as_subjects
from textanalytics.settling.concern import concern
from textanalytics.settling.settle import settle

SOME = 40
"""Texts in whose naming everything is asked for once."""


@dataclass(frozen=True)
class Said:
    """Texts as columns, for another process too: each with its language, its label (-1 none) and its mood (`base.MOODS`); and
    the names of who is spoken to."""

    texts: Sequence[str]
    languages: Sequence[str]
    labels: IntArray
    moods: Sequence[str] | None = None
    addressed: frozenset[str] = frozenset()

    def read(self) -> Corpus:
        return read_texts(self.texts, self.labels, self.languages, self.addressed)


def candidates(
    corpus: Corpus,
    said: Said,
    wanted: Collection[int],
    *,
    vectors: FloatArray,
    encoder: Encoder,
) -> Candidates:
    """For each of the labels that are `wanted`."""
    labels = said.labels
    namer = Namer(corpus, said.moods, Meaning(encoder, vectors, labels))
    weights, members = weigh(corpus.words, labels), members_of(labels)
    return {label: namer.candidates(members[label], weights[label]) for label in wanted if label in weights}


def answer(encoder: Encoder, said: Said, vectors: FloatArray, wanted: Collection[int]) -> Candidates:
    """`candidates` for whoever has not read the texts yet."""
    return candidates(said.read(), said, wanted, vectors=vectors, encoder=encoder)


def doubted(
    titles: Mapping[int, Title], corpus: Corpus, labels: IntArray, *, vectors: FloatArray, encoder: Encoder
) -> dict[int, Title]:
    """The same titles, with what is `unsure` of them. In German neighbours alone do not tell: see `mixed.hardly`."""
    members = {label: texts for label, texts in members_of(labels).items() if label in titles}
    if corpus.is_german:
        heard = np.where(labels[:, None] >= 0, vectors, np.float32(0))
        meaning = Meaning(encoder, heard, labels)
        weights = weigh(corpus.words, labels)
        found = hardly(corpus, weights, members, meaning)
        if meaning.has_neighbours:
            found |= around_a_noun(corpus, weights, members, vectors=heard, encoder=encoder)
    else:
        phrases = {label: title.title for label, title in titles.items() if not (title.bare or title.listed)}
        found = unsure(members, Meaning(encoder, vectors, labels)) - stated(phrases, members, corpus)
        found |= at_odds(members, corpus, labels, vectors) | of_answers(members, corpus)
    return {label: replace(title, unsure=label in found) for label, title in titles.items()}


def entitle(
    encoder: Encoder, said: Said, wanted: Collection[int] | None = None, taken: Collection[str] = ()
) -> dict[int, Title]:
    """`name_all` with titles that mean what their themes mean, what is unsure of them, and which only name subjects: all of the work, for
    whoever has something else to do meanwhile."""
    corpus, vectors = said.read(), vectors_of(encoder, said.texts, said.labels)
    titles = name_all(
        corpus,
        said.labels,
        moods=said.moods,
        vectors=vectors,
        encoder=encoder,
        wanted=wanted,
        taken=taken,
    )
    titles = doubted(titles, corpus, said.labels, vectors=vectors, encoder=encoder)
    return as_subjects(titles, said.labels, corpus)


def settled(encoder: Encoder, said: Said, vectors: FloatArray, signs: IntArray) -> IntArray:
    """`settle`, for whoever has not read the texts yet; `signs` of the moods as it takes them."""
    return settle(said.labels, vectors, said.read(), signs, encoder)


def vectors_of(encoder: Encoder, texts: Sequence[str], labels: IntArray) -> FloatArray:
    """(n, dimensions) what each text means; zeros for those without a label, of which nobody asks it."""
    mine = np.flatnonzero(labels >= 0)
    vectors = np.zeros((len(texts), encoder.dimensions), np.float32)
    vectors[mine] = encoder.encode([texts[i] for i in mine.tolist()])
    return vectors


def read_ahead(_: Encoder, texts: Sequence[str]) -> None:
    """Before it is known which of these texts stand in one theme: what `answer` will ask of each by itself."""
    read_early(texts)


def be_ready(encoder: Encoder, texts: Sequence[str]) -> None:
    """The same; and before, what takes a moment to load is loaded: some of them are named, and a word is judged."""
    some = texts[:SOME]
    entitle(encoder, Said(some, ["en"] * len(some), np.zeros(len(some), np.int64)))
    concern(["refund"])
    read_ahead(encoder, texts)
