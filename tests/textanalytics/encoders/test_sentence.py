"""What we ask of the package sentence-transformers, by a stand-in with its signatures: the package is large."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.textanalytics.encoders import models
from textanalytics.encoders import default, named, teacher
from textanalytics.encoders.sentence import SentenceEncoder


class SentenceTransformer:
    """The part of the package's class that we use. It refuses what the real one refuses."""

    asked: list[tuple[str, bool]] = []

    def __init__(self, model_name_or_path: str, *, local_files_only: bool = False) -> None:
        self.asked.append((model_name_or_path, local_files_only))
        if local_files_only and model_name_or_path == "far/away":
            raise OSError("We couldn't connect.\nMore lines.")
        config = SimpleNamespace(_commit_hash="0123456789abcdef")
        self.parts = [SimpleNamespace(auto_model=SimpleNamespace(config=config))]

    def __getitem__(self, place: int) -> Any:
        return self.parts[place]

    def eval(self) -> None: ...

    def get_sentence_embedding_dimension(self) -> int:
        return 3

    def encode(
        self,
        sentences: list[str],
        batch_size: int = 32,
        show_progress_bar: bool | None = None,
        normalize_embeddings: bool = False,
    ) -> np.ndarray:
        assert normalize_embeddings and show_progress_bar is False
        for sentence in sentences:
            sentence.encode("utf-8")
        return np.tile(np.array([0.6, 0.8, 0.0], np.float32), (len(sentences), 1))


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> type[SentenceTransformer]:
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = SentenceTransformer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    monkeypatch.setattr(SentenceTransformer, "asked", [])
    return SentenceTransformer


def test_nothing_is_fetched_unless_somebody_says_so(package: type[SentenceTransformer]) -> None:
    named("org/model")
    named("org/model", fetch=True)
    assert package.asked == [("org/model", True), ("org/model", False)]


@pytest.mark.usefixtures("package")
def test_a_model_that_is_not_here_is_one_sentence() -> None:
    with pytest.raises(ValueError, match=r"'far/away' cannot be loaded: We couldn't connect\.$"):
        named("far/away")


def test_the_package_runs_the_folders_that_numpy_cannot(
    package: type[SentenceTransformer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = models.make_model(tmp_path / "own")
    other = models.make_model(tmp_path / "other", config={"model_type": "mpnet"})
    assert [type(teacher(place)).__name__ for place in (f"{own}#float32", str(other))] == [
        "TransformerEncoder",
        "SentenceEncoder",
    ]
    assert package.asked == [(str(other), True)]
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ValueError, match="NumPy runs the BERT family only, not mpnet"):
        teacher(str(other))


@pytest.mark.usefixtures("package")
def test_its_name_has_the_revision() -> None:
    assert SentenceEncoder("org/Some_Model v2").name == "some-model-v2-01234567"


@pytest.mark.usefixtures("package")
def test_blank_and_hostile_texts_are_encoded() -> None:
    rows = SentenceEncoder("org/model").encode(["late", "  ", "\ud800", "x" * 10**6])
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 1, 1])
    assert SentenceEncoder("org/model").encode([]).shape == (0, 3)


def test_without_the_package_a_name_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ValueError, match="'org/model' needs the package sentence-transformers, or a folder"):
        named("org/model")
    assert named("static-2") is default() is named("")
