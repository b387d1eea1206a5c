"""What the writer wants, which business function that concerns, and whether anybody could act on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics import lexicons
from textanalytics.base import FUNCTIONS, INTENTS, MOODS, BoolArray, FloatArray, IntArray
from textanalytics.classify import HeadScores
from textanalytics.lexicons import LANGUAGES
from textanalytics.page import Array, Column, Page

WANTING = np.array([intent in ("complaint", "request", "question") for intent in INTENTS])
LEAST_FUNCTION = 0.35
"""Below this probability a function is not named: better nobody than the wrong team."""

LEAST_UNTAUGHT = 0.75
"""The same in a language that we have no examples of."""

LEAST_CONTENT = 2
"""Words that carry matter; with fewer, nobody would know what to do."""


@dataclass(frozen=True)
class Choice:
    """One class per text by number, its probability, and what each piece gave to it."""

    chosen: IntArray
    confidence: FloatArray
    weight: FloatArray


def choose(scores: HeadScores, head: str) -> Choice:
    odds = scores.probabilities(head)
    chosen = odds.argmax(axis=1)
    confidence = odds[np.arange(len(odds)), chosen]
    return Choice(chosen, confidence, scores.given(head, chosen))


def choose_function(scores: HeadScores, languages: Sequence[str]) -> Choice:
    """Class 0 is "nothing points anywhere"; it also stands for every doubtful choice."""
    taught = np.array([language in (*LANGUAGES, "und") for language in languages], bool)
    odds = scores.probabilities("function")
    best = odds[:, 1:].argmax(axis=1) + 1
    probability = odds[np.arange(len(odds)), best]
    doubtful = (probability < np.where(taught, LEAST_FUNCTION, LEAST_UNTAUGHT)) | (
        probability < odds[:, 0] * 0.8
    )
    chosen = np.where(doubtful, 0, best)
    confidence = np.where(doubtful, 1 - probability, probability).astype(np.float32)
    weight = scores.given("function", chosen)
    return Choice(chosen, confidence, np.where(doubtful[scores.page.text], 0, weight).astype(np.float32))


FUNCTION_CLASSES = ("", *FUNCTIONS)


class Matter:
    """Counts the words that say what a message is about."""

    def __init__(self) -> None:
        self.content = Column(content_words)

    def count(self, page: Page) -> Array:
        return page.total(self.content.over(page.vocabulary)[page.word])


def actionable(
    about_us: BoolArray, mood: Choice, intent: Choice, function: Choice, matter: Array
) -> tuple[BoolArray, FloatArray]:
    """Somebody wants something, or is unhappy with a function, and the words say with what."""
    blames = (mood.chosen == MOODS.index("negative")) & (function.chosen > 0)
    concrete = about_us & (matter >= LEAST_CONTENT)
    answer = concrete & (WANTING[intent.chosen] | blames)
    sure = np.where(concrete, np.where(blames, mood.confidence, intent.confidence), 0.9)
    return answer, sure.astype(np.float32)


def content_words(words: Sequence[str]) -> Array:
    """(words,): 1 for a word that is neither common, nor small talk, nor vague."""
    plain = set(lexicons.common_words()) | lexicons.words("small talk") | lexicons.words("vague")
    return np.array(
        [w[0].isalpha() and len(w) > 2 and "://" not in w and w not in plain for w in words], np.float64
    )
