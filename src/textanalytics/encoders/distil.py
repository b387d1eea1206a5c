"""A fast static encoder from any sentence-transformers model, fitted to an organisation's own messages.

The model reads every piece of its vocabulary once and some messages. The pieces' vectors are turned into the
messages' principal axes, common pieces are weighed down, and a ridge correction lets the mean of a message's pieces
come near what the model makes of the whole message. Kept as int8 with one scale a piece. The model's own tokenizer
goes with it, so it reads whatever languages the model reads.

The start is what model2vec does (Tulkens and van Dongen 2024); weighing by RARE / (RARE + frequency) is Arora et al.
2017, "A simple but tough-to-beat baseline for sentence embeddings".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.encoders.pieces import pieces
from textanalytics.encoders.static import HEADER, ROWS, SCHEMA, TOKENIZER, StaticEncoder
from textanalytics.encoders.teacher import Teacher
from textanalytics.words.blas import one_thread
from textanalytics.words.sparse import csr_matrix, identity

DIMENSIONS = 256
RIDGE = 0.1
RARE = 1e-3
PRIOR = 0.01
"""How much a message counts against the model's own axes: with few messages these decide."""
STEPS = 60
AT_ONCE = 2_048
LEAST = 200
"""Different messages from which an encoder can be fitted and asked."""
ASKED = 0.1, 1_000
"""Share of the messages, and how many at most, on which it is compared with the model."""
Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Likeness:
    """How the vectors of messages that were held out compare with the model's own: the correlation of their cosines,
    and how often the nearest other message is the same one. `shipped` says so of the shipped encoder."""

    messages: int
    correlation: float
    nearest: float
    shipped_correlation: float
    shipped_nearest: float


@dataclass(frozen=True)
class Distilled:
    """`rows` (pieces, dimensions) by the ids of `tokenizer`, which adds no marks."""

    rows: FloatArray
    tokenizer: str
    likeness: Likeness


def distil(
    teacher: Teacher, texts: Sequence[str], beside: Encoder, *, seed: int = 0, told: Told | None = None
) -> Distilled:
    """`beside` is the encoder to compare with. ValueError when there are too few different messages."""
    said = [text for text in dict.fromkeys(texts) if text.strip()]
    if len(said) < LEAST:
        raise ValueError(
            f"An encoder needs {LEAST} different messages to be fitted to; there are {len(said)}."
        )
    tell = told or (lambda what, done, total: None)
    order = np.random.default_rng(seed).permutation(len(said)).tolist()
    said = [said[i] for i in order]
    tokenizer = plain(teacher.tokenizer)
    size = max(tokenizer.get_vocab().values()) + 1
    taught = _taught(teacher, said, tell)
    vectors = _pieces(teacher, size, tell)
    bag = bags(tokenizer, said, size)
    count = min(round(ASKED[0] * len(said)), ASKED[1])
    tell("Fitting", 0, 2)
    with one_thread():
        known = weigh(vectors, bag[count:])
        asked = fit(known, bag[count:], taught[count:], prior=PRIOR)
        tell("Fitting", 1, 2)
        rows = fit(known, bag, taught, prior=PRIOR)
        likeness = compare(taught[:count], bag[:count] @ asked, beside.encode(said[:count]))
    tell("Fitting", 2, 2)
    rows[_marks(teacher.tokenizer, size)] = 0
    return Distilled(rows, tokenizer.to_str(), likeness)


def _taught(teacher: Teacher, said: Sequence[str], tell: Told) -> FloatArray:
    parts = []
    for start in range(0, len(said), AT_ONCE // 8):
        tell("Reading messages", start, len(said))
        parts.append(teacher.encode(said[start : start + AT_ONCE // 8]))
    return np.concatenate(parts)


def _pieces(teacher: Teacher, size: int, tell: Told) -> FloatArray:
    """(size, dimensions): what the model makes of each piece alone, between the marks that it expects."""
    around = teacher.tokenizer.encode("").ids
    before, after = around[:1], around[1:]
    parts = []
    for start in range(0, size, AT_ONCE):
        tell("Reading pieces", start, size)
        ids = [[*before, piece, *after] for piece in range(start, min(start + AT_ONCE, size))]
        parts.append(teacher.encode_ids(ids))
    return np.concatenate(parts)


def plain(tokenizer: Tokenizer) -> Tokenizer:
    """The same pieces, without marks around a text: what somebody writes is never read as one."""
    kept = json.loads(tokenizer.to_str())
    kept.update(added_tokens=[], post_processor=None, padding=None, truncation=None)
    return Tokenizer.from_str(json.dumps(kept))


def _marks(tokenizer: Tokenizer, size: int) -> IntArray:
    """Ids of the model's marks, and of the piece that stands for what it does not know."""
    special = [entry["content"] for entry in json.loads(tokenizer.to_str()).get("added_tokens", [])]
    found = [tokenizer.token_to_id(mark) for mark in (*special, "[UNK]", "<unk>")]
    return np.unique([mark for mark in found if mark is not None and mark < size]).astype(np.int64)


def bags(tokenizer: Tokenizer, texts: Sequence[str], size: int) -> csr_matrix:
    """(n, size) rows of piece shares that sum to one."""
    ids = pieces(tokenizer, texts)
    ends = np.cumsum([0, *(len(row) for row in ids)])
    flat = np.fromiter((i for row in ids for i in row), np.int64, ends[-1])
    share = np.repeat(1 / np.maximum(np.diff(ends), 1), np.diff(ends)).astype(np.float32)
    return csr_matrix((share, flat, ends), shape=(len(texts), size))


def weigh(vectors: FloatArray, bag: csr_matrix) -> FloatArray:
    """Centred, and less where a piece is common in the messages; half an occurrence for what does not occur."""
    seen = np.asarray(bag.sum(axis=0)).ravel() + 0.5 / len(vectors)
    chance = seen / seen.sum()
    return ((vectors - vectors.mean(0)) * (RARE / (RARE + chance))[:, None]).astype(np.float32)


def fit(weighed: FloatArray, bag: csr_matrix, taught: FloatArray, *, prior: float = 0.0) -> FloatArray:
    """(pieces, dimensions): the weighed vectors mapped into the principal space of `taught`, and a ridge correction.

    Minimises |bag (E0 + D) - target|^2 + RIDGE |D|^2 over D by conjugate gradients; E0 is the best linear map, drawn
    to the principal axes themselves by `prior`. A piece that does not occur keeps E0.
    """
    centred = taught - taught.mean(0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:DIMENSIONS].T
    target = (centred @ axes).astype(np.float32)
    start = weighed @ _map(np.asarray(bag @ weighed), target, axes, prior)
    used = np.unique(bag.indices)
    part = bag[:, used]
    wanted = part.T @ (target - bag @ start)
    system = (part.T @ part + RIDGE * identity(len(used))).tocsr()
    start[used] += conjugate_gradients(system, wanted, steps=STEPS)
    return np.asarray(start, np.float32)


def _map(means: FloatArray, target: FloatArray, axes: FloatArray, prior: float) -> FloatArray:
    if not prior:
        return np.asarray(np.linalg.lstsq(means, target, rcond=None)[0])
    near = means @ axes
    scale = float((near * target).sum() / max(float((near * near).sum()), 1e-12))
    pull = np.float32((prior * float((means * means).sum()) / len(axes)) ** 0.5)
    left = np.concatenate([means, pull * np.eye(len(axes), dtype=np.float32)])
    right = np.concatenate([target, pull * scale * axes])
    return np.asarray(np.linalg.lstsq(left, right, rcond=None)[0])


def conjugate_gradients(system: csr_matrix, wanted: FloatArray, *, steps: int) -> FloatArray:
    """(n, k) of a symmetric (n, n) system, so that `system @ found` comes near `wanted` (n, k), each column by
    itself."""
    found = np.zeros_like(wanted)
    rest, way = wanted.copy(), wanted.copy()
    size = (rest * rest).sum(0)
    for _ in range(steps):
        moved = system @ way
        step = size / np.maximum((way * moved).sum(0), 1e-12)
        found += step * way
        rest -= step * moved
        after = (rest * rest).sum(0)
        way = rest + (after / np.maximum(size, 1e-20)) * way
        size = after
    return found


def compare(model: FloatArray, made: FloatArray, shipped: FloatArray) -> Likeness:
    """How like the rows of `made`, and of the shipped vectors, are to one another where those of the model are; `model`
    (n, dimensions) has unit rows."""
    own, theirs = _against(model, made), _against(model, shipped)
    return Likeness(len(model), *own, *theirs)


def _against(model: FloatArray, other: FloatArray) -> tuple[float, float]:
    above = np.triu_indices(len(model), 1)
    ours = other / np.maximum(np.linalg.norm(other, axis=1, keepdims=True), 1e-9)
    first, second = model @ model.T, ours @ ours.T
    correlation = np.corrcoef(first[above], second[above])[0, 1]
    np.fill_diagonal(first, -9)
    np.fill_diagonal(second, -9)
    return round(float(correlation), 4), round(float((first.argmax(1) == second.argmax(1)).mean()), 4)


def keep(made: Distilled, folder: Path, name: str, **provenance: Any) -> StaticEncoder:
    """Written beside its place first, so that a kill never leaves half an encoder there; then read back."""
    beside = folder.with_name(f".{folder.name}.new")
    beside.mkdir(mode=0o700, parents=True)
    header = {"schema": SCHEMA, "name": name, **provenance, "likeness": asdict(made.likeness)}
    (beside / HEADER).write_text(json.dumps(header, indent=1, ensure_ascii=False), encoding="utf-8")
    (beside / TOKENIZER).write_text(made.tokenizer, encoding="utf-8")
    write_rows(beside / ROWS, made.rows)
    beside.replace(folder)
    return StaticEncoder.load(folder)


def write_rows(path: Path, rows: FloatArray, **extra: Any) -> None:
    """int8 with one scale a row."""
    scales = np.maximum(np.abs(rows).max(1), 1e-9) / 127
    quantised = np.round(rows / scales[:, None]).astype(np.int8)
    np.savez_compressed(path, rows=quantised, scales=scales.astype(np.float32), **extra)
