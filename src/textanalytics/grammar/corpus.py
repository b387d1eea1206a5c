"""Texts as words, each in the language whose grammar it is read by."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np

from textanalytics import lexicons
from textanalytics.base import BoolArray, IntArray
from textanalytics.grammar.addressed import calls
from textanalytics.grammar.german import SPLIT, root
from textanalytics.grammar.greeted import greeted
from textanalytics.grammar.headings import headings
from textanalytics.grammar.keywords import Words, count_words, stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.negation import denied
from textanalytics.grammar.nouns import Nouns
from textanalytics.grammar.phrases import Cutter, whole
from textanalytics.grammar.printed import printed
from textanalytics.grammar.sentence import Text
from textanalytics.grammar.spelling import Spelling
from textanalytics.grammar.whereabouts import whereabouts
from textanalytics.language import HastyAnalyser
from textanalytics.words.numbers import distinct
from textanalytics.words.page import Vocabulary, open_page

TAUGHT = ("en", "de")
CERTAIN = 4
"""Blanks in a text that is long enough to tell its language."""

REMEMBERED = 13_000
"""Texts whose words are remembered: whoever names a few themes sets them off against the same others again and again, and
the wider themes' titles are made of the same texts (some 40 MB). More than clusters that a consolidation asks."""

EVERYWHERE, OFTEN = 0.25, 50
"""Share of all texts, and their number, that hold a word of which all speak."""

HALF = 0.5
"""A word in so many of all texts is no matter of any of them."""

EVERYDAY = 0.05
"""And one in so many of German texts, of which nearly all hold the word by which they were gathered, tells little."""


@dataclass(frozen=True)
class Corpus:
    """Texts as words, each in the language whose grammar it is read by."""

    texts: list[Text]
    languages: list[str]
    words: Words
    addressed: frozenset[str] = frozenset()
    """Names of who is spoken to: see `grammar.addressed`."""

    @cached_property
    def held(self) -> list[frozenset[int]]:
        """The words of each text, by stem."""
        starts = self.words.starts.tolist()
        stem = self.words.stem.tolist()
        return [frozenset(stem[start:end]) - {-1} for start, end in zip(starts, starts[1:], strict=False)]

    @cached_property
    def spelling(self) -> Spelling:
        """How words are written."""
        return Spelling(self.texts, self.languages)

    def naming(self) -> BoolArray:
        """(words,) whether each names a thing; told in German, by its capital letter, and taken for granted elsewhere."""
        german, names = self.is_german, self.words.names
        return np.array(
            [not german or self.spelling.word(name, "de")[:1].isupper() for name in names], np.bool_
        )

    def matter(self) -> BoolArray:
        """(words,) whether each says what a text is about: not one that everybody uses, nor one that only judges, nor a
        small one ("up"), nor one that says where or to whom."""
        return self._matter

    @cached_property
    def _matter(self) -> BoolArray:
        judging = {
            word
            for language in TAUGHT
            for word, kind in kinds(language).items()
            if kind in (Kind.ADJECTIVE, Kind.PARTICLE)
        }
        common = everywhere(self, HALF)
        names = enumerate(self.words.names)
        said = np.array([stem not in common and name not in judging for stem, name in names], np.bool_)
        return said & ~self.aside

    def tells(self) -> BoolArray:
        """(words,) whether each tells a theme from others: no place, nor who is spoken to. In German, where nearly all texts
        hold the word by which they were gathered, no word of all, no form of it and no small talk either."""
        return self._told

    @cached_property
    def _told(self) -> BoolArray:
        if not self.is_german:
            return ~self.aside
        told = self.matter().copy()
        common, names = everywhere(self, EVERYDAY), self.words.names
        told[list(common)] = False
        small = set(lexicons.common_words()) | lexicons.words("small talk") | SPLIT
        forms = {root(names[stem]) for stem in common}
        thing = self.naming().tolist()
        plain = [
            name in small or (not noun and root(name) in forms)
            for name, noun in zip(names, thing, strict=True)
        ]
        plain = [
            flat or stem_of(name, "de") in self.nouns.silent for flat, name in zip(plain, names, strict=True)
        ]
        return told & ~np.array(plain, np.bool_)

    @cached_property
    def nouns(self) -> Nouns:
        """What German texts speak of."""
        names = self.words.names
        return Nouns(self.texts, [names[i] for i in np.flatnonzero(self.places).tolist()])

    @cached_property
    def printed(self) -> IntArray:
        """(texts,) the first text out of the same article: see `grammar.printed`."""
        return printed([text.lower for text in self.texts])

    @cached_property
    def torn(self) -> frozenset[str]:
        """Words that only end texts, and begin a longer word that others write whole: "…Bussen und Bahnen teu", where a page
        shows a hundred letters of an article. In lower case."""
        last = {text.lower[-1] for text in self.texts if text.lower}
        within = sorted({word for text in self.texts for word in text.lower[:-1]})
        torn = last.difference(within)
        longer = {word: bisect_right(within, word) for word in torn}
        return frozenset(
            word for word, at in longer.items() if at < len(within) and within[at].startswith(word)
        )

    @cached_property
    def places(self) -> BoolArray:
        """(words,) whether each says where."""
        return whereabouts(self.texts, self.words)

    @cached_property
    def aside(self) -> BoolArray:
        """(words,) whether each says where, or to whom."""
        if self.is_german:
            return self.places
        return self.places | calls(self.words.names, self.addressed) | greeted(self.texts, self.words)

    @cached_property
    def is_german(self) -> bool:
        return self.languages.count("de") > len(self.languages) / 2

    @cached_property
    def holding(self) -> IntArray:
        """(words,) how many texts hold each."""
        known = self.words.stem >= 0
        size = max(len(self.words.names), 1)
        once = distinct(self.words.text[known] * size + self.words.stem[known]) % size
        return np.bincount(once, minlength=size)


def read_texts(
    texts: Sequence[str],
    labels: IntArray,
    languages: Sequence[str] | None = None,
    addressed: frozenset[str] = frozenset(),
) -> Corpus:
    spoken = _spoken(texts, labels, languages) if languages is not None else ["en"] * len(texts)
    read = [
        _read(text, language, heading)
        for text, language, heading in zip(texts, spoken, headings(texts), strict=True)
    ]
    return Corpus(read, spoken, count_words(read, spoken), addressed)


def read_early(texts: Sequence[str]) -> None:
    """What `read_texts`, and whoever looks for titles, will most likely ask about these texts, remembered."""
    spoken = HastyAnalyser().read(open_page(texts, Vocabulary())).value
    for text, language in zip(texts, _spoken(texts, np.full(len(texts), -1), spoken), strict=True):
        read = _read(text, language, 0)
        whole(read)
        denied(read)


@lru_cache(REMEMBERED)
def _read(text: str, language: str, heading: int) -> Text:
    return _cutter(language).read(text, heading)


@cache
def _cutter(language: str) -> Cutter:
    return Cutter(language)


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


def members_of(labels: IntArray) -> dict[int, IntArray]:
    """The texts of each label from 0 up."""
    order = np.argsort(labels, kind="stable")
    names, starts = np.unique(labels[order], return_index=True)
    parts = np.split(order, starts[1:]) if len(order) else []
    return {label: part for label, part in zip(names.tolist(), parts, strict=True) if label >= 0}


def everywhere(corpus: Corpus, share: float = EVERYWHERE) -> frozenset[int]:
    """Words that so many of all texts hold that to list them tells nothing."""
    common = np.flatnonzero(corpus.holding >= max(share * len(corpus.texts), OFTEN))
    return frozenset(common.tolist())
