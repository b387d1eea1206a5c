"""A readable name for each theme, in words that people really used.

A title is the whole phrase that carries the most of what sets the theme apart (see `keywords.weigh`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np

from textanalytics.base import IntArray
from textanalytics.grammar import Kind
from textanalytics.keywords import Weights, Words, count_words, weigh
from textanalytics.phrases import Cutter, Phrase, Text, phrases
from textanalytics.quotes import quotes
from textanalytics.spelling import Spelling

__all__ = ["Title", "quotes", "titles"]

TEXTS_READ = 60
"""Per theme: phrases are taken from the texts that say the most."""

PHRASES_WEIGHED, PHRASES_KEPT = 40, 12
TEXTS_ASKED = 200
BACKING = 0.35
"""Power of the share of texts that hold the words of a phrase: a title must fit what stands under it."""

EMPTY = frozenset({Kind.WEAK, Kind.TIME, Kind.OBJECT, Kind.ADVERB, Kind.ATTRIBUTE, Kind.SUBJECT})
TELLING = frozenset({Kind.NEGATED, Kind.NEGATION, Kind.AUXILIARY, Kind.ADJECTIVE})
TELLS = 1.15
"""A phrase that says what is the matter is worth more than one that only names a thing."""

TWO_SUBJECTS = 0.8
ONE_CASE = 0.7
"""For a phrase with a number: flight 48 and 20 minutes belong to one message, not to the theme."""

OFF_THE_POINT = 0.6
"""For a phrase without any of the theme's first keywords."""

PAIR = 0.6
DILUTION = 0.55
"""0 would favour the longest phrase, 1 the single strongest word."""

LEAST_SCORE = 0.35
HOW_TO = re.compile(r"how (?:do|can|could|would|should|to) (?:(?:i|we|you) )?", re.IGNORECASE)
"""Questions that are shorter, and no less faithful, as "How to"."""

SAME = 0.7
"""Two titles that share more of their words than this are the same title."""


@dataclass(frozen=True)
class Title:
    title: str
    keywords: tuple[str, ...]


def titles(
    texts: Sequence[str], labels: IntArray, *, languages: Sequence[str] | None = None
) -> dict[int, Title]:
    """One title for each label from 0 up; texts are cleaned, `languages` are ISO 639-1 (English if not given).

    Deterministic. No two labels get the same title; the largest label chooses first.
    """
    spoken = _main_languages(labels, languages) if languages is not None else ["en"] * len(texts)
    cutters = {language: Cutter(language) for language in set(spoken)}
    read = [cutters[language].read(text) for text, language in zip(texts, spoken, strict=True)]
    words = count_words(read, spoken)
    namer = _Namer(read, words, Spelling(read, spoken))
    weights = weigh(words, labels)
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(len(sizes) + 1))
    return {
        label: namer.name(order[bounds[label] : bounds[label + 1]], weights[label])
        for label in sorted(weights, key=lambda label: (-sizes[label], label))
    }


def _main_languages(labels: IntArray, languages: Sequence[str]) -> list[str]:
    """The language that most texts of a label are in, for all of them: short texts are often misjudged."""
    everywhere = Counter(language for language in languages if language != "und")
    main = max(everywhere, key=lambda name: (everywhere[name], name), default="en")
    counts: dict[int, Counter[str]] = {}
    for label, language in zip(labels.tolist(), languages, strict=True):
        if language != "und":
            counts.setdefault(label, Counter())[language] += 1
    best = {
        label: max(seen, key=lambda name: (seen[name], name == main, name)) for label, seen in counts.items()
    }
    large = np.bincount(labels[labels >= 0], minlength=1)
    return [best.get(label, main) if label >= 0 and large[label] > 2 else main for label in labels.tolist()]


class _Namer:
    def __init__(self, texts: list[Text], words: Words, spelling: Spelling) -> None:
        self._texts = texts
        self._words = words
        self._spelling = spelling
        self._given: list[frozenset[int]] = []
        self._titles: set[str] = set()

    def name(self, members: IntArray, weights: Weights) -> Title:
        stems = nlargest(6, weights.words, key=lambda stem: (weights.words[stem], -stem))
        keywords = tuple(self._spelling.word(self._words.names[stem]) for stem in stems)
        for text, phrase, _ in self._candidates(members, weights, set(stems[:4])):
            title = self._written(text, phrase)
            if title.casefold() not in self._titles and not self._given_already(text, phrase, len(members)):
                self._titles.add(title.casefold())
                return Title(title, keywords)
        return Title(self._listed(list(keywords)), keywords)

    def _written(self, text: int, phrase: Phrase) -> str:
        words = self._texts[text].words[phrase.start : phrase.end]
        if not phrase.asks:
            return self._spelling.phrase(words)
        if how_to := HOW_TO.match(" ".join(words)):
            return self._spelling.phrase(["how", "to", *words[how_to.group().count(" ") :]])
        return self._spelling.phrase(words) + "?"

    def _given_already(self, text: int, phrase: Phrase, size: int) -> bool:
        if size == 1:
            return False
        stems = frozenset(self._stems(text, phrase))
        if any(len(stems & other) > SAME * len(stems | other) for other in self._given):
            return True
        self._given.append(stems)
        return False

    def _listed(self, keywords: list[str]) -> str:
        for count in (3, 4, 5, 6):
            some = keywords[:count]
            title = f"{', '.join(some[:-1])} and {some[-1]}" if len(some) > 1 else "".join(some) or "No words"
            title = title[:1].upper() + title[1:]
            if title.casefold() not in self._titles:
                break
        number = 2
        base = title
        while title.casefold() in self._titles:
            title, number = f"{base} ({number})", number + 1
        self._titles.add(title.casefold())
        return title

    def _candidates(
        self, members: IntArray, weights: Weights, first: set[int]
    ) -> list[tuple[int, Phrase, float]]:
        scored: dict[tuple[str, ...], tuple[int, Phrase, float]] = {}
        for text in self._telling(members, weights):
            for phrase in phrases(self._texts[text]):
                score = phrase.grace * self._weight(text, phrase, weights)
                if score and not first.intersection(self._stems(text, phrase)):
                    score *= OFF_THE_POINT
                key = tuple(self._texts[text].lower[phrase.start : phrase.end])
                if score >= LEAST_SCORE and (key not in scored or scored[key][2] < score):
                    scored[key] = (text, phrase, score)
        if len(members) == 1:
            return nlargest(PHRASES_KEPT, scored.values(), key=_rank)
        best = nlargest(PHRASES_WEIGHED, scored.values(), key=_rank)
        step = -(-len(members) // TEXTS_ASKED)
        asked = members[::step].tolist()
        said = [set(self._span(i, 0, len(self._texts[i].words))) for i in asked]
        heard = [set(self._texts[i].lower) for i in asked]
        backed = [
            (text, phrase, score * self._backing(text, phrase, said, heard)) for text, phrase, score in best
        ]
        return nlargest(PHRASES_KEPT, backed, key=_rank)

    def _backing(self, text: int, phrase: Phrase, said: list[set[int]], heard: list[set[str]]) -> float:
        """0 to 1, by the share of the theme's texts with all words of the phrase that mean something.

        One such word alone means little: then its small words have to be there too.
        """
        stems = set(self._stems(text, phrase))
        if len(stems) > 1:
            share = sum(stems <= other for other in said)
        else:
            words = set(self._texts[text].lower[phrase.start : phrase.end])
            share = sum(words <= other for other in heard)
        return float(((share + 0.5) / (len(said) + 0.5)) ** BACKING)

    def _telling(self, members: IntArray, weights: Weights) -> list[int]:
        def weight(text: int) -> float:
            start, end = self._words.starts[text], self._words.starts[text + 1]
            stems = set(self._words.stem[start:end].tolist())
            return float(sum(weights.words.get(stem, 0.0) for stem in stems) / np.sqrt(end - start + 3))

        return nlargest(TEXTS_READ, members.tolist(), key=lambda text: (weight(text), -text))

    def _stems(self, text: int, phrase: Phrase) -> list[int]:
        return self._span(text, phrase.start, phrase.end)

    def _span(self, text: int, start: int, end: int) -> list[int]:
        offset = self._words.starts[text]
        return [stem for stem in self._words.stem[offset + start : offset + end].tolist() if stem >= 0]

    def _weight(self, text: int, phrase: Phrase, weights: Weights) -> float:
        stems = self._stems(text, phrase)
        if not stems or len(set(stems)) < len(stems):
            return 0.0
        size = len(self._words.names)
        single = sum(weights.words.get(stem, 0.0) for stem in stems)
        paired = sum(weights.pairs.get(a * size + b, 0.0) for a, b in zip(stems, stems[1:], strict=False))
        kinds = self._texts[text].kind[phrase.start : phrase.end]
        empty = sum(kind in EMPTY for kind in kinds)
        tells = TELLS if any(kind in TELLING for kind in kinds[1:]) else 1.0
        if Kind.SUBJECT in kinds:
            tells *= TWO_SUBJECTS
        if any(word[0].isdigit() for word in self._texts[text].lower[phrase.start : phrase.end]):
            tells *= ONE_CASE
        return tells * (single + PAIR * paired) / float((len(stems) + empty / 2) ** DILUTION)


def _rank(found: tuple[int, Phrase, float]) -> tuple[float, int, int]:
    text, phrase, score = found
    return score, -text, -phrase.start
