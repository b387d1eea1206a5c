"""The feeling about each thing that a text names, beside people's, and how many of these things are found."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from textanalytics.aspects import Aspect, AspectAnalyser, Named, things_of
from textanalytics.base import MOODS
from textanalytics.evaluate.scores import accuracy, macro_f1
from textanalytics.evaluate.tables import BadInput
from textanalytics.evaluate.themes import Figures
from textanalytics.reading.reading import Reader

FOLDS = 2


def measure(texts: Sequence[str], labels: Sequence[str]) -> Figures:
    """`labels` are things with their mood, "food:positive|wait:negative"; things with another mood are left out.

    The feelings are asked about the things that people found. Which things are `named` is asked of a gazetteer made of
    the other half's things; which are `learnt`, of one made of the texts alone.
    """
    said = [_things(text, label) for text, label in zip(texts, labels, strict=True)]
    if not any(said):
        raise BadInput("No text has things with a mood, as in food:positive|wait:negative.")
    reader = AspectAnalyser([])
    began = time.process_time()
    read = reader.feelings(texts, [[(term, span) for term, span, _ in things] for things in said])
    took = time.process_time() - began
    true = [mood for things in said for _, _, mood in things]
    found = [aspect.mood for aspects in read for aspect in aspects]
    whole = Reader().read(list(texts)).mood
    plain = [whole[i] for i, things in enumerate(said) for _ in things]
    precision, recall = _named(texts, said)
    own_precision, own_recall = _learnt(texts, said)
    return {
        "texts": len(texts),
        "things": len(true),
        "macro_f1": round(macro_f1(true, found), 4),
        "accuracy": round(accuracy(true, found), 4),
        "accuracy_felt_differently": _both(said, read),
        "whole_text_macro_f1": round(macro_f1(true, plain), 4),
        "named_precision": precision,
        "named_recall": recall,
        "learnt_precision": own_precision,
        "learnt_recall": own_recall,
        "texts_per_processor_second": round(len(texts) / max(took, 1e-9)),
    }


def _things(text: str, label: str) -> list[tuple[str, tuple[int, int], str]]:
    """(thing, where it first stands, mood) of one row."""
    lowered, found = text.lower(), []
    for one in filter(None, label.split("|")):
        term, _, mood = one.rpartition(":")
        at = lowered.find(term.strip().lower())
        if mood in MOODS and at >= 0 and term.strip():
            found.append((term.strip(), (at, at + len(term.strip())), mood))
    return found


def _both(
    said: Sequence[Sequence[tuple[str, object, str]]], read: Sequence[Sequence[Aspect]]
) -> float | None:
    """Of texts that praise one thing and blame another: how often the side is right; the whole text has half of them."""
    rights = [
        (aspect.feeling > 0) == (mood == "positive")
        for things, aspects in zip(said, read, strict=True)
        if {"positive", "negative"} <= {mood for *_, mood in things}
        for (*_, mood), aspect in zip(things, aspects, strict=True)
        if mood != "neutral"
    ]
    return round(float(np.mean(rights)), 4) if rights else None


def _learnt(
    texts: Sequence[str], said: Sequence[Named | Sequence[tuple[str, object, str]]]
) -> tuple[float, float]:
    """The same with what the texts themselves call a thing."""
    reader = AspectAnalyser(things_of(texts, least=3, most=len(texts)))
    pairs = [
        ({thing[0].lower() for thing in things}, {term for term, _ in named})
        for things, named in zip(said, reader.find(texts), strict=True)
    ]
    hit = sum(len(own & found) for own, found in pairs)
    given, wanted = (sum(len(pair[i]) for pair in pairs) for i in (1, 0))
    return round(hit / max(given, 1), 4), round(hit / max(wanted, 1), 4)


def _named(
    texts: Sequence[str], said: Sequence[Named | Sequence[tuple[str, object, str]]]
) -> tuple[float, float]:
    """Precision and recall of the things found with the other half's things."""
    hit = given = wanted = 0
    for fold in range(FOLDS):
        others = {thing[0] for i, things in enumerate(said) if i % FOLDS != fold for thing in things}
        mine = [i for i in range(len(texts)) if i % FOLDS == fold and said[i]]
        for i, named in zip(mine, AspectAnalyser(others).find([texts[i] for i in mine]), strict=True):
            own, found = {thing[0].lower() for thing in said[i]}, {term for term, _ in named}
            hit, given, wanted = hit + len(own & found), given + len(found), wanted + len(own)
    return round(hit / max(given, 1), 4), round(hit / max(wanted, 1), 4)
