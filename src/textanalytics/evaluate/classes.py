"""Classes taught by examples, asked about texts that they have not seen."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from textanalytics.base import Encoder
from textanalytics.evaluate.scores import accuracy, auroc, calibration_error, macro_f1
from textanalytics.evaluate.tables import BadInput
from textanalytics.evaluate.themes import Figures
from textanalytics.taught import Taught

Labelled = tuple[Sequence[str], Sequence[str]]
DRAWS = 3
WHOLE = ("trained_on", "messages_per_second", "messages_per_processor_second")


def measure(
    train: Labelled, test: Labelled, encoder: Encoder, *, shots: int | None, none: str | None, seed: int
) -> Figures:
    """With `shots` the mean over three draws of so many examples a class. Accuracy and F1 are over the texts that
    belong to a class; the calibration error is over all, "none of these" being one more answer."""
    draws = [train] if shots is None else [draw(train, shots, seed + i) for i in range(DRAWS)]
    found = [once(taught, test, encoder, none=none, seed=seed) for taught in draws]
    return {
        "trained_on": len(draws[0][0]),
        "messages": len(test[0]),
        "classes": len(set(train[1]) - {none}),
        **means(found),
    }


def once(train: Labelled, test: Labelled, encoder: Encoder, *, none: str | None, seed: int) -> Figures:
    texts, true = test
    taught = teach(train, encoder, none=none, seed=seed)
    inside = [label != none for label in true]
    if not any(inside):
        raise BadInput(f"Every row to ask about is labelled {none!r}.")
    taught.opinions(texts[:1])
    began, worked = time.perf_counter(), time.process_time()
    said = taught.opinions(texts)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    odds, strange = taught.certainty.probabilities(said), taught.certainty.none(said)
    best = [taught.classes[i] for i in odds.argmax(axis=1).tolist()]
    own = [(a, b) for a, b, counts in zip(true, best, inside, strict=True) if counts]
    answered = [none if doubt > 0.5 else name for name, doubt in zip(best, strange, strict=True)]
    sure = np.where(strange > 0.5, strange, odds.max(axis=1) * (1 - strange))
    right = np.array([a == b for a, b in zip(true, answered, strict=True)])
    stranger = None if none is None else auroc(strange, ~np.array(inside))
    return {
        "accuracy": round(accuracy(*zip(*own, strict=True)), 4),
        "macro_f1": round(macro_f1(*zip(*own, strict=True)), 4),
        "auroc_none": None if stranger is None else round(stranger, 4),
        "calibration_error": round(calibration_error(sure, right), 4),
        "messages_per_second": round(len(texts) / seconds),
        "messages_per_processor_second": round(len(texts) / work),
    }


def teach(train: Labelled, encoder: Encoder, *, none: str | None, seed: int) -> Taught:
    try:
        return Taught.teach(*train, none=none, encoder=encoder, seed=seed)
    except ValueError as error:
        raise BadInput(str(error)) from None


def draw(train: Labelled, shots: int, seed: int) -> Labelled:
    """So many examples of each label (all of a rarer one), drawn by the seed."""
    order = np.random.default_rng(seed).permutation(len(train[0])).tolist()
    left = dict.fromkeys(train[1], shots)
    kept = []
    for i in order:
        if left[train[1][i]]:
            left[train[1][i]] -= 1
            kept.append(i)
    return [train[0][i] for i in kept], [train[1][i] for i in kept]


def means(found: Sequence[Figures]) -> Figures:
    """Of each figure over the draws, without those where it is None."""
    mean = {name: _mean([one[name] for one in found]) for name in found[0]}
    return {name: round(value or 0) if name in WHOLE else value for name, value in mean.items()}


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None
