"""Reads messages: language, sentiment, intent, relevance and function at once, with confidence and evidence.

>>> reading = Reader().read(["I was charged twice and want my money back"])
>>> reading.intent[0], reading.function[0], reading.mood[0]
('complaint', 'finance', 'negative')
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

import numpy as np

from textanalytics import lexicons
from textanalytics.base import INTENTS, MOODS, SIGNALS, BoolArray, FloatArray
from textanalytics.language import LanguageAnalyser
from textanalytics.reading.corrections import Correction, Memory, latest
from textanalytics.reading.evidence import gather
from textanalytics.reading.examples import Example, Examples, follow
from textanalytics.reading.heads import Heads, HeadScores, Scorer
from textanalytics.reading.intent import (
    FUNCTION_CLASSES,
    Matter,
    actionable,
    choose,
    choose_function,
    choose_intent,
)
from textanalytics.reading.readings import HEARD, Readings, hear, join, take_over
from textanalytics.reading.relevance import INSTEAD, Context, RelevanceAnalyser, lead_away
from textanalytics.reading.sayings import Sayings
from textanalytics.reading.sides import AGAINST, sides
from textanalytics.reading.signals import Signals
from textanalytics.reading.unearned import take_back
from textanalytics.sentiment import Valence
from textanalytics.words import archive
from textanalytics.words.page import LONGEST, Column, Page, Vocabulary, listed, open_page

__all__ = ["Context", "Correction", "Example", "Reader", "Readings"]

SCHEMA = 2
CODE = 9
"""Raised by hand when a rule in the code changes what is read; part of the version."""

NOBODY = Context()
UNTAUGHT_TRUST = 0.6
CHUNK_TEXTS, CHUNK_CHARACTERS = 4_000, 2_000_000

LEAVING = SIGNALS.index("churn threat")
"""Of signals, that somebody is about to leave."""


class Reader:
    """Reads batches of texts. A reading depends on the text and what people said alone, never on the batch."""

    def __init__(
        self,
        context: Context = NOBODY,
        *,
        corrections: Sequence[Correction] = (),
        examples: Sequence[Example] = (),
        heads: Heads | None = None,
    ) -> None:
        self.context = context
        self.heads = heads or shipped()
        self.examples = Examples(examples)
        self.corrections = latest(corrections)
        self.memory = Memory([*(one.correction() for one in self.examples.told), *self.corrections])
        self.vocabulary = Vocabulary()
        self.languages, self.valence, self.matter = LanguageAnalyser(), Valence(), Matter()
        self.signals, self.sayings = Signals(), Sayings()
        self.against = Column(lambda words: listed(words, [AGAINST])[:, 0])
        self.scorer, self.relevance = Scorer(self.heads), RelevanceAnalyser(context)
        self.version = self.digest()
        self._reading = Lock()

    def read(self, texts: Sequence[str]) -> Readings:
        with self._reading:
            return join([self.read_chunk(chunk) for chunk in chunks(texts)])

    def read_chunk(self, texts: Sequence[str], *, whole: bool = True) -> Readings:
        page = open_page(texts, self.vocabulary)
        languages = self.languages.read(page)
        valence, shown = self.valence.read(page, languages.value)
        scores = self.scorer.read(page, valence, languages.value)
        likeness = self.memory.likeness(page) if self.memory else None
        if likeness is not None:
            self.lean(scores, likeness)
        mood, function = choose(scores, "mood"), choose_function(scores, languages.value)
        pull = self.pull("intent", INTENTS, likeness, page.size)
        gone = {text: (LEAVING, span) for text, span in self.relevance.going(page).items()}
        signals = gone | self.signals.read(page)
        intent = choose_intent(scores, signals, pull)
        leaving = {text for text, (signal, _) in signals.items() if signal == LEAVING}
        relevance = self.relevance.read(page, scores, leaving)
        if likeness is not None:
            away = self.pull("reason", INSTEAD, likeness, page.size)
            lead_away(relevance, away, self.pull("about_us", ("True",), likeness, page.size)[:, 0])
        follow(self.examples, relevance, page)
        acts, sure = actionable(relevance.about_us, mood, intent, function, self.matter.count(page))
        odds = scores.probabilities("mood")
        trust = trust_in(languages.value)
        readings = Readings(
            language=languages.value,
            sentiment=(odds[:, 2] - odds[:, 0]).astype(np.float32),
            mood=[MOODS[i] for i in mood.chosen.tolist()],
            intent=[INTENTS[i] for i in intent.chosen.tolist()],
            about_us=relevance.about_us,
            reason=relevance.reason,
            actionable=acts,
            function=[FUNCTION_CLASSES[i] for i in function.chosen.tolist()],
            confidence={
                "language": languages.confidence,
                "mood": mood.confidence * trust,
                "intent": intent.confidence * trust,
                "about_us": relevance.confidence,
                "actionable": sure * trust,
                "function": function.confidence * trust,
            },
            evidence=gather(page, languages.weight, (mood, intent, function), relevance, shown),
        )
        if whole:
            plainly = self.hear_plainly(page, readings)
            self.hear_out(page, readings, self.against.over(page.vocabulary)[page.word])
            take_back(page.texts, readings, kept=plainly)
        if likeness is not None:
            for i, verdicts in self.memory.verdicts(page, likeness).items():
                for verdict in verdicts:
                    take_over(readings, i, verdict.correction, verdict.likeness)
        return readings

    def hear_plainly(self, page: Page, readings: Readings) -> frozenset[int]:
        """A turn of phrase is read in plain words; it is itself what decided the mood. Which texts hold one."""
        plain = self.sayings.read(page)
        if not plain:
            return frozenset()
        read = self.read_chunk([text for text, _ in plain.values()], whole=False)
        for row, (i, (_, span)) in enumerate(plain.items()):
            hear(readings, i, read, row, {"mood": [span], "intent": [span]})
        return frozenset(plain)

    def hear_out(self, page: Page, readings: Readings, against: BoolArray) -> None:
        """Who praises one thing and then turns to another is read by the side that somebody can act upon."""
        turned = np.zeros(page.size, np.bool_)
        turned[page.text[against]] = True
        asked = [
            (i, span)
            for i in np.flatnonzero(turned & ~readings.actionable & readings.about_us).tolist()
            if readings.mood[i] != "negative"
            for span in sides(page.texts[i])
        ]
        if not asked:
            return
        read = self.read_chunk([page.texts[i][slice(*span)] for i, span in asked], whole=False)
        sure = np.where(read.actionable, read.confidence["actionable"], -1.0)
        best: dict[int, int] = {}
        for row, (i, _) in enumerate(asked):
            if sure[row] > 0 and (i not in best or sure[row] > sure[best[i]]):
                best[i] = row
        for i, row in best.items():
            start = asked[row][1][0]
            hear(
                readings,
                i,
                read,
                row,
                {key: [(a + start, b + start) for a, b in read.evidence[row][key]] for key in HEARD},
            )

    def hunches(self, texts: Sequence[str]) -> FloatArray:
        """(n, k): the log odds of every class of every head, then the cues; what taught classes build upon."""
        with self._reading:
            return np.concatenate([self.hunches_of_chunk(chunk) for chunk in chunks(texts)])

    def hunches_of_chunk(self, texts: Sequence[str]) -> FloatArray:
        """The same for texts that fit into memory together, with the lock held."""
        page = open_page(texts, self.vocabulary)
        languages = self.languages.read(page).value
        valence, _ = self.valence.read(page, languages)
        cues = self.scorer.hashes.cues(page, valence)
        return np.hstack([self.scorer.read(page, valence, languages).logits, cues]).astype(np.float32)

    def lean(self, scores: HeadScores, likeness: Any) -> None:
        for head in ("mood", "intent", "function"):
            columns = self.heads.columns(head)
            scores.logits[:, columns] += self.memory.pull(head, self.heads.classes[head], likeness)

    def pull(self, field: str, classes: Sequence[str], likeness: Any, size: int) -> FloatArray:
        """(size, classes): what corrections of like texts add to each class."""
        if likeness is None:
            return np.zeros((size, len(classes)), np.float32)
        return np.asarray(self.memory.pull(field, classes, likeness), np.float32)

    def learn(self, corrections: Sequence[Correction], examples: Sequence[Example] = ()) -> Reader:
        """A new reader that has taken them in; this one stays as it is."""
        every, told = (*self.corrections, *corrections), (*self.examples.told, *examples)
        return Reader(self.context, corrections=every, examples=told, heads=self.heads)

    def digest(self) -> str:
        parts = [json.dumps([SCHEMA, CODE, self.header()], sort_keys=True).encode()]
        parts += [array.tobytes() for _, array in sorted(self.heads.arrays().items())]
        parts += [lexicons.source(name).encode() for name in (*lexicons.FILES, *lexicons.RULES)]
        return sha256(b"\0".join(parts)).hexdigest()[:12]

    def header(self) -> dict[str, Any]:
        told = {"examples": [asdict(one) for one in self.examples.told]} if self.examples else {}
        return told | {
            "schema": SCHEMA,
            "context": asdict(self.context),
            "corrections": [asdict(correction) for correction in self.corrections],
            "classes": self.heads.classes,
            "languages": self.heads.languages,
        }

    def save(self, path: str | Path) -> None:
        """One npz file: the weights, and everything else as JSON within it."""
        archive.write(path, self.header(), self.heads.arrays())

    @classmethod
    def load(cls, path: str | Path | BinaryIO) -> Reader:
        """ValueError with one sentence when it was saved by another release."""
        with archive.opened(path, "This reader was", SCHEMA) as (header, stored):
            heads = Heads.from_arrays(header["classes"], header["languages"], stored)
        context = Context(**{name: tuple(values) for name, values in header["context"].items()})
        corrections = [Correction(**one) for one in header["corrections"]]
        examples = [Example(**one) for one in header.get("examples", [])]
        return cls(context, corrections=corrections, examples=examples, heads=heads)


@cache
def shipped() -> Heads:
    """The model that bin/make-reader fitted to our own sentences."""
    with files("textanalytics.lexicons").joinpath("model.npz").open("rb") as file, np.load(file) as stored:
        header = json.loads(stored["header"].tobytes())
        return Heads.from_arrays(header["classes"], header["languages"], stored)


def chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    """At least one, maybe empty; bounded by count and characters, so long texts cannot exhaust memory."""
    chunk: list[str] = []
    characters = 0
    for text in texts:
        chunk.append(text)
        characters += min(len(text), LONGEST)
        if len(chunk) >= CHUNK_TEXTS or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk or not len(texts):
        yield chunk


def trust_in(languages: Sequence[str]) -> FloatArray:
    """(n,): 1 where we have examples of the language, less elsewhere, where only names and emoji speak."""
    taught = (*lexicons.LANGUAGES, "und")
    return np.array([1.0 if language in taught else UNTAUGHT_TRUST for language in languages], np.float32)
