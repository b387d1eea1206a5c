"""Measures the reader on the data sets beside the repository; prints JSON.

python benchmarks/reading.py [FOLDER]   FOLDER defaults to $PIVOTPOINT_SHARED_DATA, else ../shared/data
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.metrics import accuracy_score, f1_score

from textanalytics.reading import Reader, Readings

BATCH = 2_000


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mood(true: Sequence[str], read: Readings) -> dict[str, float]:
    return {
        "macro_f1": round(f1_score(true, read.mood, average="macro"), 3),
        "accuracy": round(accuracy_score(true, read.mood), 3),
    }


def airline(folder: Path, reader: Reader) -> dict[str, Any]:
    table = rows(folder, "airline_tweets_dev.csv")
    read = reader.read([row["text"] for row in table])
    return {
        "sentiment": mood([row["sentiment"] for row in table], read),
        "not_english": sum(language != "en" for language in read.language),
        "not_about_us": int((~read.about_us).sum()),
        "negative_without_action": sum(
            row["sentiment"] == "negative" and not acts
            for row, acts in zip(table, read.actionable, strict=True)
        ),
    }


def railway(folder: Path, reader: Reader) -> dict[str, Any]:
    table = rows(folder, "railway_de_dev.csv")
    read = reader.read([row["text"] for row in table])
    relevant = [row["relevance"] == "True" for row in table]
    return {
        "sentiment": mood([row["sentiment"] for row in table], read),
        "about_us_f1": round(f1_score(relevant, read.about_us), 3),
        "not_about_us_f1": round(f1_score([not r for r in relevant], ~read.about_us), 3),
        "relevant_lost": sum(r and not a for r, a in zip(relevant, read.about_us, strict=True)),
        "not_german": sum(language != "de" for language in read.language),
    }


def complaints(folder: Path, reader: Reader) -> dict[str, Any]:
    table = rows(folder, "complaints_dev.csv")
    read = reader.read([row["text"] for row in table])
    true = [row["complaint"] == "1" for row in table]
    found = [intent == "complaint" for intent in read.intent]
    return {
        "complaint_f1": round(f1_score(true, found), 3),
        "macro_f1": round(f1_score(true, found, average="macro"), 3),
        "accuracy": round(accuracy_score(true, found), 3),
    }


def speed(folder: Path) -> dict[str, Any]:
    texts = [row["text"] for row in rows(folder, "airline_tweets_dev.csv")]
    texts += [row["text"] for row in rows(folder, "support_threads.csv")]
    reader = Reader()
    began = time.perf_counter()
    reader.read(texts[:BATCH])
    first = time.perf_counter() - began
    began, worked = time.perf_counter(), time.process_time()
    for start in range(BATCH, len(texts), BATCH):
        reader.read(texts[start : start + BATCH])
    rest = len(texts) - BATCH
    return {
        "first_batch_per_second": round(BATCH / first),
        "messages_per_second": round(rest / (time.perf_counter() - began)),
        "messages_per_processor_second": round(rest / (time.process_time() - worked)),
    }


def main() -> None:
    default = (
        os.environ.get("PIVOTPOINT_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
    )
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else default)
    reader = Reader()
    report = {
        "version": reader.version,
        "airline_tweets": airline(folder, reader),
        "railway_de": railway(folder, reader),
        "complaints": complaints(folder, reader),
        "speed": speed(folder),
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
