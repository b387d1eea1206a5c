"""What the writer wants, which business function that concerns, and whether anybody could act on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics import lexicons
from textanalytics.base import (
    FUNCTIONS,
    INTENTS,
    MOODS,
    SIGNALS,
    SPOKEN,
    BoolArray,
    FloatArray,
    IntArray,
    Span,
)
from textanalytics.lexicons import LANGUAGES
from textanalytics.reading.heads import HeadScores
from textanalytics.words.page import Array, Column, Page

WANTING = np.array([intent in ("complaint", "request", "question", *SIGNALS) for intent in INTENTS])
LEAST_FUNCTION = 0.35
"""Below this probability a function is not named: better nobody than the wrong team."""

LEAST_UNTAUGHT = 0.75
"""The same in a language that we have no examples of."""

SEEN, UNSEEN = 1.5, -8.0
"""Log odds of a signal whose pattern was seen, beside log probabilities; and of one that was not."""

LEAST_CONTENT, LEAST_NAMED = 2, 1
"""Words that carry matter; with fewer, nobody would know what to do. One is enough where it says whom it concerns, and
nobody is pleased: "my bag is gone", but not "thanks for the quick help"."""


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


def choose_intent(scores: HeadScores, signals: Mapping[int, tuple[int, Span]], pull: FloatArray) -> Choice:
    """A signal decides, also in kind words (who leaves is often bitter). `pull` (n, intents) is what people's corrections
    of like texts add."""
    odds = scores.probabilities("intent")
    logits = np.log(np.maximum(odds, 1e-9))
    logits = np.hstack([logits, np.full((len(odds), len(SIGNALS)), UNSEEN)])
    weight = scores.given("intent", odds.argmax(axis=1))
    for text, (signal, (start, end)) in signals.items():
        logits[text, len(SPOKEN) + signal] = SEEN
        page = scores.page
        own = slice(*np.searchsorted(page.text, [text, text + 1]))
        weight[own] = (page.starts[own] >= start) & (page.ends[own] <= end)
    logits[:, len(SPOKEN) :] += pull[:, len(SPOKEN) :]
    # What the heads know of corrections they were told before (`Reader.lean`); a signal must hear it too.
    signalled = logits[:, len(SPOKEN) :].max(axis=1) > UNSEEN / 2
    logits[signalled, : len(SPOKEN)] += pull[signalled, : len(SPOKEN)]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    chosen = odds.argmax(axis=1)
    return Choice(chosen, odds[np.arange(len(odds)), chosen].astype(np.float32), weight)


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
        """(n,) such words of each text."""
        return page.total(self.content.over(page.vocabulary)[page.word])


def actionable(
    about_us: BoolArray, mood: Choice, intent: Choice, function: Choice, matter: Array
) -> tuple[BoolArray, FloatArray]:
    """Somebody wants something, or is unhappy with a function, and the words say with what."""
    blames = (mood.chosen == MOODS.index("negative")) & (function.chosen > 0)
    named = (function.chosen > 0) & (mood.chosen != MOODS.index("positive"))
    concrete = about_us & (matter >= np.where(named, LEAST_NAMED, LEAST_CONTENT))
    answer = concrete & (WANTING[intent.chosen] | blames)
    sure = np.where(concrete, np.where(blames, mood.confidence, intent.confidence), 0.9)
    return answer, sure.astype(np.float32)


def content_words(words: Sequence[str]) -> Array:
    """(words,): 1 for a word that is neither common, nor small talk, nor vague."""
    plain = set(lexicons.common_words()) | lexicons.words("small talk") | lexicons.words("vague")
    return np.array(
        [w[0].isalpha() and len(w) > 2 and "://" not in w and w not in plain for w in words], np.float64
    )
