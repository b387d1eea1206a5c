"""Our themes and BERTopic's over the vectors of one transformer, on the same rows, in one process: processor seconds as JSON.

    python -m benchmarks.beside_bertopic FILE --text COL --label COL --sample N --model FOLDER

FOLDER is all-MiniLM-L6-v2. BERTopic has its vectors from the package sentence-transformers, as its documentation shows
it; ours come as they do for anybody who names this folder (FOLDER#float32: from NumPy). The clock's seconds are given too:
they say something on a quiet machine only. For processor seconds alone `--threads 1` keeps PyTorch from using several
threads for theirs, which wait for each other by spinning. What Numba compiles is compiled before, and not counted.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.anchors import SEED
from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import parted, teacher
from textanalytics.evaluate.tables import read_table
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex

T = TypeVar("T")

WARM = 4_200
"""Rows from which on UMAP finds neighbours as it does for many."""


@dataclass(frozen=True)
class Seconds:
    """Of the processors, and of the clock."""

    processor: float
    clock: float

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(self.processor + other.processor, self.clock + other.clock)

    def times(self, other: Seconds) -> tuple[float, float]:
        return round(self.processor / other.processor, 2), round(self.clock / other.clock, 2)


def timed(work: Callable[[], T]) -> tuple[T, Seconds]:
    began = time.process_time(), time.perf_counter()
    return work(), Seconds(time.process_time() - began[0], time.perf_counter() - began[1])


def by_package(model: str, texts: list[str], threads: int | None) -> tuple[FloatArray, Seconds]:
    import torch
    from sentence_transformers import SentenceTransformer

    if threads:
        torch.set_num_threads(threads)
    encoder = SentenceTransformer(model, local_files_only=True)
    encoder.encode(["warm"])
    return timed(lambda: np.asarray(encoder.encode(texts, show_progress_bar=False), np.float32))


def ours(texts: list[str], vectors: FloatArray) -> IntArray:
    index = ThemeIndex(vectors.shape[1])
    ids = index.add(vectors, texts)
    index.consolidate()
    return index.themes_of(ids)


def bertopic(texts: list[str], vectors: FloatArray) -> IntArray:
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from umap import UMAP

    reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    found, _ = BERTopic(embedding_model=BaseEmbedder(), umap_model=reduced).fit_transform(texts, vectors)
    return np.asarray(found, np.int64)


def warm(texts: list[str], dimensions: int) -> None:
    rows = np.random.default_rng(SEED).normal(size=(WARM, dimensions)).astype(np.float32)
    bertopic([f"{texts[i % len(texts)]} {i}" for i in range(WARM)], rows)


def figures(labels: list[str], found: IntArray, encoding: Seconds, gathering: Seconds) -> dict[str, float]:
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    return {
        "v_measure": round(float(v_measure_score(labels, found)), 4),
        "ari": round(float(adjusted_rand_score(labels, found)), 4),
        "themes": len(np.unique(found[found >= 0])),
        "encoded_per_processor_second": round(len(labels) / encoding.processor),
        "gathered_per_processor_second": round(len(labels) / gathering.processor),
        "both_per_processor_second": round(len(labels) / (encoding + gathering).processor, 1),
        "both_per_second": round(len(labels) / (encoding + gathering).clock, 1),
    }


def measure(texts: list[str], labels: list[str], model: str, threads: int | None) -> dict[str, Any]:
    encoder = teacher(model)
    own, encoding = timed(lambda: encoder.encode(texts))
    ours(texts[:300], own[:300])
    themes, gathering = timed(lambda: ours(texts, own))
    theirs, package = by_package(parted(model)[0], texts, threads)
    warm(texts, own.shape[1])
    topics, reducing = timed(lambda: bertopic(texts, theirs))
    by_ours, _ = timed(lambda: bertopic(texts, own))
    alike = (own * theirs).sum(1) / np.maximum(np.linalg.norm(theirs, axis=1), 1e-9)
    return {
        "messages": len(texts),
        "encoder": encoder.name,
        "cosine_mean_and_least": (round(float(alike.mean()), 5), round(float(alike.min()), 5)),
        "ours": figures(labels, themes, encoding, gathering),
        "bertopic": figures(labels, topics, package, reducing),
        "bertopic_of_our_vectors": figures(labels, by_ours, encoding, reducing),
        "times_bertopic_by_processor_and_clock": (package + reducing).times(encoding + gathering),
        "times_bertopic_with_our_vectors": (encoding + reducing).times(encoding + gathering),
        "times_bertopic_without_encoding": reducing.times(gathering),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--label", required=True)
    parser.add_argument("--sample", type=int, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument(
        "--threads", type=int, help="of PyTorch for BERTopic's vectors; its own choice without"
    )
    args = parser.parse_args()
    table = read_table(args.file).filled(args.text, args.label)
    drawn = np.random.default_rng(SEED).permutation(len(table.column(args.text)))[: args.sample].tolist()
    texts, labels = table.column(args.text), table.column(args.label)
    cleaned = [clean(texts[i]) or "-" for i in drawn]
    print(json.dumps(measure(cleaned, [labels[i] for i in drawn], args.model, args.threads)))


if __name__ == "__main__":
    main()
