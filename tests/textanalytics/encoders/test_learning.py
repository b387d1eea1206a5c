"""The upper layers of a small BERT learn. Only where PyTorch is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.textanalytics.encoders import models
from textanalytics.base import IntArray
from textanalytics.encoders import default, learning
from textanalytics.encoders.learning import LearningLayer, Learnt, learn, learns_here
from textanalytics.encoders.transformer import TransformerEncoder

torch = pytest.importorskip("torch", reason="the extra transformers is not installed")

ASKS = {"where", "when", "why", "how"}


def asked(count: int, seed: int) -> tuple[list[str], IntArray]:
    """Sentences, and whether they hold the word "card" (1), else a word that asks (2), else neither (0)."""
    texts = models.messages(count, seed)
    words = [set(text.split()) for text in texts]
    return texts, np.array([1 if "card" in one else 2 if one & ASKS else 0 for one in words])


@pytest.fixture
def encoder(tmp_path: Path) -> TransformerEncoder:
    return TransformerEncoder(models.make_model(tmp_path / "tiny"))


def right(encoder: TransformerEncoder, learnt: Learnt, texts: list[str], true: IntArray) -> float:
    rows = encoder.with_layers(learnt.layers).encode(texts)
    return float(np.mean((rows @ learnt.directions.T + learnt.bias).argmax(axis=1) == true))


@pytest.mark.parametrize("activation", ["gelu", "gelu_new", "relu"])
def test_before_it_learns_a_layer_does_what_the_model_does(tmp_path: Path, activation: str) -> None:
    config: dict[str, Any] = {"hidden_act": activation}
    encoder = TransformerEncoder(models.make_model(tmp_path / "tiny", config=config))
    layers = [LearningLayer(encoder.weights(), encoder.shape, n) for n in range(models.LAYERS)]
    texts = models.messages(20)
    tokens = [torch.from_numpy(rows) for rows in encoder.tokens(texts, 0)]
    rows = learning._rows(layers, tokens).detach().numpy()
    np.testing.assert_allclose(rows, encoder.encode(texts), atol=1e-5)


def test_it_tells_classes_apart_that_it_could_not(
    encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With larger steps: a model so small has more to change."""
    monkeypatch.setattr(learning, "STEP", 0.01)
    texts, true = asked(1_200, seed=1)
    learnt = learn(encoder, texts, true, 3, even=True, seed=0)
    others, answers = asked(300, seed=2)
    unlearnt = np.stack([encoder.encode(texts)[true == number].mean(0) for number in range(3)])
    before = float(np.mean((encoder.encode(others) @ unlearnt.T).argmax(axis=1) == answers))
    assert right(encoder, learnt, others, answers) > before + 0.3


def test_the_upper_half_learns_in_numbers_that_half_precision_holds(encoder: TransformerEncoder) -> None:
    learnt = learn(encoder, *asked(80, seed=1), 3, even=False, seed=0)
    own = encoder.weights()
    assert {name for name in own if name.startswith("encoder.layer.1.")} == set(learnt.layers)
    for name, part in learnt.layers.items():
        assert np.array_equal(part, part.astype(np.float16).astype(np.float32))
        assert not np.array_equal(part, own[name].astype(np.float16))


def test_the_same_texts_teach_the_same(encoder: TransformerEncoder) -> None:
    texts, true = asked(100, seed=1)
    one, two = (learn(encoder, texts, true, 3, even=True, seed=5) for _ in range(2))
    other = learn(encoder, texts, true, 3, even=True, seed=6)
    assert all(np.array_equal(part, two.layers[name]) for name, part in one.layers.items())
    assert np.array_equal(one.directions, two.directions) and np.array_equal(one.bias, two.bias)
    assert not np.array_equal(one.directions, other.directions)


def test_of_very_many_tokens_a_part_teaches(
    encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, true = asked(200, seed=1)
    read: list[int] = []
    tokens = encoder.tokens
    monkeypatch.setattr(learning, "MOST_TOKENS", 300)
    monkeypatch.setattr(encoder, "tokens", lambda said, n: read.append(len(said)) or tokens(said, n))
    learn(encoder, texts, true, 3, even=True, seed=0)
    assert 20 < read[0] < 60


def test_blank_texts_and_classes_without_an_example_are_no_fault(encoder: TransformerEncoder) -> None:
    learnt = learn(encoder, ["", "card", "train late", " "], np.array([0, 1, 3, 1]), 4, even=True, seed=0)
    assert np.isfinite(learnt.directions).all() and np.isfinite(learnt.bias).all()
    assert all(np.isfinite(part).all() for part in learnt.layers.values())


def test_pytorchs_own_number_of_threads_is_left_as_it_was(encoder: TransformerEncoder) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(before + 1)
    try:
        learn(encoder, *asked(40, seed=1), 3, even=True, seed=0)
        assert torch.get_num_threads() == before + 1
    finally:
        torch.set_num_threads(before)


def test_only_models_that_pool_by_the_mean_learn(tmp_path: Path, encoder: TransformerEncoder) -> None:
    assert learns_here(encoder) and not learns_here(default())
    first = TransformerEncoder(models.make_model(tmp_path / "first", pool="cls_token"))
    assert not learns_here(first)
