"""Text to vector. The shipped encoder needs nothing; a folder or a name brings any sentence-transformers model.

Every one is an `Encoder` (base.py): a name, its dimensions, `encode`. Vectors of two encoders cannot be compared, so
whoever keeps vectors keeps the name beside them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from textanalytics.base import Encoder
from textanalytics.encoders.sentence import PackageMissing, SentenceEncoder
from textanalytics.encoders.static import HEADER, StaticEncoder
from textanalytics.encoders.teacher import Teacher

__all__ = ["PackageMissing", "SentenceEncoder", "StaticEncoder", "Teacher", "default", "named", "teacher"]


@cache
def default() -> Encoder:
    """The encoder that ships in the package; loaded once."""
    with as_file(files("textanalytics") / "data") as folder:
        return StaticEncoder(folder, "static-1")


def named(place: str = "", *, fetch: bool = False) -> Encoder:
    """The shipped encoder for "" or its name; a distilled one for its folder; else a sentence-transformers model.

    Nothing is fetched from anywhere unless `fetch`. ValueError with one sentence when the model, or the package that
    runs it, is not there.
    """
    if place in ("", default().name):
        return default()
    if (Path(place) / HEADER).is_file():
        return StaticEncoder.load(Path(place))
    return teacher(place, fetch=fetch)


def teacher(place: str, *, fetch: bool = False) -> Teacher:
    """A sentence-transformers model: a folder of the BERT family is run by NumPy, which takes less of a processor, and
    any other model, or one by its name, by the package of that name.

    ValueError with one sentence says why neither can.
    """
    if not Path(place).is_dir():
        return SentenceEncoder(place, fetch=fetch)
    from textanalytics.encoders.transformer import TransformerEncoder

    try:
        return TransformerEncoder(Path(place))
    except ValueError as no:
        try:
            return SentenceEncoder(place, fetch=fetch)
        except PackageMissing:
            raise no from None
