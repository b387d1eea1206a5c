"""Sentiment strength of words: lexicons, negation and boosters over word arrays.

English strengths come from the VADER lexicon (Hutto and Gilbert 2014, MIT licence); those of other languages are our
own.
The mood itself is decided by the linear model in `classify`, which takes these sums among its features.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from textanalytics import lexicons
from textanalytics.base import FloatArray
from textanalytics.words.page import Array, Column, Page, listed

NEGATED = -0.74
BOOST = 0.293
"""Both constants are those measured by Hutto and Gilbert."""

NEGATOR_SHOWN = 1.5
GRADUAL = 15.0
EMOJI_FROM = 0x2600
COLUMNS = {language: i for i, language in enumerate(("en", *lexicons.INFLECTED))}
ANY = len(COLUMNS)
"""Of a language without a lexicon: the first of the columns in which a word has a strength."""

FOLLOWED = ("de", "nl", "fr")
"""Where a negator stands behind the verb that it negates: "funktioniert nicht", "ne marche pas"."""

THANKS = frozenset("thanks thank danke dank gracias merci grazie obrigado obrigada bedankt".split())
NOTHING = frozenset("nothing nichts nix nada rien niente niets niks".split())
"""Two words behind the others they turn them: "thanks for nothing"."""

SUPERLATIVE = re.compile(r"(\w{2,})[ií]ss?im[oaie]s?")
RISE = 1.2
"""What "-ísimo" adds to the strength of a word."""


class Valence:
    """Strength of each piece, -4 to 4, after negation and boosters."""

    def __init__(self) -> None:
        self.strengths = Column(strengths)
        self.modifiers = Column(modifiers)
        self.thanks = Column(lambda words: listed(words, [THANKS, NOTHING]))

    def read(self, page: Page, languages: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """(strengths, the same with each negator sharing in what it turned: for showing what decided)."""
        table = self.strengths.over(page.vocabulary)
        flags = self.modifiers.over(page.vocabulary)[page.word]
        spoken = np.array([COLUMNS.get(language, ANY) for language in languages], np.int64)[page.text]
        values = table[page.word, spoken]
        followed = np.isin(spoken, [COLUMNS[language] for language in FOLLOWED])
        thanked, nothing = self.thanks.over(page.vocabulary)[page.word].T
        values = np.where(thanked & page.after(nothing, 2), -np.abs(values), values)
        return modify(page, values, flags, followed=followed)


def modify(page: Page, values: Array, flags: Array, *, followed: Array) -> tuple[FloatArray, FloatArray]:
    """(T,) strengths of pieces by the negators, boosters and dampers (the columns of `flags`) near them, twice: as they
    count, and with each negator sharing in what it turned. Where `followed`, a negator may also stand behind."""
    negator, booster, damper = flags[:, 0], flags[:, 1], flags[:, 2]
    direction = np.sign(values)
    for steps, share in ((1, 1.0), (2, 0.95)):
        change = page.before(booster, steps).astype(np.float32) - page.before(damper, steps)
        values = values + direction * BOOST * share * change * (values != 0)
    charged = values != 0
    negated = np.zeros(len(values), bool)
    negating = np.zeros(len(values), bool)
    for steps in (1, 2, 3):
        hit = page.before(negator, steps) & (direction > 0 if steps == 3 else charged)
        negated |= hit
        negating[np.flatnonzero(hit) - steps] = True
    for steps in (1, 2):
        hit = page.after(negator, steps) & followed & (direction > 0)
        negated |= hit
        negating[np.flatnonzero(hit) + steps] = True
    turned = np.where(negated, NEGATED * values, values).astype(np.float32)
    shown = turned.copy()
    shown[negating] += NEGATOR_SHOWN * np.where(negated_near(page, turned, negated)[negating] < 0, -1, 1)
    return turned, shown


def negated_near(page: Page, turned: Array, negated: Array) -> Array:
    """(T,): the sum of the negated strengths of each piece's text."""
    return page.total(np.where(negated, turned, 0))[page.text]


def strengths(words: Sequence[str]) -> Array:
    """(words, COLUMNS and ANY): strength in each language; an emoji has the same in all."""
    english, emoji = vader()
    known = lexicon()
    table = np.zeros((len(words), len(COLUMNS)), np.float32)
    typed = []
    for i, word in enumerate(words):
        first = word[0]
        if not first.isalpha():
            if ord(first) >= EMOJI_FROM:
                ours = lexicons.emoji().get(first)
                described = emoji.get(word) or emoji.get(first) or ""
                table[i] = emoji_strength(described, english) if ours is None else ours
                continue
            typed.append(i)
        row = known.row(word)
        if row is not UNCHARGED:
            table[i] = row
    for i in lexicons.drawn_out(words):
        if not table[i].any() and (words[i][0].isalpha() or ord(words[i][0]) < EMOJI_FROM):
            table[i] = known.drawn_out_row(words[i])
    table[typed] = table[typed].sum(axis=1, keepdims=True)
    first = (table != 0).argmax(axis=1)
    return np.hstack([table, table[np.arange(len(table)), first][:, None]])


Row = tuple[float, ...]
"""One strength for each of COLUMNS."""

UNCHARGED: Row = (0.0,) * len(COLUMNS)


class Lexicon:
    """The strengths of words in all languages at once: their own, by how they begin, or by the word that they are made of."""

    def __init__(
        self, exact: Mapping[str, Mapping[str, float]], begun: Mapping[str, Mapping[str, float]]
    ) -> None:
        """Both by language, then strength by word and by beginning."""
        self.exact, self.begun = _rows(exact), _rows(begun)
        self.openings = lexicons.Openings(self.begun)

    def row(self, word: str) -> Row:
        found = self.exact.get(word, UNCHARGED)
        for opening in self.openings.of(word):
            found = _or(found, self.begun[opening])
        return _or(found, self._superlative(word)) if "sim" in word else found

    def drawn_out_row(self, word: str) -> Row:
        """Of the same written without the letters that draw it out: "goood", "malísimooo"."""
        return _or(
            self.row(lexicons.DRAWN_OUT.sub(r"\1\1", word)), self.row(lexicons.DRAWN_OUT.sub(r"\1", word))
        )

    def _superlative(self, word: str) -> Row:
        """ "-ísimo", "-issimo": from the word of which it is made ("riquísimo" from "rico")."""
        made = SUPERLATIVE.fullmatch(word)
        if made is None:
            return UNCHARGED
        stem = made[1]
        hard = {"qu": stem[:-2] + "c", "gu": stem[:-2] + "g"}.get(stem[-2:], stem)
        found = UNCHARGED
        for form in (hard, stem):
            for ending in ("o", "a", "e", ""):
                found = _or(found, self.exact.get(form + ending, UNCHARGED))
        return tuple(RISE * strength if COLUMNS["es"] <= i else 0.0 for i, strength in enumerate(found))


def _rows(listed: Mapping[str, Mapping[str, float]]) -> dict[str, Row]:
    table: dict[str, list[float]] = {}
    for language, strengths_in in listed.items():
        for word, strength in strengths_in.items():
            table.setdefault(word, list(UNCHARGED))[COLUMNS[language]] = strength
    return {word: tuple(row) for word, row in table.items()}


def _or(row: Row, other: Row) -> Row:
    """The strengths of the other only where this one has none."""
    return tuple(own or theirs for own, theirs in zip(row, other, strict=True))


@cache
def lexicon() -> Lexicon:
    others = {language: lexicons.inflected(language) for language in lexicons.INFLECTED}
    exact = {"en": vader()[0]} | {language: exact for language, (exact, _) in others.items()}
    return Lexicon(exact, {language: begun for language, (_, begun) in others.items()})


def modifiers(words: Sequence[str]) -> Array:
    """(words, 3): whether a word negates, strengthens, weakens."""
    return listed(words, [lexicons.words(name) for name in ("negators", "boosters", "dampers")])


@cache
def vader() -> tuple[dict[str, float], dict[str, str]]:
    """(strength by word, description by emoji), without words that customers use with no feeling ("help")
    and with words of our own."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    plain = lexicons.words("no feeling")
    kept = {word: strength for word, strength in analyser.lexicon.items() if word not in plain}
    return kept | lexicons.english(), analyser.emojis


def emoji_strength(description: str, english: dict[str, float]) -> float:
    found = [english[word] for word in description.split() if word in english]
    return float(np.clip(sum(found), -4, 4))


def compound(total: Array) -> Array:
    """A sum of strengths squashed to -1..1."""
    return total / np.sqrt(total * total + GRADUAL)
