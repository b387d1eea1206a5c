"""A layer that learns: what it makes is the layer's own, and every slope is what a small change shows."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from tests.textanalytics.encoders import models
from textanalytics.encoders import transformer
from textanalytics.encoders.activation import ACTIVATIONS, slope
from textanalytics.encoders.layers import Packed
from textanalytics.encoders.learning import LearningLayer, Weights
from textanalytics.encoders.tokens import Learnable, Tokens
from textanalytics.encoders.transformer import TransformerEncoder

TEXTS = ["my card is not come", "late", "", "the train was late again", "late"]
PACKED = Packed.of([[1, 2], [3, 4, 5], [6, 7, 8]])


@pytest.fixture
def encoder(tmp_path: Path) -> TransformerEncoder:
    return TransformerEncoder(models.make_model(tmp_path / "tiny"))


def rows(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(len(PACKED.tokens), models.SIZE)).astype(np.float32)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_slope_of_an_activation_is_what_a_small_change_shows(name: str) -> None:
    x = np.linspace(-8.05, 8.05, 162, dtype=np.float32).reshape(18, 9)
    above, below = x + np.float32(0.01), x - np.float32(0.01)
    ACTIVATIONS[name](above)
    ACTIVATIONS[name](below)
    assert np.allclose(slope(name, x), (above - below) / 0.02, atol=2e-3)
    assert np.isfinite(slope(name, np.array([[-1e4, 1e4]], np.float32))).all()


def test_it_makes_what_the_layer_makes(encoder: TransformerEncoder) -> None:
    x = rows(0)
    made, _ = encoder.learning_layer()(x, PACKED)
    assert np.allclose(made, encoder._layers[0](x.copy(), PACKED), atol=1e-5)
    assert np.array_equal(x, rows(0))


def test_each_slope_is_what_a_small_change_of_a_weight_shows(encoder: TransformerEncoder) -> None:
    layer, x, wish = encoder.learning_layer(), rows(0), rows(1)
    _, seen = layer(x, PACKED)
    back, found = layer.back(wish.copy(), seen, PACKED)
    names = ["what went in", *(field.name for field in fields(Weights))]
    for name, weight, slopes in zip(names, [x, *layer.weights.each()], [back, *found], strict=True):
        way = np.random.default_rng(2).normal(size=weight.shape).astype(np.float32)
        shown = (_changed(layer, x, wish, weight, way) - _changed(layer, x, wish, weight, -way)) / 0.02
        assert shown == pytest.approx(float((slopes * way).sum()), abs=0.03, rel=0.01), name


def _changed(
    layer: LearningLayer, x: np.ndarray, wish: np.ndarray, weight: np.ndarray, way: np.ndarray
) -> float:
    kept = weight.copy()
    weight += np.float32(0.01) * way
    made, _ = layer(x, PACKED)
    weight[...] = kept
    return float((made.astype(np.float64) * wish).sum())


def test_what_it_learns_does_not_change_the_encoder(encoder: TransformerEncoder) -> None:
    before = encoder.encode(TEXTS)
    for weight in encoder.learning_layer().weights.each():
        weight += 1
    assert np.array_equal(encoder.encode(TEXTS), before)


def test_the_mean_of_what_it_makes_of_a_texts_tokens_is_the_manner(encoder: TransformerEncoder) -> None:
    assert isinstance(encoder, Learnable)
    vectors, manners, tokens = encoder.encode_tokens(TEXTS)
    assert np.array_equal(vectors, encoder.encode(TEXTS))
    assert np.array_equal(manners, encoder.encode_both(TEXTS)[1])
    assert tokens.lengths.tolist() == [7, 3, 0, 7, 3]
    for place in (0, 1, 3, 4):
        x, packed = tokens.packed(np.array([place]))
        assert np.allclose(encoder.learning_layer()(x, packed)[0].mean(axis=0), manners[place], atol=1e-5)


def test_tokens_stay_with_their_texts(encoder: TransformerEncoder) -> None:
    first, second = encoder.encode_tokens(TEXTS[:2])[2], encoder.encode_tokens(TEXTS[2:])[2]
    together = Tokens.together([first, second])
    x, packed = together.rows(np.array([4, 3])).packed(np.array([0, 1]))
    assert packed.lengths.tolist() == [3, 7] and packed.starts.tolist() == [0, 3]
    expected = [encoder.encode_tokens([TEXTS[4]])[2].table, encoder.encode_tokens([TEXTS[3]])[2].table]
    assert np.allclose(x, np.concatenate(expected), atol=1e-5)


def test_of_a_long_text_the_first_tokens_are_kept(
    encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = encoder.encode_tokens(TEXTS)[2]
    monkeypatch.setattr(transformer, "FIRST", 4)
    vectors, _, tokens = encoder.encode_tokens(TEXTS)
    assert tokens.lengths.tolist() == [4, 3, 0, 4, 3]
    assert np.array_equal(tokens.packed(np.array([3]))[0], whole.packed(np.array([3]))[0][:4])
    assert np.array_equal(vectors, encoder.encode(TEXTS))
