"""A layer of the encoder learns what its own vectors do not show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.textanalytics.encoders import models
from textanalytics.encoders import default
from textanalytics.encoders.transformer import TransformerEncoder
from textanalytics.reading.reading import Reader
from textanalytics.taught import Taught, taught, tuned
from textanalytics.taught.keep import load, save
from textanalytics.taught.views import MANY

READER = Reader()
SHORT = ["card", "refund", "train", "parcel", "app", "login", "password", "fee", "item", "size"]


@pytest.fixture
def encoder(tmp_path: Path) -> TransformerEncoder:
    return TransformerEncoder(models.make_model(tmp_path / "tiny"))


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few examples are enough."""
    monkeypatch.setattr(taught, "LEAST", 60)


def orders(count: int, seed: int) -> tuple[list[str], np.ndarray]:
    """The same words in every text: what counts is which of two comes first."""
    chance = np.random.default_rng(seed)
    classes = chance.integers(0, 2, count)
    texts = []
    for first in classes:
        pair = ("late", "good") if first else ("good", "late")
        texts.append(f"{pair[0]} {chance.choice(SHORT)} {pair[1]}")
    return texts, classes


def test_the_way_back_is_what_a_small_change_shows(encoder: TransformerEncoder) -> None:
    texts, classes = orders(12, seed=0)
    tokens, layer = encoder.encode_tokens(texts)[2], encoder.learning_layer()
    chance = np.random.default_rng(1)
    head = tuned.Head(*(chance.normal(size=shape).astype(np.float32) for shape in ((2, models.SIZE), 1, 2)))
    x, packed = tokens.packed(np.arange(12))
    found = tuned._back(layer, head, tuned._look(layer, head, x, packed), classes, packed)

    def loss() -> float:
        logits = tuned._look(layer, head, x, packed).logits.astype(np.float64)
        logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        wanted = np.full((12, 2), tuned.SMOOTH / 2)
        wanted[np.arange(12), classes] += 1 - tuned.SMOOTH
        return float(-(wanted * logs).sum(axis=1).mean())

    for weight, slopes in zip([*layer.weights.each(), *head.each()], found, strict=True):
        way = chance.normal(size=weight.shape).astype(np.float32)
        kept, shown = weight.copy(), []
        for step in (0.01, -0.01):
            weight[...] = kept + np.float32(step) * way
            shown.append(loss())
        weight[...] = kept
        assert (shown[0] - shown[1]) / 0.02 == pytest.approx(float((slopes * way).sum()), abs=2e-3, rel=0.02)


def test_it_learns_what_frozen_rows_do_not_show(
    encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So small a model needs longer steps than a real one."""
    monkeypatch.setattr(tuned, "STEP", 1e-2)
    monkeypatch.setattr(tuned, "ROUNDS", 12)
    texts, classes = orders(400, seed=0)
    asked, true = orders(100, seed=1)
    learnt = tuned.fit(encoder.learning_layer(), encoder.encode_tokens(texts)[2], classes, 2, seed=0)
    said = learnt.scores(encoder.encode_tokens(asked)[2]).argmax(axis=1)
    assert np.mean(said == true) > 0.95


def test_the_same_examples_teach_the_same(encoder: TransformerEncoder) -> None:
    texts, classes = orders(70, seed=0)
    tokens = encoder.encode_tokens(texts)[2]
    one, other, third = (
        tuned.fit(encoder.learning_layer(), tokens, classes, 2, seed).scores(tokens) for seed in (0, 0, 1)
    )
    assert np.array_equal(one, other) and not np.array_equal(one, third)


def test_a_blank_text_and_a_class_without_examples_are_borne(encoder: TransformerEncoder) -> None:
    texts, classes = orders(40, seed=0)
    tokens = encoder.encode_tokens([*texts, ""])[2]
    learnt = tuned.fit(encoder.learning_layer(), tokens, np.append(classes, 0), 3, seed=0)
    scores = learnt.scores(tokens)
    assert np.isfinite(scores).all() and not scores[-1].any()


def teach(encoder: TransformerEncoder, texts: Sequence[str], labels: Sequence[str]) -> Taught:
    return Taught.teach(texts, labels, encoder=encoder, reader=READER)


@pytest.mark.usefixtures("soon")
def test_a_layer_learns_where_enough_is_there_and_classes_are_few(encoder: TransformerEncoder) -> None:
    texts, classes = orders(60, seed=0)
    labels = [str(one) for one in classes]
    made = teach(encoder, texts, labels)
    assert made.model.tuned is not None and made.certainty.factors[3] > 0
    assert teach(encoder, texts[:59], labels[:59]).model.tuned is None
    assert teach(encoder, texts, [str(i % MANY) for i in range(60)]).model.tuned is None
    assert Taught.teach(texts, labels, encoder=default(), reader=READER).model.tuned is None


@pytest.mark.usefixtures("soon")
def test_what_was_learnt_is_saved_and_loaded(encoder: TransformerEncoder, tmp_path: Path) -> None:
    texts, classes = orders(60, seed=0)
    made = teach(encoder, texts, [str(one) for one in classes])
    save(made, tmp_path / "classes.npz")
    again = load(tmp_path / "classes.npz", encoder, READER)
    asked = [*orders(30, seed=1)[0], ""]
    one, other = made.opinions(asked), again.opinions(asked)
    assert one.tuned.any()
    assert np.allclose(one.tuned, other.tuned, atol=0.05)
    assert made.opinions([]).tuned.shape == (0, 2)
    assert np.allclose(made.certainty.probabilities(one), again.certainty.probabilities(other), atol=0.02)
