"""Texts to rows, in this process or another: knows no database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pivotpoint.listening.doubt import DOUBTED
from textanalytics.reading.reading import Reader
from textanalytics.taught.several.tagger import Tagger, tag_each

NAMES = (
    "language",
    "sentiment",
    "mood",
    "intent",
    "about_us",
    "reason",
    "actionable",
    "function",
    "confidence",
    "evidence",
    "version",
    "doubt",
)
Row = dict[str, Any]


def reader_at(path: Path) -> Reader:
    """Loaded once a process, and again when the file was made anew."""
    return _reader(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _reader(path: Path, _: int) -> Reader:
    return Reader.load(path)


@lru_cache(maxsize=16)
def tagger_at(path: Path) -> Tagger:
    return Tagger.load(path)


def read_texts(reader: Path, taggers: Sequence[Path], texts: Sequence[str]) -> list[Row]:
    """A row a text, read with what these files hold."""
    return rows_of(reader_at(reader), [tagger_at(path) for path in taggers], texts)


def rows_of(reader: Reader, taggers: Sequence[Tagger], texts: Sequence[str]) -> list[Row]:
    """A row a text: what a reading holds (NAMES), and its tags. Every engine calls this."""
    read = reader.read(texts)
    tagged: list[list[Any]] = [[] for _ in texts]
    for tagger, given in zip(taggers, tag_each(taggers, texts), strict=True):
        for mine, tags in zip(tagged, given, strict=True):
            mine += [[int(tag.name), tag.confidence, tag.evidence, tagger.version] for tag in tags]
    sure = {key: values.astype(float).round(3).tolist() for key, values in read.confidence.items()}
    return [
        {
            "language": read.language[i],
            "sentiment": round(float(read.sentiment[i]), 3),
            "mood": read.mood[i],
            "intent": read.intent[i],
            "about_us": bool(read.about_us[i]),
            "reason": read.reason[i],
            "actionable": bool(read.actionable[i]),
            "function": read.function[i],
            "confidence": {key: values[i] for key, values in sure.items()},
            "evidence": {key: spans for key, spans in read.evidence[i].items() if spans},
            "version": reader.version,
            "doubt": round(1 - min(sure[key][i] for key in DOUBTED), 3),
            "tags": tagged[i] if read.about_us[i] else [],
        }
        for i in range(len(texts))
    ]
