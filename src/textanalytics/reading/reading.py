"""Reads messages: language, sentiment, intent, relevance and function at once, with confidence and evidence.

>>> reading = Reader().read(["I was charged twice and want my money back"])
>>> reading.intent[0], reading.function[0], reading.mood[0]
('complaint', 'finance', 'negative')
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

import numpy as np

from textanalytics import lexicons
from textanalytics.base import INTENTS, MOODS, BoolArray, FloatArray, Span
from textanalytics.language import LanguageAnalyser
from textanalytics.reading.corrections import Correction, Memory, latest
from textanalytics.reading.evidence import strongest
from textanalytics.reading.examples import Example, Examples, follow
from textanalytics.reading.heads import Heads, HeadScores, Scorer
from textanalytics.reading.intent import (
    FUNCTION_CLASSES,
    Choice,
    Matter,
    actionable,
    choose,
    choose_function,
    choose_intent,
)
from textanalytics.reading.matters import AGAINST, sides
from textanalytics.reading.relevance import INSTEAD, Context, Relevance, RelevanceAnalyser, lead_away
from textanalytics.reading.sayings import Sayings
from textanalytics.reading.signals import Signals
from textanalytics.sentiment import Valence
from textanalytics.words.page import LONGEST, Array, Column, Page, Vocabulary, listed, open_page

__all__ = ["Context", "Correction", "Example", "Reader", "Readings"]

SCHEMA = 2
CODE = 7
"""Raised by hand when a rule in the code changes what is read; part of the version."""

NOBODY = Context()
HEARD = ("mood", "intent", "actionable", "function")
KEYS = ("language", "mood", "intent", "about_us", "actionable", "function")
LISTED = ("language", "mood", "intent", "reason", "function", "evidence")
ARRAYS = ("sentiment", "about_us", "actionable")
UNTAUGHT_TRUST = 0.6
CHUNK_TEXTS, CHUNK_CHARACTERS = 4_000, 2_000_000


@dataclass(frozen=True)
class Readings:
    """Columns of equal length, one entry a text."""

    language: list[str]
    sentiment: FloatArray
    mood: list[str]
    intent: list[str]
    about_us: BoolArray
    reason: list[str]
    actionable: BoolArray
    function: list[str]
    confidence: dict[str, FloatArray]
    evidence: list[dict[str, list[Span]]]

    def __len__(self) -> int:
        return len(self.language)

    def row(self, i: int) -> dict[str, Any]:
        """One text's reading in plain Python values, ready for JSON."""
        return {
            "language": self.language[i],
            "sentiment": round(float(self.sentiment[i]), 4),
            "mood": self.mood[i],
            "intent": self.intent[i],
            "about_us": bool(self.about_us[i]),
            "reason": self.reason[i],
            "actionable": bool(self.actionable[i]),
            "function": self.function[i],
            "confidence": {name: round(float(column[i]), 4) for name, column in self.confidence.items()},
            "evidence": self.evidence[i],
        }

    def put(self, places: Sequence[int], others: Readings) -> None:
        """Take over the rows of `others`, in their order, at these places. Evidence that was left out stays out."""
        names = (*LISTED, *ARRAYS) if self.evidence else (*LISTED[:-1], *ARRAYS)
        columns: list[tuple[Any, Any]] = [(getattr(self, name), getattr(others, name)) for name in names]
        columns += [(self.confidence[key], others.confidence[key]) for key in KEYS]
        for own, other in columns:
            for row, i in enumerate(places):
                own[i] = other[row]


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
        intent = choose_intent(scores, self.signals.read(page), pull)
        relevance = self.relevance.read(page, scores)
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
            self.hear_plainly(page, readings)
            self.hear_out(page, readings, self.against.over(page.vocabulary)[page.word])
        if likeness is not None:
            for i, verdicts in self.memory.verdicts(page, likeness).items():
                for verdict in verdicts:
                    take_over(readings, i, verdict.correction, verdict.likeness)
        return readings

    def hear_plainly(self, page: Page, readings: Readings) -> None:
        """A turn of phrase is read in plain words; it is itself what decided the mood."""
        plain = self.sayings.read(page)
        if not plain:
            return
        read = self.read_chunk([text for text, _ in plain.values()], whole=False)
        for row, (i, (_, span)) in enumerate(plain.items()):
            hear(readings, i, read, row, {"mood": [span], "intent": [span]})

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
        header = np.frombuffer(json.dumps(self.header()).encode(), np.uint8)
        with Path(path).open("wb") as file:
            np.savez_compressed(file, header=header, **self.heads.arrays())  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: str | Path | BinaryIO) -> Reader:
        with np.load(path, allow_pickle=False) as stored:
            header = json.loads(stored["header"].tobytes())
            if header.get("schema") != SCHEMA:
                raise ValueError(f"This reader was saved with schema {header.get('schema')}, not {SCHEMA}.")
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


def join(parts: Sequence[Readings]) -> Readings:
    if len(parts) == 1:
        return parts[0]
    columns: dict[str, Any] = {name: [v for part in parts for v in getattr(part, name)] for name in LISTED}
    for name in ARRAYS:
        columns[name] = np.concatenate([getattr(part, name) for part in parts])
    columns["confidence"] = {key: np.concatenate([p.confidence[key] for p in parts]) for key in KEYS}
    return Readings(**columns)


def hear(readings: Readings, i: int, part: Readings, row: int, evidence: Mapping[str, list[Span]]) -> None:
    """What is wanted is what `part` wants in its row, a piece of the text or the same in plain words, by this
    evidence; whom it is about stays."""
    for name in ("sentiment", "mood", "intent", "actionable", "function"):
        getattr(readings, name)[i] = getattr(part, name)[row]
    for key in HEARD:
        readings.confidence[key][i] = part.confidence[key][row]
    readings.evidence[i].update(evidence)


def trust_in(languages: Sequence[str]) -> FloatArray:
    """(n,): 1 where we have examples of the language, less elsewhere, where only names and emoji speak."""
    taught = (*lexicons.LANGUAGES, "und")
    return np.array([1.0 if language in taught else UNTAUGHT_TRUST for language in languages], np.float32)


def gather(
    page: Page,
    spoken: Array,
    choices: tuple[Choice, Choice, Choice],
    relevance: Relevance,
    valence: FloatArray,
) -> list[dict[str, list[Span]]]:
    """The deciding words of each field; what makes a message actionable is what it wants and of whom."""
    mood, intent, function = choices
    signs = np.array([-1.0, 0.0, 1.0])[mood.chosen][page.text]
    columns = {
        "language": strongest(page, spoken),
        "mood": strongest(page, mood.weight * np.abs(signs) + signs * valence),
        "intent": strongest(page, intent.weight),
        "about_us": strongest(page, relevance.weight),
        "function": strongest(page, function.weight),
    }
    for i, spans in relevance.named.items():
        if relevance.about_us[i]:
            columns["about_us"][i] = spans
    fall_back(columns, "intent", "mood")
    columns["actionable"] = list(columns["function"])
    fall_back(columns, "actionable", "intent")
    fall_back(columns, "about_us", "actionable")
    return [
        {field: spans or [] for field, spans in zip(columns, row, strict=True)}
        for row in zip(*columns.values(), strict=True)
    ]


def fall_back(columns: dict[str, list[list[Span] | None]], field: str, other: str) -> None:
    """Where no word of its own decided a field, what decided the other field decided this one too."""
    columns[field] = [own or others for own, others in zip(columns[field], columns[other], strict=True)]


def take_over(readings: Readings, i: int, correction: Correction, likeness: float) -> None:
    """Writes a person's verdict into row i and what follows from it."""
    field, value = correction.field, correction.value
    column = getattr(readings, field)
    column[i] = value
    if field == "mood":
        strength = max(abs(float(readings.sentiment[i])), 0.5)
        readings.sentiment[i] = {"negative": -strength, "neutral": 0.0, "positive": strength}[str(value)]
    elif field == "sentiment":
        readings.mood[i] = MOODS[1 + int(np.sign(float(value)) * (abs(float(value)) >= 0.05))]
    elif field == "reason":
        readings.about_us[i] = value == ""
    elif field == "about_us":
        readings.reason[i] = "" if value else readings.reason[i] or "elsewhere"
    if field in ("reason", "about_us") and not readings.about_us[i]:
        readings.actionable[i] = False
    shown = {"sentiment": "mood", "reason": "about_us"}.get(field, field)
    readings.confidence[shown][i] = likeness
