"""Text to vector. The shipped encoder needs nothing; a folder or a name brings any sentence-transformers model.

Every one is an `Encoder` (base.py): a name, its dimensions, `encode`. Vectors of two encoders cannot be compared, so
whoever keeps vectors keeps the name beside them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from textanalytics.base import Encoder
from textanalytics.encoders.german import read_glosses
from textanalytics.encoders.manner import encode_both
from textanalytics.encoders.sentence import PackageMissing, SentenceEncoder
from textanalytics.encoders.static import HEADER, StaticEncoder
from textanalytics.encoders.teacher import Teacher

__all__ = [
    "PackageMissing",
    "SentenceEncoder",
    "StaticEncoder",
    "Teacher",
    "default",
    "encode_both",
    "exactly",
    "named",
    "parted",
    "teacher",
]

WHOLE, ROUNDED = "#float32", "#int8"
"""After a folder: which way to run its model, where it shall not depend on what is installed."""


SHIPPED = "static-2"
FORMER = "static-1"
"""With fewer German words: an installation whose themes are made of its vectors goes on with it until they are made anew."""


GERMAN = ("german-2.txt", "german.txt")
SOURCES = (f"{FORMER}.npz", *GERMAN)
"""The files that say which vectors the shipped encoder makes."""


@cache
def default() -> StaticEncoder:
    """The encoder that ships in the package; loaded once."""
    listed = (files("textanalytics") / "data" / name for name in GERMAN)
    return _former().with_german(read_glosses("\n".join(one.read_text("utf-8") for one in listed)), SHIPPED)


@cache
def _former() -> StaticEncoder:
    with as_file(files("textanalytics") / "data") as folder:
        return StaticEncoder(folder, FORMER)


def named(place: str = "", *, fetch: bool = False) -> Encoder:
    """The shipped encoder for "" or its name; a distilled one for its folder; else a sentence-transformers model.

    Nothing is fetched from anywhere unless `fetch`. ValueError with one sentence when the model, or the package that
    runs it, is not there.
    """
    if place in ("", SHIPPED):
        return default()
    if place == FORMER:
        return _former()
    if (Path(place) / HEADER).is_file():
        return StaticEncoder.load(Path(place))
    return teacher(place, fetch=fetch)


def teacher(place: str, *, fetch: bool = False) -> Teacher:
    """A sentence-transformers model: a folder of the BERT family is run by NumPy, or by integers where PyTorch and the
    processor can, and any other model, or one by its name, by the package of that name.

    A folder with #float32 or #int8 behind it is run in that way. ValueError with one sentence says why it cannot be.
    """
    folder, way = parted(place)
    if not Path(folder).is_dir():
        return SentenceEncoder(place, fetch=fetch)
    try:
        return _of_folder(folder, way)
    except ValueError as no:
        if way == ROUNDED:
            raise
        try:
            return SentenceEncoder(folder, fetch=fetch)
        except PackageMissing:
            raise no from None


def parted(place: str) -> tuple[str, str]:
    """A place, and the way behind it; "" where none is said."""
    folder, mark, way = place.rpartition("#")
    if mark + way in (WHOLE, ROUNDED) and Path(folder).is_dir():
        return folder, mark + way
    return place, ""


def exactly(place: str, name: str) -> str:
    """The place by which the encoder of this name is loaded again, whatever has been installed in the meantime."""
    if not Path(place).is_dir() or (Path(place) / HEADER).is_file():
        return place
    return place + (ROUNDED if name.endswith(ROUNDED.replace("#", "-")) else WHOLE)


def _of_folder(folder: str, way: str) -> Teacher:
    from textanalytics.encoders.transformer import TransformerEncoder

    rounded = way != WHOLE and _multiplies_integers()
    if way == ROUNDED and not rounded:
        raise ValueError(
            f"The encoder {folder + way!r} needs PyTorch and a processor that multiplies 8-bit integers (AVX-512 VNNI)."
        )
    if not rounded:
        return TransformerEncoder(Path(folder))
    from textanalytics.encoders.integers import IntegerEncoder

    return IntegerEncoder(Path(folder))


@cache
def _multiplies_integers() -> bool:
    from textanalytics.encoders.integers import runs_here

    return runs_here()
