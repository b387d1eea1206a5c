"""Fits the reader's linear model to our own sentences; run by bin/make-reader, never while the product runs."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from sklearn.linear_model import LogisticRegression

from textanalytics import lexicons
from textanalytics.base import FUNCTIONS, INTENTS, MOODS, FloatArray
from textanalytics.classify import Heads
from textanalytics.features import BUCKETS, Hashes, text_buckets
from textanalytics.intent import FUNCTION_CLASSES
from textanalytics.lexicons import Sentence
from textanalytics.page import Array, Vocabulary, open_page
from textanalytics.relevance import REASON_CLASSES
from textanalytics.sentiment import Valence

CLASSES = {"mood": MOODS, "intent": INTENTS, "function": FUNCTION_CLASSES, "about": REASON_CLASSES}
STRENGTH = {"mood": 1.0, "intent": 1.0, "function": 2.0, "about": 1.0}
KEYWORD_WEIGHT = 0.3
SEED = 7


def examples() -> tuple[list[Sentence], list[float]]:
    """All sentences, and each function's keywords as sentences of one word that speak of the function alone."""
    listed = list(lexicons.sentences())
    weights = [1.0] * len(listed)
    for function in FUNCTIONS:
        for word in sorted(lexicons.words(f"function {function}")):
            listed.append(Sentence("und", "", "", function, "", word))
            weights.append(KEYWORD_WEIGHT)
    return listed, weights


def features(listed: Sequence[Sentence]) -> tuple[Array, Array]:
    """(hashed features as a sparse matrix, cues)."""
    page = open_page([s.text for s in listed], Vocabulary())
    hashes = Hashes()
    valence = Valence().read(page, [s.language for s in listed])
    return text_buckets(page, hashes), hashes.cues(page, valence)


def labels(head: str, listed: Sequence[Sentence]) -> tuple[list[int], list[int]]:
    """(which examples speak of this head, their classes)."""
    rows, values = [], []
    for i, s in enumerate(listed):
        value = {"mood": s.mood, "intent": s.intent, "function": s.function, "about": s.reason}[head]
        speaks = bool(s.mood) or head == "function"
        if speaks and (not s.reason or head in ("about", "mood", "intent")):
            rows.append(i)
            values.append(CLASSES[head].index(value))
    return rows, values


def fit(strength: dict[str, float] | None = None) -> Heads:
    from scipy.sparse import csr_matrix, hstack

    listed, weights = examples()
    hashed, cues = features(listed)
    used = np.flatnonzero(np.asarray(hashed.sum(axis=0)).ravel())
    table = hstack([hashed[:, used], csr_matrix(cues)]).tocsr()
    columns = []
    for head in CLASSES:
        rows, values = labels(head, listed)
        model = LogisticRegression(
            C=(strength or STRENGTH)[head] * 10, class_weight="balanced", max_iter=2000, random_state=SEED
        )
        model.fit(table[rows], values, sample_weight=np.array(weights)[rows])
        columns.append((model.coef_.T, model.intercept_))
    weights_all = np.hstack([c for c, _ in columns]).astype(np.float32)
    buckets: FloatArray = np.zeros((BUCKETS, weights_all.shape[1]), np.float32)
    buckets[used] = weights_all[: len(used)]
    bias = np.concatenate([b for _, b in columns]).astype(np.float32)
    return Heads(dict(CLASSES), buckets, weights_all[len(used) :], bias)


def source_digest() -> str:
    """Changes whenever a word list or a sentence that the model is fitted to changes."""
    names = ("sentences_en.txt", "sentences_de.txt", "words.txt", "german.txt", "languages.txt")
    return sha256("\0".join(lexicons.source(name) for name in names).encode()).hexdigest()[:16]
