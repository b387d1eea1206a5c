"""Identify a message's language from its function words, or from its letters when it has none.

Short noisy messages must not become exotic languages: "ok thanks" is English or undetermined, never
Indonesian. A text's language never depends on the texts beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from textanalytics import lexicons
from textanalytics.base import FloatArray
from textanalytics.text import clean
from textanalytics.words.page import Array, Column, Page

UNDETERMINED = "und"
NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "sv": "Swedish",
    "da": "Danish",
    "no": "Norwegian",
    "pl": "Polish",
    "tr": "Turkish",
    "fi": "Finnish",
    "cs": "Czech",
    "hu": "Hungarian",
    "ro": "Romanian",
    "id": "Indonesian",
    "ru": "Russian",
    "uk": "Ukrainian",
    "bg": "Bulgarian",
    "sr": "Serbian",
    "el": "Greek",
    "ar": "Arabic",
    "fa": "Persian",
    "ur": "Urdu",
    "he": "Hebrew",
    "hi": "Hindi",
    "bn": "Bengali",
    "ta": "Tamil",
    "th": "Thai",
    "ko": "Korean",
    "ja": "Japanese",
    "zh": "Chinese",
    "vi": "Vietnamese",
}
"""Each language that can be told, as it is called in English."""

KNOWN = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "no", "pl", "tr", "fi", "cs", "hu", "ro", "id")
OTHERS = tuple(language for language in NAMES if language not in KNOWN)
PLACES = {language: i for i, language in enumerate(KNOWN)}
CONTENT_WEIGHT = 0.35
"""What a content word of our lists is worth beside a little word."""

SURE_SHARE, SURE_MARGIN = 0.2, 0.3
SURE_WEIGHT = np.where(np.isin(KNOWN, ("en", "de")), 0.9, 1.6)
"""One little word is enough for English and German, two are needed for others."""

LEAST_WORDS, LEAST_PROBABILITY = 4, 0.6

LEAST_LEAD = dict.fromkeys(lexicons.LANGUAGES, SURE_MARGIN) | dict.fromkeys(lexicons.BESIDES, 1.05)
"""By how much one of our languages must lead to be taken for it in a text too short for anything else; no single word is
enough where we know few ("plus" is no French)."""


@dataclass(frozen=True)
class Languages:
    value: list[str]
    confidence: FloatArray
    weight: Array
    """(T,): how much each piece spoke for the language chosen."""


class LanguageAnalyser:
    def __init__(self) -> None:
        self.columns = Column(word_languages)
        self.letters = Column(word_lengths)

    def read(self, page: Page) -> Languages:
        table = self.columns.over(page.vocabulary)
        spoken = self.letters.over(page.vocabulary)[page.word] > 0
        scores = page.sum(table).astype(np.float64)
        words = page.total(spoken.astype(np.float64))
        order = np.argsort(-scores, axis=1, kind="stable")
        rows = np.arange(page.size)
        best, second = scores[rows, order[:, 0]], scores[rows, order[:, 1]]
        sure = (
            (best >= SURE_WEIGHT[order[:, 0]]) & (best >= SURE_SHARE * words) & (best - second >= SURE_MARGIN)
        )
        value = [KNOWN[i] for i in order[:, 0].tolist()]
        confidence = np.clip(0.5 + 0.5 * (best - second) / (best + 1.0), 0.5, 0.99)
        for i in np.flatnonzero(~sure).tolist():
            value[i], confidence[i] = self.undecided(
                page.texts[i], words=float(words[i]), hint=value[i], lead=float(best[i] - second[i])
            )
        chosen = np.array([PLACES.get(v, -1) for v in value], np.int64)[page.text]
        weight = np.where(chosen >= 0, table[page.word, np.maximum(chosen, 0)], spoken)
        return Languages(value, confidence.astype(np.float32), weight)

    def undecided(self, text: str, *, words: float, hint: str, lead: float) -> tuple[str, float]:
        if words == 0:
            return UNDETERMINED, 1.0
        cleaned = clean(text[:2000])
        begin = cleaned[:200]
        foreign = 0 if begin.isascii() else sum(letter.isalpha() and letter > "\u036f" for letter in begin)
        if words >= LEAST_WORDS or foreign >= 3:
            language, probability = self.letters_say(text, cleaned)
            if probability >= LEAST_PROBABILITY and (language in OTHERS) == (foreign >= 3):
                return language, probability
        if lead >= LEAST_LEAD.get(hint, np.inf):
            return hint, 0.5
        return UNDETERMINED, 0.5

    def letters_say(self, text: str, cleaned: str) -> tuple[str, float]:
        return letters_say(cleaned)


class HastyAnalyser(LanguageAnalyser):
    """Skips the texts that need the letter model while that is not loaded (75 MB, most of a second)."""

    def __init__(self) -> None:
        super().__init__()
        self.passed: set[str] = set()

    def letters_say(self, text: str, cleaned: str) -> tuple[str, float]:
        if identifier.cache_info().currsize:
            return letters_say(cleaned)
        self.passed.add(text)
        return UNDETERMINED, 0.0


def letters_say(text: str) -> tuple[str, float]:
    """The verdict of the py3langid model (BSD), restricted to the languages above."""
    language, probability = identifier().classify(text)
    return str(language), float(probability)


@cache
def identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([*KNOWN, *OTHERS])
    return model


def word_languages(words: Sequence[str]) -> Array:
    """(words, languages): how much each word speaks for each language."""
    table = np.zeros((len(words), len(KNOWN)), np.float32)
    content = content_words()
    common = lexicons.common_words()
    short = {i: lexicons.DRAWN_OUT.sub(r"\1", words[i]) for i in lexicons.drawn_out(words)}
    for i, typed in enumerate(words):
        word = short.get(i, typed)
        spoken = common.get(word)
        if spoken:
            table[i, [PLACES[language] for language in spoken]] = 1.0 / len(spoken)
        elif word in content:
            table[i, PLACES[content[word]]] = CONTENT_WEIGHT
    return table


def word_lengths(words: Sequence[str]) -> Array:
    """(words,): letters of a word; 0 for links, mentions, numbers, emoji and marks."""
    return np.array([len(w) if w[0].isalpha() and "://" not in w else 0 for w in words], np.int64)


@cache
def content_words() -> dict[str, str]:
    """Words of our sentences, and of feeling, that occur in one language only."""
    spoken: dict[str, set[str]] = {}
    for sentence in lexicons.sentences():
        for word in sentence.text.lower().split():
            if len(word) > 2:
                spoken.setdefault(word, set()).add(sentence.language)
    for language in lexicons.INFLECTED:
        for word in lexicons.inflected(language)[0]:
            if len(word) > 3:
                spoken.setdefault(word, set()).add(language)
    return {word: next(iter(languages)) for word, languages in spoken.items() if len(languages) == 1}
