"""The tensors of a safetensors file, by name."""

from __future__ import annotations

import json
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from textanalytics.base import FloatArray

LONGEST_HEADER = 100_000_000
TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}
BRAIN = "BF16"


def read_safetensors(path: Path) -> dict[str, FloatArray]:
    """8 bytes length, JSON header, raw little-endian data; all as float32, what is no float left out.

    ValueError when the file is not whole.
    """
    raw = memoryview(path.read_bytes())
    size = int.from_bytes(raw[:8], "little")
    if not 2 <= size <= min(len(raw) - 8, LONGEST_HEADER):
        raise ValueError(f"{path.name} is no safetensors file")
    header = json.loads(bytes(raw[8 : 8 + size]))
    data = raw[8 + size :]
    return {
        name: _tensor(data, entry, name)
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] in (*TYPES, BRAIN)
    }


def _tensor(data: memoryview, entry: dict[str, Any], name: str) -> FloatArray:
    start, end = entry["data_offsets"]
    kind = np.dtype(TYPES.get(entry["dtype"], "<u2"))
    if not 0 <= start <= end <= len(data) or end - start != prod(entry["shape"]) * kind.itemsize:
        raise ValueError(f"the weights {name} are not whole")
    flat = np.frombuffer(data[start:end], kind)
    if entry["dtype"] == BRAIN:  # The upper half of a float32.
        flat = (flat.astype(np.uint32) << 16).view(np.float32)
    return np.asarray(flat, np.float32).reshape(entry["shape"])
