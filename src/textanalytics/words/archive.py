"""What was learnt, as one npz file: arrays, and JSON for the rest; never pickle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from textanalytics.words.page import Array


def write(path: str | Path, header: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """`header` is kept as JSON; its "schema" is what `opened` asks for."""
    said = np.frombuffer(json.dumps(header).encode(), np.uint8)
    with Path(path).open("wb") as file:
        np.savez_compressed(file, header=said, **arrays)  # type: ignore[arg-type]


@contextmanager
def opened(
    path: str | Path | BinaryIO, what: str, schema: int
) -> Iterator[tuple[dict[str, Any], Mapping[str, Array]]]:
    """The header and the arrays; ValueError with one sentence when `what` ("This reader was") has another schema."""
    with np.load(path, allow_pickle=False) as kept:
        header = json.loads(kept["header"].tobytes())
        if header.get("schema") != schema:
            raise ValueError(f"{what} saved with schema {header.get('schema')}, not {schema}.")
        yield header, kept
