"""Classes as a taxonomy of the product has them: a text has any number of them, or none."""

from __future__ import annotations

import time
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from textanalytics.evaluate.classes import DRAWS, Labelled, means
from textanalytics.evaluate.scores import auroc, calibration_error
from textanalytics.evaluate.tables import BadInput
from textanalytics.evaluate.themes import Figures
from textanalytics.taught.several.lessons import Label, Lesson
from textanalytics.taught.several.tagger import Tag, Tagger
from textanalytics.taught.single.classifier import spoken
from textanalytics.words.page import Array

AND = "|"
USUAL = 1_000
"""Rows, of the table that teaches, that stand for the messages of before: nobody says what they are."""
Known = list[frozenset[str]]


@dataclass(frozen=True)
class Asked:
    """`shots` sentences a class (None: all, 0: its name alone) of `only` so many classes drawn by the seed (None: all)."""

    shots: int | None
    only: int | None
    none: str | None
    seed: int


def measure(train: Labelled, test: Labelled, asked: Asked) -> Figures:
    """The mean over three draws, or of one where all is taught. Precision, recall and F1 are over all pairs of a text and a
    class, macro-F1 the mean over the classes; `first` is how often the likeliest class is one of the text's, where it has
    any; the calibration error is over the classes given."""
    known = _sets(train[1], asked.none)
    classes = sorted(set().union(*known))
    if len(classes) < 2:
        raise BadInput("At least two classes need examples.")
    draws = 1 if asked.shots is None and asked.only is None else DRAWS
    found = [_draw(train[0], known, test, classes, asked, asked.seed + i) for i in range(draws)]
    return {"messages": len(test[0]), "classes": len(found[0][0]), **means([one for _, one in found])}


def _draw(
    texts: Sequence[str], known: Known, test: Labelled, classes: list[str], asked: Asked, seed: int
) -> tuple[list[str], Figures]:
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(texts)).tolist()
    if asked.only and asked.only < len(classes):
        classes = sorted(chance.choice(classes, asked.only, replace=False).tolist())
    labels, judged = _taught(texts, known, classes, order, asked.shots)
    told = {text for label in labels for text in label.examples}
    usual = [texts[i] for i in order if texts[i] not in told][:USUAL]
    began = time.process_time()
    tagger = Tagger.teach(labels, judged, usual=usual, seed=seed)
    taught = time.process_time() - began
    tagger.tag(test[0][:1])
    began = time.process_time()
    given = tagger.tag(test[0])
    asking = time.process_time() - began
    own = [one & set(classes) for one in _sets(test[1], asked.none)]
    return classes, {
        "trained_on": len(told),
        **_pairs(classes, given, own),
        **_likeliest(tagger.odds(test[0]), tagger.names, own),
        "teaching_processor_seconds": round(taught, 2),
        "messages_per_processor_second": round(len(test[0]) / asking),
    }


def _taught(
    texts: Sequence[str], known: Known, classes: Sequence[str], order: Sequence[int], shots: int | None
) -> tuple[list[Label], list[Lesson]]:
    """So many sentences of each class, and that those have the others of their classes, too."""
    said: dict[str, list[str]] = {name: [] for name in classes}
    also: list[Lesson] = []
    for i in order:
        mine = known[i] & said.keys()
        if any(shots is None or len(said[name]) < shots for name in mine):
            for name in sorted(mine):
                if shots is None or len(said[name]) < shots:
                    said[name].append(texts[i])
                else:
                    also.append(Lesson(texts[i], name))
    named = [spoken(name) if shots == 0 else "" for name in classes]
    return [Label(name, words, tuple(said[name])) for name, words in zip(classes, named, strict=True)], also


def _pairs(classes: Sequence[str], given: Sequence[Sequence[Tag]], own: Sequence[Set[str]]) -> Figures:
    said = [{tag.name for tag in tags} for tags in given]
    hits = {name: sum(name in a and name in b for a, b in zip(said, own, strict=True)) for name in classes}
    mine = {name: sum(name in one for one in said) for name in classes}
    true = {name: sum(name in one for one in own) for name in classes}
    right = [(tag.confidence, tag.name in one) for tags, one in zip(given, own, strict=True) for tag in tags]
    sure, hit = np.array([a for a, _ in right]), np.array([b for _, b in right], bool)
    every, asked = sum(hits.values()), sum(true.values())
    each = [2 * hits[name] / (mine[name] + true[name]) for name in classes if true[name]]
    return {
        "precision": round(every / len(right), 4) if right else None,
        "recall": round(every / asked, 4) if asked else None,
        "f1": round(2 * every / max(len(right) + asked, 1), 4),
        "macro_f1": round(float(np.mean(each)), 4) if each else None,
        "calibration_error": round(calibration_error(sure, hit), 4) if right else None,
    }


def _likeliest(odds: Array, names: Sequence[str], own: Sequence[Set[str]]) -> Figures:
    has = np.array([bool(one) for one in own])
    first = [names[i] in one for i, one in zip(odds.argmax(axis=1).tolist(), own, strict=True) if one]
    none = auroc(-odds.max(axis=1), ~has)
    return {
        "first": round(float(np.mean(first)), 4) if first else None,
        "auroc_none": None if none is None else round(none, 4),
    }


def _sets(labels: Sequence[str], none: str | None) -> Known:
    return [frozenset(filter(None, one.split(AND))) - {none} for one in labels]
