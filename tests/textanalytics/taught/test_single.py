from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.textanalytics.speech import speak
from textanalytics.base import FloatArray
from textanalytics.encoders import default
from textanalytics.reading.reading import Context, Reader
from textanalytics.taught import Taught
from textanalytics.taught.single.classifier import NONE
from textanalytics.taught.single.keep import load, save
from textanalytics.taught.single.views import MANY, Looker
from textanalytics.text import clean

READER = Reader()
TEXTS, LABELS = speak(240, seed=11)
TAUGHT = Taught.teach(TEXTS, LABELS, none="", reader=READER)
ASKED, TRUE = speak(60, seed=12)


def test_a_few_examples_teach_a_class() -> None:
    said = TAUGHT.predict(ASKED)
    assert np.mean([result.value == label for result, label in zip(said, TRUE, strict=True)]) > 0.9


def test_three_examples_and_a_telling_name_are_enough() -> None:
    few = {
        label: [t for t, own in zip(TEXTS, LABELS, strict=True) if own == label][:3] for label in set(LABELS)
    }
    texts = [text for label in sorted(few) for text in few[label]]
    labels = [label for label in sorted(few) for _ in few[label]]
    said = Taught.teach(texts, labels, reader=READER).predict(ASKED)
    assert np.mean([result.value == label for result, label in zip(said, TRUE, strict=True)]) > 0.8


def test_what_fits_nowhere_is_none_of_these() -> None:
    strange = ["the moon is made of cheese", "who won the football match yesterday", "sing me a song"]
    assert [result.value for result in TAUGHT.predict(strange)] == [NONE] * 3


def test_an_answer_shows_the_words_that_decided() -> None:
    texts = ["where is my card", "my card has not come", "the app crashes", "the app does not start"]
    text = "hello there, it seems that the app is broken"
    result = Taught.teach(texts, ["card", "card", "app", "app"], reader=READER).predict([text])[0]
    assert result.value == "app" and "app" in [text[start:end] for start, end in result.evidence]


def test_words_that_speak_by_likeness_are_shown_too() -> None:
    texts = ["where is my card", "my card has not come", "the app crashes", "the app does not start"]
    taught = Taught.teach(texts, ["card", "card", "app", "app"], reader=READER)
    silent = replace(taught.model.weights, table=np.zeros_like(taught.model.weights.table))
    only_likeness = replace(taught, model=replace(taught.model, weights=silent))
    text = "hello there, it seems that the app is broken"
    result = only_likeness.predict([text])[0]
    assert result.value == "app" and "app" in [text[start:end] for start, end in result.evidence]


def test_probabilities_do_not_depend_on_the_batch() -> None:
    together = TAUGHT.certainty.probabilities(TAUGHT.opinions(ASKED))
    alone = TAUGHT.certainty.probabilities(TAUGHT.opinions(ASKED[7:8]))
    np.testing.assert_allclose(together[7], alone[0], atol=1e-5)
    np.testing.assert_allclose(together.sum(axis=1), 1, atol=1e-5)


def test_how_it_is_said_counts_only_where_there_are_few_classes() -> None:
    few, many = (Looker(default(), READER, count).look(ASKED[:3]) for count in (MANY - 1, MANY))
    assert few.manners.any() and many.manners.shape == (3, 0)
    assert few.meanings.tobytes() == many.meanings.tobytes()


def test_an_encoder_that_shows_no_manner_has_the_shipped_ones_beside_it() -> None:
    class Plain:
        name, dimensions = "plain", 2

        def encode(self, texts: Sequence[str]) -> FloatArray:
            return np.tile(np.float32([[0.6, 0.8]]), (len(texts), 1))

    view = Looker(Plain(), READER, 2).look(ASKED[:3])
    assert np.array_equal(view.manners, default().encode_both([clean(text) for text in ASKED[:3]])[1])
    assert view.meanings.shape == (3, 2 + default().dimensions)


def test_the_same_examples_teach_the_same() -> None:
    again = Taught.teach(TEXTS, LABELS, none="", reader=READER)
    assert again.certainty == TAUGHT.certainty
    assert again.model.weights.table.tobytes() == TAUGHT.model.weights.table.tobytes()


@pytest.mark.parametrize("texts", [[], [""], ["😡"], ["x" * 100_000], ["\ud800", "\x00", "東京の天気"]])
def test_any_text_can_be_asked(texts: list[str]) -> None:
    said = TAUGHT.predict(texts)
    assert len(said) == len(texts)
    assert all(0 <= result.confidence <= 1 for result in said)


@pytest.mark.parametrize(
    ("texts", "labels", "says"),
    [(["a"], ["x"], "two classes"), ([], [], "two classes"), (["a", "b"], ["x"], "2 texts and 1 labels")],
)
def test_what_cannot_be_taught_is_refused(texts: list[str], labels: list[str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Taught.teach(texts, labels, reader=READER)


def test_one_example_a_class_can_be_taught() -> None:
    said = Taught.teach(["my parcel is late", "the app crashes"], ["late", "app"], reader=READER)
    assert said.predict(["parcel came late"])[0].value == "late"


class TestKept:
    def test_a_kept_one_says_the_same(self, tmp_path: Path) -> None:
        save(TAUGHT, tmp_path / "taught.npz")
        again = load(tmp_path / "taught.npz", default(), READER)
        said, before = again.predict(ASKED), TAUGHT.predict(ASKED)
        assert [r.value for r in said] == [r.value for r in before]
        assert [r.evidence for r in said] == [r.evidence for r in before]
        np.testing.assert_allclose([r.confidence for r in said], [r.confidence for r in before], atol=0.01)

    def test_it_is_refused_beside_another_reader(self, tmp_path: Path) -> None:
        save(TAUGHT, tmp_path / "taught.npz")
        with pytest.raises(ValueError, match="taught beside the reader"):
            load(tmp_path / "taught.npz", default(), Reader(Context(names=("Nordlicht",))))

    def test_another_schema_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("textanalytics.taught.single.keep.SCHEMA", 9)
        save(TAUGHT, tmp_path / "taught.npz")
        monkeypatch.undo()
        with pytest.raises(ValueError, match="schema 9"):
            load(tmp_path / "taught.npz", default(), READER)
