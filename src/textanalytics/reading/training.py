"""Fits the reader's linear model to our own sentences; run by bin/make-reader, not while the product runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression

from textanalytics import encoders, lexicons
from textanalytics.base import FUNCTIONS, MOODS, SPOKEN, FloatArray
from textanalytics.lexicons import Sentence
from textanalytics.reading.features import BUCKETS, Hashes, text_buckets, text_meanings
from textanalytics.reading.heads import Heads
from textanalytics.reading.intent import FUNCTION_CLASSES
from textanalytics.reading.relevance import REASON_CLASSES
from textanalytics.sentiment import Valence
from textanalytics.words.page import Array, Vocabulary, open_page

CLASSES = {"mood": MOODS, "intent": SPOKEN, "function": FUNCTION_CLASSES, "about": REASON_CLASSES}
STRENGTH = {"mood": 1.0, "intent": 2.0, "function": 3.5, "about": 5.0}
"""Inverse of regularisation (C)."""
QUIET_WEIGHT = 0.2
"""For the mood, of a fault told without a word of feeling: at full weight every short fact would be blame. And of a review of a
meal or a thing: its words for them ("hot", "quick", "heavy") would outweigh what they say of a service."""
VARIED_WEIGHT = 0.5
DRAWS = 3
"""Ways in which each sentence is varied; they share the weight, so that no single mark decides."""
KEYWORD_WEIGHT = 0.3
SEED = 7
STEEPEST, STEPS = 1e-4, 3_000
"""A fit that stops early ends somewhere else whenever a sentence is added: it goes on until it is flat."""

Weighted = tuple[Sentence, float]


def examples() -> tuple[list[Sentence], list[float]]:
    """All sentences, varied as people type them, and each function's keywords, which speak of it alone.

    What a sentence becomes depends on it alone, or on its neighbour in its section: one more changes nothing in the others.
    """
    written = lexicons.sentences()
    listed, weights = list(written), [1.0] * len(written)
    for varied, weight in chain(marked(written), doubled(written), introduced(written), unaccented(written)):
        listed.append(varied)
        weights.append(weight)
    for function in FUNCTIONS:
        for word in sorted(lexicons.words(f"function {function}")):
            listed.append(Sentence("und", "", "", function, "", word))
            weights.append(KEYWORD_WEIGHT)
    return listed, weights


def marked(written: Sequence[Sentence]) -> Iterator[Weighted]:
    """With the marks, links and mentions that such messages come with."""
    for sentence in written:
        for draw in range(DRAWS):
            yield decorated(drawn(f"{draw}|{sentence.text}"), sentence), VARIED_WEIGHT / DRAWS


def drawn(text: str) -> int:
    """A number that the text alone decides, so runs are alike."""
    return crc32(text.encode()) >> 4


def decorated(number: int, sentence: Sentence) -> Sentence:
    text = sentence.text
    if sentence.intent == "question":
        text += "?"
    elif sentence.reason in ("advertisement", "automated", "news"):
        text += " https://example.org/a"
    elif sentence.intent in ("complaint", "praise"):
        text += ("!", ".", "...", "!!", "?", ".")[number % (6 if sentence.intent == "complaint" else 4)]
    elif number % 3 == 0:
        text += ("!", " https://example.org/a", "?")[number // 3 % 3]
    if not sentence.reason and number % 2:
        text = f"@acme {text}"
    return replace(sentence, text=text)


def doubled(written: Sequence[Sentence]) -> Iterator[Weighted]:
    """Longer messages: two of one kind."""
    for sentence, following in pairwise(written):
        if replace(sentence, text="") == replace(following, text=""):
            yield replace(sentence, text=f"{sentence.text}. {following.text}"), VARIED_WEIGHT


def introduced(written: Sequence[Sentence]) -> Iterator[Weighted]:
    """A plain remark before something that is wanted or felt."""
    remarks = {
        language: [
            s
            for s in written
            if s.language == language and s.intent == "other" and not (s.reason or s.review)
        ]
        for language in (*lexicons.LANGUAGES, *lexicons.BESIDES)
    }
    for sentence in written:
        if sentence.reason or sentence.intent == "other":
            continue
        for remark in sorted(
            remarks[sentence.language], key=lambda one: drawn(f"{one.text}|{sentence.text}")
        )[:DRAWS]:
            yield replace(sentence, text=f"{remark.text}. {sentence.text}"), VARIED_WEIGHT / DRAWS


def unaccented(written: Sequence[Sentence]) -> Iterator[Weighted]:
    """As typed in a hurry, where that leaves accents out."""
    for sentence in written:
        text = lexicons.plain(sentence.text)
        if sentence.language in lexicons.ACCENTED and text != sentence.text:
            yield replace(sentence, text=text), VARIED_WEIGHT


def features(listed: Sequence[Sentence]) -> tuple[Array, Array, Array]:
    """(hashed features as a sparse matrix, meanings, cues)."""
    page = open_page([s.text for s in listed], Vocabulary())
    hashes = Hashes()
    valence, _ = Valence().read(page, [s.language for s in listed])
    return text_buckets(page, hashes), text_meanings(page), hashes.cues(page, valence)


def labels(head: str, listed: Sequence[Sentence]) -> tuple[list[int], list[int]]:
    """(which examples speak of this head, their classes)."""
    rows, values = [], []
    for i, s in enumerate(listed):
        value = {"mood": s.mood, "intent": s.intent, "function": s.function, "about": s.reason}[head]
        speaks = head == "mood" if s.review else bool(s.mood) or head == "function"
        if speaks and (not s.reason or head in ("about", "mood", "intent")):
            rows.append(i)
            values.append(CLASSES[head].index(value))
    return rows, values


def fit() -> Heads:
    """Each language learns from its own sentences alone; the weights for any other, from all."""
    listed, weights = examples()
    table, used, sizes = tabled(listed)
    spoken = np.array([sentence.language for sentence in listed])
    languages = (*lexicons.LANGUAGES, "")
    fitted = []
    for language in languages:
        own = np.flatnonzero(np.isin(spoken, (language, "und")) | (language == ""))
        fitted.append(fit_to(table[own], [listed[i] for i in own.tolist()], np.array(weights)[own]))
    bias = np.stack([b for _, b in fitted])
    dense = np.stack([w[len(used) :] for w, _ in fitted])
    buckets: FloatArray = np.zeros((len(languages), BUCKETS, bias.shape[-1]), np.float32)
    buckets[:, used] = [w[: len(used)] for w, _ in fitted]
    return Heads(dict(CLASSES), languages, buckets, dense[:, :sizes], dense[:, sizes:], bias)


def tabled(listed: Sequence[Sentence]) -> tuple[Array, Array, int]:
    """(features as a sparse matrix: buckets, meanings, cues; the buckets that are used; how many meanings)."""
    from scipy.sparse import csr_matrix, hstack

    hashed, meanings, cues = features(listed)
    used = np.flatnonzero(np.asarray(hashed.sum(axis=0)).ravel())
    table = hstack([hashed[:, used], csr_matrix(meanings), csr_matrix(cues)]).tocsr()
    return table, used, meanings.shape[1]


def fit_to(table: Array, listed: Sequence[Sentence], weights: Array) -> tuple[FloatArray, FloatArray]:
    """(weights by feature and class, bias), all heads side by side."""
    columns = []
    for head in CLASSES:
        rows, values = labels(head, listed)
        model = LogisticRegression(
            C=STRENGTH[head],
            class_weight=None if head == "about" else "balanced",
            max_iter=STEPS,
            tol=STEEPEST,
            random_state=SEED,
        )
        quiet = np.array([head == "mood" and (listed[i].quiet or listed[i].review) for i in rows])
        model.fit(table[rows], values, sample_weight=weights[rows] * np.where(quiet, QUIET_WEIGHT, 1.0))
        columns.append((model.coef_.T, model.intercept_))
    coefficients = np.hstack([c for c, _ in columns]).astype(np.float32)
    return coefficients, np.concatenate([b for _, b in columns]).astype(np.float32)


def source_digest() -> str:
    """Changes whenever a list, a sentence or the encoder that the model is fitted to changes."""
    digest = sha256("\0".join(lexicons.source(name) for name in lexicons.FILES).encode())
    for name in encoders.SOURCES:
        digest.update(files("textanalytics.data").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]
