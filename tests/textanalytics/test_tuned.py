"""Layers that learnt, as an opinion on taught classes. What asks them needs no PyTorch; what teaches them does."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.textanalytics.encoders import models
from textanalytics.encoders import default, learning
from textanalytics.encoders.learning import Learnt
from textanalytics.encoders.transformer import TransformerEncoder
from textanalytics.reading.reading import Reader
from textanalytics.taught import Taught, tuned
from textanalytics.taught.certainty import SOME
from textanalytics.taught.holdout import TENTHS, parts
from textanalytics.taught.keep import load, save
from textanalytics.taught.tuned import Tuned, tune

needs_torch = pytest.mark.skipif(find_spec("torch") is None, reason="the extra transformers is not installed")
READER = Reader()
CLASSES = ("card", "other", "train")
TEXTS = models.messages(240, seed=1)
LABELS = ["card" if "card" in text else "train" if "train" in text else "other" for text in TEXTS]
TRUE = np.array([CLASSES.index(label) for label in LABELS])
ASKED = models.messages(60, seed=2)


@pytest.fixture
def encoder(tmp_path: Path) -> TransformerEncoder:
    return TransformerEncoder(models.make_model(tmp_path / "tiny"))


@pytest.fixture
def learnt() -> Learnt:
    """As if it had been learnt: numbers that half precision holds."""
    random = np.random.default_rng(3)
    upper = {name: part for name, part in models.weights(4).items() if name.startswith("encoder.layer.1.")}
    layers = {name: part.astype(np.float16).astype(np.float32) for name, part in upper.items()}
    directions = random.normal(0, 5, (3, models.SIZE)).astype(np.float32)
    return Learnt(layers, directions, random.normal(0, 1, 3).astype(np.float32))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples; and larger steps, for a model so small."""
    monkeypatch.setattr(tuned, "LEAST", 200)
    monkeypatch.setattr(learning, "STEP", 0.01)


def teach(encoder: TransformerEncoder, *, frozen: bool = False, none: str | None = None) -> Taught:
    return Taught.teach(TEXTS, LABELS, encoder=encoder, reader=READER, frozen=frozen, none=none)


def test_its_odds_are_those_of_the_model_with_the_layers(encoder: TransformerEncoder, learnt: Learnt) -> None:
    said = Tuned.of(learnt, encoder).odds(ASKED)
    rows = encoder.with_layers(learnt.layers).encode(ASKED)
    np.testing.assert_allclose(
        np.diff(said, axis=1), np.diff(rows @ learnt.directions.T + learnt.bias, axis=1), atol=1e-4
    )
    assert np.abs(said.sum(axis=1)).max() < 1e-4 and said.std() > 0.5


def test_what_it_says_counts_and_is_kept(tmp_path: Path, encoder: TransformerEncoder, learnt: Learnt) -> None:
    frozen = teach(encoder, frozen=True)
    sure = replace(frozen.certainty, factors=(0.1, 0.0, 1.0, 1.0))
    whole = replace(frozen, certainty=sure, tuned=Tuned.of(learnt, encoder))
    said = whole.opinions(ASKED)
    assert np.array_equal(said.tuned, Tuned.of(learnt, encoder).odds(ASKED))
    assert not frozen.opinions(ASKED).tuned.any()
    save(whole, tmp_path / "taught.npz")
    again = load(tmp_path / "taught.npz", encoder, READER)
    assert np.array_equal(again.opinions(ASKED).tuned, said.tuned)
    odds = again.certainty.probabilities(again.opinions(ASKED))
    np.testing.assert_allclose(odds, sure.probabilities(said), atol=0.01)
    assert not np.allclose(odds, frozen.certainty.probabilities(frozen.opinions(ASKED)), atol=0.05)


def test_an_encoder_that_is_no_such_model_is_refused(learnt: Learnt) -> None:
    with pytest.raises(ValueError, match=r"cannot run\.$"):
        Tuned.of(learnt, default())


@pytest.mark.usefixtures("few")
def test_without_pytorch_or_such_a_model_nothing_is_learnt(
    encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tune(default(), TEXTS, TRUE, 3, even=True, seed=0) is None
    monkeypatch.setattr(learning, "torch", None)
    assert tune(encoder, TEXTS, TRUE, 3, even=True, seed=0) is None
    assert teach(encoder).tuned is None


@pytest.mark.parametrize("none", [True, False])
def test_what_is_held_out_first_does_not_depend_on_strangers(none: bool) -> None:
    """So that what the layers say of it tells how far to trust them, whether or not whole classes are left out."""
    true = np.array([*np.arange(90) % 6, -1, -1, -1])
    (one,) = parts(true, 6, none=none, seed=3, folds=TENTHS)
    (plain,) = parts(true, 6, none=False, seed=3, folds=TENTHS)
    held_out = plain.asked[true[plain.asked] >= 0]
    assert len(held_out) == 12 and set(held_out) <= set(one.asked) and not set(held_out) & set(one.taught)


@needs_torch
class TestLearnt:
    @pytest.mark.usefixtures("few")
    def test_it_is_taught_where_there_are_enough_examples(
        self, encoder: TransformerEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taught = teach(encoder)
        assert taught.tuned is not None and taught.opinions(ASKED).tuned.std() > 0.1
        assert taught.certainty.factors[3] == pytest.approx(SOME * taught.certainty.factors[2], abs=1e-3)
        save(taught, tmp_path / "taught.npz")
        monkeypatch.setattr(learning, "torch", None)
        again = load(tmp_path / "taught.npz", encoder, READER)
        assert [one.value for one in again.predict(ASKED)] == [one.value for one in taught.predict(ASKED)]

    @pytest.mark.usefixtures("few")
    def test_it_is_dropped_where_the_others_are_surely_right_more_often(
        self, encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(learning, "STEP", 0.0)
        monkeypatch.setattr(learning, "DIRECTION_STEP", 0.0)
        monkeypatch.setattr(learning, "SHARP", 16.0)
        assert teach(encoder).tuned is None

    @pytest.mark.usefixtures("few")
    def test_it_is_not_if_nobody_wants_it(self, encoder: TransformerEncoder) -> None:
        assert teach(encoder, frozen=True).tuned is None

    def test_it_is_not_of_few_examples(self, encoder: TransformerEncoder) -> None:
        assert teach(encoder).tuned is None

    @pytest.mark.usefixtures("few")
    def test_the_part_held_out_is_kept_from_it(
        self, encoder: TransformerEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: list[str] = []
        learn = tuned.learn

        def seen(encoder: TransformerEncoder, texts: list[str], *given: object, **options: object) -> Learnt:
            read.extend(texts)
            return learn(encoder, texts, *given, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(tuned, "learn", seen)
        teach(encoder)
        held_out = next(parts(TRUE, 3, none=False, seed=0, folds=TENTHS)).asked
        assert len(read) + len(held_out) == len(TEXTS) and not {TEXTS[i] for i in held_out} & set(read)
