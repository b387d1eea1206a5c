"""Figures of the theme engine on one labelled table, as JSON.

    python benchmarks/themes.py FILE --text COL --label COL [--sample N] [--steps N] [--copies N] [--where COL=VALUE]

`--steps` consolidates so many times while the table grows; `--copies` measures speed and memory on so many altered
copies of the texts instead of quality. V-measure and ARI count every message, also the unthemed ones.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import resource
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import adjusted_rand_score, v_measure_score

from textanalytics.encoders import default
from textanalytics.themes import ThemeIndex

CHUNK = 20_000


def clean(text: str) -> str:
    text = re.sub(r"https?://\S+|(?<!\w)@\w+", " ", html.unescape(text))
    return " ".join(text.replace("#", " ").split())


def read(args: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Texts and labels in a fixed shuffled order; rows without a label are left out."""
    column, _, value = args.where.partition("=")
    with args.file.open(newline="", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if not column or row[column] == value]
    labelled = [(clean(row[args.text]), row[args.label] if args.label else "") for row in rows]
    labelled = [pair for pair in labelled if pair[0] and (pair[1] or not args.label)]
    order = np.random.default_rng(args.seed).permutation(len(labelled))[: args.sample]
    return [labelled[i][0] for i in order], [labelled[i][1] for i in order]


def quality(texts: list[str], labels: list[str], steps: int) -> dict[str, float]:
    """Agreement with the labels, and the share of messages that kept their theme per step of growth."""
    index, ids = ThemeIndex(), np.zeros(0, np.int64)
    vectors = default().encode(texts)
    kept: list[float] = []
    started = time.process_time()
    for step in range(steps):
        part = slice(step * len(texts) // steps, (step + 1) * len(texts) // steps)
        before = index.themes_of(ids)
        ids = np.concatenate([ids, index.add(vectors[part], texts[part])])
        index.consolidate()
        if len(before):
            kept.append(float(np.mean(index.themes_of(ids[: len(before)]) == before)))
    themes = index.themes_of(ids)
    found, sizes = np.unique(themes[themes >= 0], return_counts=True)
    return {
        "messages": len(texts),
        "labels": len(set(labels)),
        "themes": len(found),
        "v_measure": round(float(v_measure_score(labels, themes)), 4),
        "ari": round(float(adjusted_rand_score(labels, themes)), 4),
        "unthemed_share": round(float(np.mean(themes < 0)), 4),
        "vague_share": round(float(np.mean(themes == index.vague)) if index.vague >= 0 else 0.0, 4),
        "in_themes_below_5": round(float(sizes[sizes < 5].sum() / len(texts)), 4),
        "kept_per_step": round(float(np.mean(kept)) if kept else 1.0, 4),
        "cpu_seconds": round(time.process_time() - started, 2),
    }


def altered(texts: list[str], count: int) -> list[str]:
    """`count` texts with up to two words replaced by words of other texts."""
    chance = np.random.default_rng(count)
    words = sorted({word for text in texts for word in text.split()})
    made = []
    for i in chance.integers(0, len(texts), count).tolist():
        said = texts[i].split()
        for _ in range(int(chance.integers(0, 3))):
            said[int(chance.integers(len(said)))] = words[int(chance.integers(len(words)))]
        made.append(" ".join(said))
    return made


def speed(texts: list[str], copies: int) -> dict[str, float]:
    """CPU and wall seconds of encoding and adding `copies` messages, streamed, then of one consolidation."""
    index = ThemeIndex()
    default()
    cpu = wall = 0.0
    for start in range(0, copies, CHUNK):
        chunk = altered(texts, min(CHUNK, copies - start))
        began, began_wall = time.process_time(), time.perf_counter()
        index.add(default().encode(chunk), chunk)
        cpu += time.process_time() - began
        wall += time.perf_counter() - began_wall
    began = time.perf_counter()
    index.consolidate()
    return {
        "messages": copies,
        "messages_per_second": round(copies / wall),
        "messages_per_cpu_second": round(copies / cpu),
        "consolidate_seconds": round(time.perf_counter() - began, 2),
        "micro_clusters": len(np.unique(index.resolve(np.arange(len(index))))),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--label", default="")
    parser.add_argument("--where", default="")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--steps", type=int, default=1)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not (args.copies or args.label):
        parser.error("Say --label for quality or --copies for speed.")
    texts, labels = read(args)
    result = speed(texts, args.copies) if args.copies else quality(texts, labels, args.steps)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
