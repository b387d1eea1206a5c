"""The phrases that would suit some themes as titles: most of the work of naming, and it can be shared out.

What suits a theme depends on all texts and on no other theme's title; only who gets which title is decided in one place
(`titles.name_all`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of, read_early, read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.naming.finding import Candidates
from textanalytics.naming.nearness import Meaning
from textanalytics.naming.titles import Namer, Title, titles


def candidates(
    corpus: Corpus, labels: IntArray, wanted: Collection[int], *, vectors: FloatArray, encoder: Encoder
) -> Candidates:
    """For each of the labels that are `wanted`."""
    namer = Namer(corpus, None, Meaning(encoder, vectors, labels))
    weights, members = weigh(corpus.words, labels), members_of(labels)
    return {label: namer.candidates(members[label], weights[label]) for label in wanted if label in weights}


@dataclass(frozen=True)
class Question:
    """All that `answer` has to know, in another process too."""

    texts: Sequence[str]
    languages: Sequence[str]
    labels: IntArray
    vectors: FloatArray
    wanted: Collection[int]
    addressed: frozenset[str] = frozenset()


def answer(encoder: Encoder, asked: Question) -> Candidates:
    """`candidates` for whoever has not read the texts yet."""
    corpus = read_texts(asked.texts, asked.labels, asked.languages, asked.addressed)
    return candidates(corpus, asked.labels, asked.wanted, vectors=asked.vectors, encoder=encoder)


def entitle(
    encoder: Encoder,
    texts: Sequence[str],
    labels: IntArray,
    languages: Sequence[str],
    addressed: frozenset[str] = frozenset(),
) -> dict[int, Title]:
    """`titles` that mean what their themes mean: all of the work, for whoever has something else to do meanwhile."""
    vectors = encoder.encode(texts)
    return titles(texts, labels, languages=languages, vectors=vectors, encoder=encoder, addressed=addressed)


def read_ahead(_: Encoder, texts: Sequence[str]) -> None:
    """Before it is known which of these texts stand in one theme: what `answer` will ask of each by itself."""
    read_early(texts)
