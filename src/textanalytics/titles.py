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

TAUGHT = ("en", "de")
CERTAIN = 4
"""Blanks in a text that is long enough to tell its language."""

TEXTS_READ = 60
"""Per theme: phrases are taken from the texts that say the most."""

PHRASES_WEIGHED, PHRASES_KEPT = 40, 12
TEXTS_ASKED = 200
BACKING = 0.3
"""Power of the share of texts that hold the words of a phrase: a title must fit what stands under it."""

EMPTY = frozenset({Kind.WEAK, Kind.TIME, Kind.OBJECT, Kind.ADVERB, Kind.ATTRIBUTE, Kind.SUBJECT})
TELLING = frozenset({Kind.NEGATED, Kind.NEGATION, Kind.AUXILIARY, Kind.ADJECTIVE})
TELLS = 1.35
"""A phrase that says what is the matter is worth more than one that only names a thing."""

JUDGES = 1.2
"""And so is one that begins by judging it: "terrible customer service"."""

TWO_SUBJECTS = 0.8
ONE_CASE = 0.7
"""For a phrase with a number: flight 48 and 20 minutes belong to one message, not to the theme."""

OFF_THE_POINT = 0.6
"""For a phrase without any of the theme's first keywords."""

AGAINST = 0.6
"""For a phrase out of praise in a theme of complaints, or out of a complaint in a theme of praise."""

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
    """`twin` is the label that a larger theme has whose title says the same as what would suit this one best."""

    title: str
    keywords: tuple[str, ...]
    twin: int = -1


def titles(
    texts: Sequence[str],
    labels: IntArray,
    *,
    languages: Sequence[str] | None = None,
    moods: Sequence[str] | None = None,
) -> dict[int, Title]:
    """One title for each label from 0 up; texts are cleaned, `languages` are ISO 639-1 (English if not given).

    With `moods` (see `base.MOODS`) a theme of praise is not named by a complaint, nor the other way round.

    Deterministic. No two labels get the same title; the largest label chooses first.
    """
    spoken = _spoken(texts, labels, languages) if languages is not None else ["en"] * len(texts)
    cutters = {language: Cutter(language) for language in set(spoken)}
    read = [cutters[language].read(text) for text, language in zip(texts, spoken, strict=True)]
    words = count_words(read, spoken)
    namer = _Namer(read, spoken, words, moods)
    weights = weigh(words, labels)
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(len(sizes) + 1))
    return {
        label: namer.name(label, order[bounds[label] : bounds[label + 1]], weights[label])
        for label in sorted(weights, key=lambda label: (-sizes[label], label))
    }


def _spoken(texts: Sequence[str], labels: IntArray, languages: Sequence[str]) -> list[str]:
    """A long text's own language where we know its grammar, else the main one of its label."""
    main = _main_languages(labels, languages)
    return [
        own if own in TAUGHT and text.count(" ") >= CERTAIN else common
        for text, own, common in zip(texts, languages, main, strict=True)
    ]


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
    def __init__(
        self, texts: list[Text], languages: Sequence[str], words: Words, moods: Sequence[str] | None
    ) -> None:
        self._texts = texts
        self._languages = languages
        self._words = words
        self._spelling = Spelling(texts, languages)
        self._moods = moods
        self._given: list[tuple[frozenset[int], int]] = []
        self._titles: set[str] = set()

    def name(self, label: int, members: IntArray, weights: Weights) -> Title:
        stems = nlargest(6, weights.words, key=lambda stem: (weights.words[stem], -stem))
        spoken = Counter(self._languages[i] for i in members.tolist())
        language = max(spoken, key=lambda name: (spoken[name], name))
        members = members[[self._languages[i] == language for i in members.tolist()]]
        keywords = tuple(self._spelling.word(self._words.names[stem], language) for stem in stems)
        twin = -1
        for place, (text, phrase, _) in enumerate(self._candidates(members, weights, set(stems[:4]))):
            title = self._written(text, phrase)
            other = self._given_already(text, phrase, len(members))
            if other < 0 and title.casefold() not in self._titles:
                self._titles.add(title.casefold())
                if len(members) > 1:
                    self._given.append((frozenset(self._stems(text, phrase)), label))
                return Title(title, keywords, twin)
            twin = other if place == 0 else twin
        return Title(self._listed(list(keywords)), keywords, twin)

    def _written(self, text: int, phrase: Phrase) -> str:
        words = self._texts[text].words[phrase.start : phrase.end]
        mark = "?" if phrase.asks else ""
        if phrase.asks and (asking := HOW_TO.match(" ".join(words))):
            words, mark = ["how", "to", *words[asking.group().count(" ") :]], ""
        return self._spelling.phrase(words, self._languages[text]) + mark

    def _given_already(self, text: int, phrase: Phrase, size: int) -> int:
        """The label whose title says the same, -1 for none. A theme of one message has its own words anyway."""
        stems = frozenset(self._stems(text, phrase))
        same = (label for other, label in self._given if len(stems & other) > SAME * len(stems | other))
        return next(same, -1) if size > 1 else -1

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
        opposite = self._opposite(members)
        for text in self._telling(members, weights):
            fits = AGAINST if self._moods is not None and self._moods[text] == opposite else 1.0
            for phrase in phrases(self._texts[text]):
                score = fits * phrase.grace * self._weight(text, phrase, weights)
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
        holds = _Holds(len(asked))
        for i in asked:
            holds.note(self._span(i, 0, len(self._texts[i].words)), self._texts[i].lower)
        backed = [(text, phrase, score * self._backing(text, phrase, holds)) for text, phrase, score in best]
        return nlargest(PHRASES_KEPT, backed, key=_rank)

    def _opposite(self, members: IntArray) -> str:
        """The mood that most of these texts are not in."""
        if self._moods is None:
            return ""
        felt = Counter(self._moods[i] for i in members.tolist())
        good, bad = felt["positive"], felt["negative"]
        return "negative" if good > 2 * bad else "positive" if bad > 2 * good else ""

    def _backing(self, text: int, phrase: Phrase, holds: _Holds) -> float:
        """0 to 1, by the share of the theme's texts with all words of the phrase that mean something.

        One such word alone means little, and a number belongs to one case: then all words have to be there.
        """
        stems, words = self._stems(text, phrase), self._texts[text].lower[phrase.start : phrase.end]
        wanted = stems if len(stems) > 1 and not any(word[0].isdigit() for word in words) else words
        return float(((holds.all_of(wanted) + 0.5) / (holds.texts + 0.5)) ** BACKING)

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
        empty = 0 if phrase.asks else sum(kind in EMPTY for kind in kinds)
        tells = 1.0 if phrase.asks else TELLS if any(kind in TELLING for kind in kinds[1:]) else 1.0
        if kinds[0] is Kind.ADJECTIVE:
            tells *= JUDGES
        if Kind.SUBJECT in kinds and not phrase.asks:
            tells *= TWO_SUBJECTS
        if any(word[0].isdigit() for word in self._texts[text].lower[phrase.start : phrase.end]):
            tells *= ONE_CASE
        return tells * (single + PAIR * paired) / float((len(stems) + empty / 2) ** DILUTION)


class _Holds:
    """Which texts hold which words, by stem and by spelling."""

    def __init__(self, texts: int) -> None:
        self.texts = texts
        self._number = 0
        self._of: dict[int | str, set[int]] = {}

    def note(self, stems: Sequence[int], words: Sequence[str]) -> None:
        """The next text and what it holds."""
        held: list[int | str] = [*stems, *words]
        for word in held:
            self._of.setdefault(word, set()).add(self._number)
        self._number += 1

    def all_of(self, words: Sequence[int] | Sequence[str]) -> int:
        """How many texts hold them all."""
        nobody: set[int] = set()
        return len(set.intersection(*(self._of.get(word, nobody) for word in words)))


def _rank(found: tuple[int, Phrase, float]) -> tuple[float, int, int]:
    text, phrase, score = found
    return score, -text, -phrase.start
