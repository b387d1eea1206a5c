"""Other encoders than the shipped one, as folders that are made in a moment."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from textanalytics.encoders import default
from textanalytics.encoders.distil import Distilled, Likeness, keep
from textanalytics.encoders.static import StaticEncoder

NO_LIKENESS = Likeness(0, 0.0, 0.0, 0.0, 0.0)


def halved(folder: Path, name: str = "halved") -> Path:
    """The shipped one with half of its dimensions: the same words, nearly the same neighbours."""
    return _kept(folder, name, _shipped()._rows[:, :128].copy())


def blind(folder: Path, name: str = "blind") -> Path:
    """One to which all words mean the same."""
    return _kept(folder, name, np.ones((len(_shipped()._rows), 8), np.float32))


def _shipped() -> StaticEncoder:
    own = default()
    assert isinstance(own, StaticEncoder)
    return own


def _kept(folder: Path, name: str, rows: np.ndarray) -> Path:
    keep(Distilled(rows, _shipped()._tokenizer.to_str(), NO_LIKENESS), folder / name, name)
    return folder / name
