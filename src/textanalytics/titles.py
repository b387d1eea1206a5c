"""A readable name for each theme, in words that people really used.

A title is the whole phrase that carries the most of what sets the theme apart (see `keywords.weigh`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np

from textanalytics.base import IntArray
from textanalytics.keywords import Weights, Words, count_words, weigh
from textanalytics.phrases import Cutter, Phrase, Text, phrases
from textanalytics.quotes import quotes
from textanalytics.spelling import Spelling

__all__ = ["Title", "quotes", "titles"]

TEXTS_READ = 60
"""Per theme: phrases are taken from the texts that say the most."""

PHRASES_KEPT = 12
PAIR = 0.6
DILUTION = 0.55
"""0 would favour the longest phrase, 1 the single strongest word."""

LEAST_SCORE = 0.35
SAME = 0.6
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
    spoken = list(languages) if languages is not None else ["en"] * len(texts)
    cutters = {language: Cutter(language) for language in set(spoken)}
    read = [cutters[language].read(text) for text, language in zip(texts, spoken, strict=True)]
    words = count_words(read, spoken)
    namer = _Namer(read, words, Spelling(read))
    weights = weigh(words, labels)
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(len(sizes) + 1))
    return {
        label: namer.name(order[bounds[label] : bounds[label + 1]], weights[label])
        for label in sorted(weights, key=lambda label: (-sizes[label], label))
    }


class _Namer:
    def __init__(self, texts: list[Text], words: Words, spelling: Spelling) -> None:
        self._texts = texts
        self._words = words
        self._spelling = spelling
        self._given: list[frozenset[int]] = []
        self._titles: set[str] = set()

    def name(self, members: IntArray, weights: Weights) -> Title:
        keywords = [
            self._words.names[stem] for stem in nlargest(6, weights.words, key=lambda s: weights.words[s])
        ]
        keywords = [self._spelling.word(word) for word in keywords]
        for text, phrase, _ in self._candidates(members, weights):
            stems = frozenset(self._stems(text, phrase))
            title = self._spelling.phrase(self._texts[text].words[phrase.start : phrase.end])
            if title.casefold() not in self._titles and not any(_same(stems, other) for other in self._given):
                self._given.append(stems)
                self._titles.add(title.casefold())
                return Title(title, tuple(keywords))
        return Title(self._listed(keywords), tuple(keywords))

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

    def _candidates(self, members: IntArray, weights: Weights) -> list[tuple[int, Phrase, float]]:
        scored = {}
        for text in self._telling(members, weights):
            for phrase in phrases(self._texts[text]):
                score = phrase.grace * self._weight(text, phrase, weights)
                key = tuple(self._texts[text].lower[phrase.start : phrase.end])
                if score >= LEAST_SCORE and (key not in scored or scored[key][2] < score):
                    scored[key] = (text, phrase, score)
        return nlargest(
            PHRASES_KEPT, scored.values(), key=lambda found: (found[2], -found[0], -found[1].start)
        )

    def _telling(self, members: IntArray, weights: Weights) -> list[int]:
        def weight(text: int) -> float:
            start, end = self._words.starts[text], self._words.starts[text + 1]
            stems = set(self._words.stem[start:end].tolist())
            return float(sum(weights.words.get(stem, 0.0) for stem in stems) / np.sqrt(end - start + 3))

        return nlargest(TEXTS_READ, members.tolist(), key=lambda text: (weight(text), -text))

    def _stems(self, text: int, phrase: Phrase) -> list[int]:
        start = self._words.starts[text]
        return [s for s in self._words.stem[start + phrase.start : start + phrase.end].tolist() if s >= 0]

    def _weight(self, text: int, phrase: Phrase, weights: Weights) -> float:
        stems = self._stems(text, phrase)
        if not stems:
            return 0.0
        size = len(self._words.names)
        single = sum(weights.words.get(stem, 0.0) for stem in set(stems))
        paired = sum(weights.pairs.get(a * size + b, 0.0) for a, b in zip(stems, stems[1:], strict=False))
        return (single + PAIR * paired) / float(len(stems) ** DILUTION)


def _same(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) > SAME * len(one | other)
