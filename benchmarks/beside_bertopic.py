"""Our themes and BERTopic's over the vectors of one transformer, on the same rows, in one process: processor seconds as JSON.

    python -m benchmarks.beside_bertopic FILE --text COL --label COL --sample N --model FOLDER

FOLDER is all-MiniLM-L6-v2. BERTopic has its vectors from the package sentence-transformers, as its documentation shows
it; ours come from NumPy. PyTorch has one thread: several wait for each other by spinning, and that is no work. What Numba
compiles is compiled before, and not counted.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.anchors import SEED
from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders.transformer import TransformerEncoder
from textanalytics.evaluate.tables import read_table
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex

T = TypeVar("T")

WARM = 4_200
"""Rows from which on UMAP finds neighbours as it does for many."""


def timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    return work(), time.process_time() - began


def by_package(model: Path, texts: list[str]) -> tuple[FloatArray, float]:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    encoder = SentenceTransformer(str(model), local_files_only=True)
    encoder.encode(["warm"])
    return timed(lambda: np.asarray(encoder.encode(texts, show_progress_bar=False), np.float32))


def by_numpy(model: Path, texts: list[str]) -> tuple[FloatArray, float]:
    encoder = TransformerEncoder(model)
    return timed(lambda: encoder.encode(texts))


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


def figures(labels: list[str], found: IntArray, encoding: float, gathering: float) -> dict[str, float | int]:
    from sklearn.metrics import adjusted_rand_score, v_measure_score

    return {
        "v_measure": round(float(v_measure_score(labels, found)), 4),
        "ari": round(float(adjusted_rand_score(labels, found)), 4),
        "themes": len(np.unique(found[found >= 0])),
        "encoded_per_processor_second": round(len(labels) / encoding),
        "gathered_per_processor_second": round(len(labels) / gathering),
        "both_per_processor_second": round(len(labels) / (encoding + gathering), 1),
    }


def measure(texts: list[str], labels: list[str], model: Path) -> dict[str, Any]:
    own, encoding = by_numpy(model, texts)
    ours(texts[:300], own[:300])
    themes, gathering = timed(lambda: ours(texts, own))
    theirs, package = by_package(model, texts)
    warm(texts, own.shape[1])
    topics, reducing = timed(lambda: bertopic(texts, theirs))
    both = (figures(labels, themes, encoding, gathering), figures(labels, topics, package, reducing))
    return {
        "messages": len(texts),
        "ours": both[0],
        "bertopic": both[1],
        "times_bertopic": round((package + reducing) / (encoding + gathering), 2),
        "times_bertopic_with_our_vectors": round((encoding + reducing) / (encoding + gathering), 2),
        "times_bertopic_without_encoding": round(reducing / gathering, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--label", required=True)
    parser.add_argument("--sample", type=int, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    table = read_table(args.file).filled(args.text, args.label)
    drawn = np.random.default_rng(SEED).permutation(len(table.column(args.text)))[: args.sample].tolist()
    texts, labels = table.column(args.text), table.column(args.label)
    print(
        json.dumps(measure([clean(texts[i]) or "-" for i in drawn], [labels[i] for i in drawn], args.model))
    )


if __name__ == "__main__":
    main()
