"""A BERT in NumPy, beside one that is written word for word as the paper says it, in double precision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import erf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.textanalytics.encoders import models
from textanalytics.encoders import named, teacher, transformer
from textanalytics.encoders.transformer import TransformerEncoder

TEXTS = [
    "my card is not come",
    "late",
    "the train was late again and again and nobody answers " * 4,
    "你好 退款",
]


def by_the_paper(
    tensors: dict[str, np.ndarray], ids: list[int], pool: str = "mean_tokens", layers: int = models.LAYERS
) -> np.ndarray:
    """One text at a time, one head at a time; after so many layers."""
    w = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        return np.stack([w[f"{name}.weight"] @ row + w[f"{name}.bias"] for row in x])

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        rows = [(row - row.mean()) / np.sqrt(row.var() + 1e-12) for row in x]
        return np.stack(rows) * w[f"{name}.weight"] + w[f"{name}.bias"]

    x = np.stack(
        [
            w["embeddings.word_embeddings.weight"][piece]
            + w["embeddings.position_embeddings.weight"][place]
            + w["embeddings.token_type_embeddings.weight"][0]
            for place, piece in enumerate(ids)
        ]
    )
    x = norm(x, "embeddings.LayerNorm")
    for layer in range(layers):
        name = f"encoder.layer.{layer}"
        q, k, v = (dense(x, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        width = models.SIZE // models.HEADS
        mixed = np.zeros_like(x)
        for head in range(models.HEADS):
            part = slice(head * width, (head + 1) * width)
            for i in range(len(x)):
                weight = np.exp(k[:, part] @ q[i, part] / width**0.5)
                mixed[i, part] = (weight / weight.sum()) @ v[:, part]
        x = norm(x + dense(mixed, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
        inner = dense(x, f"{name}.intermediate.dense")
        inner = np.vectorize(lambda z: z / 2 * (1 + erf(z / 2**0.5)))(inner)
        x = norm(x + dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
    pooled = {"mean_tokens": x.mean(0), "cls_token": x[0], "max_tokens": x.max(0)}[pool]
    return pooled / np.linalg.norm(pooled)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return models.make_model(tmp_path / "tiny")


@pytest.mark.parametrize("pool", ["mean_tokens", "cls_token", "max_tokens"])
def test_it_computes_what_the_paper_says(tmp_path: Path, pool: str) -> None:
    encoder = TransformerEncoder(models.make_model(tmp_path / "tiny", pool=pool))
    expected = [by_the_paper(models.weights(), encoder.tokenizer.encode(text).ids, pool) for text in TEXTS]
    assert np.allclose(encoder.encode(TEXTS), expected, atol=2e-6)


@pytest.mark.parametrize("pool", ["mean_tokens", "cls_token"])
def test_the_manner_is_the_mean_of_the_tokens_after_two_thirds_of_the_layers(
    tmp_path: Path, pool: str
) -> None:
    encoder = TransformerEncoder(models.make_model(tmp_path / "tiny", pool=pool))
    rows, manners = encoder.encode_both([*TEXTS, " "])
    assert np.array_equal(rows, encoder.encode([*TEXTS, " "]))
    manners /= np.maximum(np.linalg.norm(manners, axis=1, keepdims=True), 1e-9)
    middle = [by_the_paper(models.weights(), encoder.tokenizer.encode(text).ids, layers=1) for text in TEXTS]
    assert np.allclose(manners[:-1], middle, atol=2e-6)
    assert not manners[-1].any()


def test_whom_a_text_stands_beside_makes_no_difference(folder: Path) -> None:
    encoder = TransformerEncoder(folder)
    together = encoder.encode(TEXTS)
    assert np.allclose(together, [encoder.encode([text])[0] for text in TEXTS], atol=1e-6)
    assert np.allclose(together[::-1], encoder.encode(TEXTS[::-1]), atol=1e-6)


def test_the_same_text_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = TransformerEncoder(folder)
    read: list[Sequence[int]] = []
    own = TransformerEncoder._read

    def listening(self: TransformerEncoder, texts: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
        read.extend(texts)
        return own(self, texts)

    monkeypatch.setattr(TransformerEncoder, "_read", listening)
    rows = encoder.encode([TEXTS[0], TEXTS[1], TEXTS[0], TEXTS[0].upper()])
    assert len(read) == 2
    assert np.array_equal(rows[0], rows[2]) and np.array_equal(rows[0], rows[3])
    assert not np.allclose(rows[0], rows[1])


def test_how_many_read_at_once_changes_no_byte(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{text} {more}" for text in TEXTS for more in models.WORDS]
    encoder, found = TransformerEncoder(folder), []
    monkeypatch.setattr(transformer, "AT_ONCE", 64)
    for count in (1, 3):
        monkeypatch.setattr(transformer, "threads", lambda count=count: count)
        found.append(encoder.encode(texts).tobytes())
    assert found[0] == found[1]


def test_ids_without_any_token_are_zeros(folder: Path) -> None:
    rows = TransformerEncoder(folder).encode_ids([[], [5, 6], []])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([0, 1, 0], abs=1e-5)


def test_a_blank_text_is_zeros_and_hostile_ones_are_read(folder: Path) -> None:
    rows = TransformerEncoder(folder).encode(["", " \n", "\ud800 half", "late " * 200_000, "[CLS] [MASK]"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([0, 0, 1, 1, 1], abs=1e-5)
    assert TransformerEncoder(folder).encode([]).shape == (0, models.SIZE)


def test_its_name_changes_with_its_weights_not_with_its_place(tmp_path: Path) -> None:
    one, same, other = (
        TransformerEncoder(models.make_model(tmp_path / place / "tiny", seed=seed)).name
        for place, seed in (("a", 0), ("b", 0), ("c", 1))
    )
    assert one == same != other
    assert one.startswith("tiny-") and len(one) <= 40


@pytest.mark.parametrize(("kind", "near"), [("F16", 2e-2), ("BF16", 1e-1)])
def test_half_precision_is_read(tmp_path: Path, kind: str, near: float) -> None:
    half = TransformerEncoder(models.make_model(tmp_path / "half", kind=kind)).encode(TEXTS)
    whole = TransformerEncoder(models.make_model(tmp_path / "whole")).encode(TEXTS)
    assert np.allclose(half, whole, atol=near)
    assert not np.array_equal(half, whole)


def test_roberta_counts_its_places_from_behind_the_padding(tmp_path: Path) -> None:
    tensors = models.weights()
    tensors["embeddings.position_embeddings.weight"] = np.concatenate(
        [np.full((1, models.SIZE), 9, np.float32), tensors["embeddings.position_embeddings.weight"]]
    )
    prefixed = {f"roberta.{name}": tensor for name, tensor in tensors.items()}
    config = {"model_type": "xlm-roberta", "max_position_embeddings": models.LONGEST + 1}
    roberta = TransformerEncoder(models.make_model(tmp_path / "r", config=config, tensors=prefixed))
    bert = TransformerEncoder(models.make_model(tmp_path / "b"))
    assert np.allclose(roberta.encode(TEXTS), bert.encode(TEXTS), atol=1e-6)


def test_distilbert_has_other_names_for_the_same(tmp_path: Path) -> None:
    tensors = models.weights()
    del tensors["embeddings.token_type_embeddings.weight"]
    other = {
        "attention.output.LayerNorm": "sa_layer_norm",
        "attention.self.query": "attention.q_lin",
        "attention.self.key": "attention.k_lin",
        "attention.self.value": "attention.v_lin",
        "attention.output.dense": "attention.out_lin",
        "intermediate.dense": "ffn.lin1",
        "output.dense": "ffn.lin2",
        "output.LayerNorm": "output_layer_norm",
        "encoder.layer": "transformer.layer",
    }
    renamed = {}
    for name, tensor in tensors.items():
        for bert, distil in other.items():
            name = name.replace(bert, distil)
        renamed[f"distilbert.{name}"] = tensor
    config: dict[str, Any] = {"model_type": "distilbert", "dim": models.SIZE, "n_heads": models.HEADS}
    config |= {"n_layers": models.LAYERS, "activation": "gelu", "hidden_size": None, "hidden_act": None}
    config |= {"num_attention_heads": None, "num_hidden_layers": None}
    made = TransformerEncoder(models.make_model(tmp_path / "d", config=config, tensors=renamed))
    tensors["embeddings.token_type_embeddings.weight"] = np.zeros((2, models.SIZE), np.float32)
    bert = TransformerEncoder(models.make_model(tmp_path / "b", tensors=tensors))
    assert np.allclose(made.encode(TEXTS), bert.encode(TEXTS), atol=1e-6)


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"model_type": "mpnet"}, "NumPy runs the BERT family only, not mpnet"),
        ({"hidden_act": "swish"}, "parts that BERT has not"),
        ({"position_embedding_type": "relative_key"}, "parts that BERT has not"),
        ({"num_hidden_layers": 3}, "encoder.layer.2.attention.self.query.weight' is missing"),
    ],
)
def test_another_model_is_refused_in_words(tmp_path: Path, config: dict[str, Any], says: str) -> None:
    folder = models.make_model(tmp_path / "other", config=config)
    with pytest.raises(ValueError, match=says):
        TransformerEncoder(folder)


def test_a_part_that_numpy_does_not_know_is_refused(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text())
    modules.append({"idx": 3, "name": "3", "path": "3_Dense", "type": "sentence_transformers.models.Dense"})
    modules[1], modules[-1] = modules[-1], modules[1]
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ValueError, match="Dense needs the package sentence-transformers"):
        TransformerEncoder(folder)


@pytest.mark.parametrize("damage", [b"", b"\xff" * 40, b"\x02" + b"\0" * 7 + b"{}"])
def test_damaged_weights_are_refused_in_one_sentence(folder: Path, damage: bytes) -> None:
    (folder / "model.safetensors").write_bytes(damage)
    with pytest.raises(ValueError, match="cannot be read"):
        TransformerEncoder(folder)


def test_weights_cut_short_are_refused(folder: Path) -> None:
    file = folder / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-8])
    with pytest.raises(ValueError, match="are not whole"):
        TransformerEncoder(folder)


def test_numpy_runs_a_folder_that_it_can_run_also_where_the_package_is_installed(folder: Path) -> None:
    assert type(teacher(f"{folder}#float32")).__name__ == "TransformerEncoder"
    assert named(f"{folder}#float32").name == TransformerEncoder(folder).name


def test_numpy_says_that_a_folder_without_a_model_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        TransformerEncoder(tmp_path)
