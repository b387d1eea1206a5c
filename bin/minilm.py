"""The teacher's forward pass in plain NumPy, so that building the encoder needs no deep-learning framework.

A six-layer BERT encoder with mean pooling, as all-MiniLM-L6-v2 is published (Apache-2.0).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.special import erf
from tokenizers import Tokenizer

Array = npt.NDArray[np.float32]
HEADS = 12
LAYERS = 6


def read_safetensors(path: Path) -> dict[str, Array]:
    """Every float32 tensor of a safetensors file: 8 bytes length, JSON header, raw little-endian data."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(raw[start:end], "<f4").reshape(entry["shape"])
    return tensors


class Teacher:
    """Encodes texts exactly as sentence-transformers would, 384 dimensions, unit length."""

    def __init__(self, model: Path, *, longest: int = 64) -> None:
        self.weights = read_safetensors(model / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self.tokenizer.enable_truncation(longest)
        self.tokenizer.no_padding()

    def encode(self, texts: Sequence[str], *, batch: int = 256) -> Array:
        """(n, 384) unit rows. Texts of like length share a batch, so little is wasted on padding."""
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        return self.encode_ids(ids, batch=batch)

    def encode_ids(self, ids: Sequence[Sequence[int]], *, batch: int = 256) -> Array:
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), 384), np.float32)
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            width = max(len(ids[i]) for i in rows)
            tokens = np.zeros((len(rows), width), np.int64)
            mask = np.zeros((len(rows), width), np.float32)
            for k, i in enumerate(rows):
                tokens[k, : len(ids[i])] = ids[i]
                mask[k, : len(ids[i])] = 1
            out[rows] = self._forward(tokens, mask)
        return out

    def _forward(self, tokens: npt.NDArray[np.int64], mask: Array) -> Array:
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][tokens]
        x = x + w["embeddings.position_embeddings.weight"][: tokens.shape[1]]
        x = x + w["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x, "embeddings.LayerNorm")
        bias = ((1 - mask) * np.float32(-1e9))[:, None, None, :]
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            x = self._norm(x + self._attend(x, bias, name), f"{name}.attention.output.LayerNorm")
            inner = self._linear(x, f"{name}.intermediate.dense")
            inner *= np.float32(0.5) * (1 + erf(inner * np.float32(0.5**0.5)))
            x = self._norm(x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _attend(self, x: Array, bias: Array, name: str) -> Array:
        n, width, size = x.shape

        def split(part: str) -> Array:
            y = self._linear(x, f"{name}.attention.self.{part}")
            return y.reshape(n, width, HEADS, size // HEADS).transpose(0, 2, 1, 3)

        score = (
            split("query") @ split("key").transpose(0, 1, 3, 2) / np.float32((size // HEADS) ** 0.5) + bias
        )
        score = np.exp(score - score.max(-1, keepdims=True))
        score /= score.sum(-1, keepdims=True)
        mixed = (score @ split("value")).transpose(0, 2, 1, 3).reshape(n, width, size)
        return self._linear(mixed, f"{name}.attention.output.dense")

    def _linear(self, x: Array, name: str) -> Array:
        flat = x.reshape(-1, x.shape[-1]) @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def _norm(self, x: Array, name: str) -> Array:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(1e-12))
        return x * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
