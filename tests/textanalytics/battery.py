"""Every analyser under one shape: texts in, one comparable row a text out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np

from tests.textanalytics.encoders import models
from textanalytics import encoders, text
from textanalytics.aspects import AspectAnalyser, things_of
from textanalytics.base import IntArray
from textanalytics.duplicates import copy_marks, fingerprint
from textanalytics.encoders.distil import distil, keep
from textanalytics.encoders.transformer import TransformerEncoder
from textanalytics.entities import EntityFinder
from textanalytics.grammar.phrases import Cutter, phrases
from textanalytics.grouping import vague
from textanalytics.language import LanguageAnalyser
from textanalytics.mentions.gazetteer import Name
from textanalytics.mentions.places import places
from textanalytics.mentions.shapes import shapes
from textanalytics.naming.choosing.titles import titles
from textanalytics.quotes import quotes
from textanalytics.reading import feeds, heldout
from textanalytics.reading.corrections import Correction
from textanalytics.reading.reading import Context, Reader
from textanalytics.reading.sides import parts, sides
from textanalytics.rising import alerts
from textanalytics.speakers.turns import customers_words, turns
from textanalytics.taught.several.lessons import Label
from textanalytics.taught.several.tagger import Tagger
from textanalytics.taught.single import keep as taught_files
from textanalytics.taught.single.classifier import Taught
from textanalytics.themes import ThemeIndex
from textanalytics.words.page import Vocabulary, open_page

Rows = list[Any]
Read = Callable[[Sequence[str]], Rows]


@dataclass(frozen=True)
class Case:
    """`make` gives a fresh analyser. `save` writes one to a file or folder and `load` reads it back.

    `alone`: a text's row does not depend on the texts beside it, nor on their order.
    """

    name: str
    make: Callable[[], Any]
    read: Callable[[Any, Sequence[str]], Rows]
    alone: bool = True
    save: Callable[[Any, Path], None] | None = None
    load: Callable[[Path], Any] | None = None

    @cached_property
    def made(self) -> Any:
        """One that several tests ask."""
        return self.make()

    def __str__(self) -> str:
        return self.name


def read_messages(reader: Reader, texts: Sequence[str]) -> Rows:
    read = reader.read(texts)
    return [read.row(i) for i in range(len(read))]


def learnt() -> Reader:
    said = [("the gronk of my lamp wobbles", "function", "supply"), ("it is sick!!", "mood", "positive")]
    return Reader(Context(names=("Gronk",))).learn([Correction(*one) for one in said])


LABELS = [
    Label("late", "The parcel comes too late.", ("Where is my parcel?", "It should have come on Monday.")),
    Label("bill", "What was charged.", ("I was charged twice.", "The invoice is wrong.")),
]
LESSONS = {
    "card": ["where is my card", "my card has not come", "the card is broken", "card declined again"],
    "app": ["the app crashes", "app does not start", "login in the app fails", "the app is slow"],
}


def teach() -> Taught:
    pairs = [(one, name) for name, some in LESSONS.items() for one in some]
    return Taught.teach([one for one, _ in pairs], [name for _, name in pairs], none="")


def load_taught(path: Path) -> Taught:
    return taught_files.load(path, encoders.default(), Reader())


@cache
def tiny() -> str:
    return str(models.make_model(Path(mkdtemp()) / "tiny"))


@cache
def distilled() -> Path:
    made = distil(TransformerEncoder(Path(tiny())), models.messages(240), encoders.default())
    folder = Path(mkdtemp()) / "mine"
    keep(made, folder, "mine")
    return folder


def vectors(encoder: Any, texts: Sequence[str]) -> Rows:
    return [row.astype(np.float64).round(5).tolist() for row in encoder.encode(texts)]


def themes(_: None, texts: Sequence[str]) -> Rows:
    index, made = _gathered(texts)
    return index.themes_of(made).tolist()


def themes_again(_: None, texts: Sequence[str]) -> Rows:
    """Taken apart into rows and put together again before it is brought in order."""
    index, made = _gathered(texts, through_rows=True)
    return index.themes_of(made).tolist()


def _gathered(texts: Sequence[str], *, through_rows: bool = False) -> tuple[ThemeIndex, IntArray]:
    cleaned = [text.clean(one) for one in texts]
    index = ThemeIndex(encoders.default().dimensions)
    made = index.add(encoders.default().encode(cleaned), cleaned)
    if through_rows:
        index = ThemeIndex.from_rows(index.rows(), index.state())
    index.consolidate()
    return index, made


def name(_: None, texts: Sequence[str]) -> Rows:
    labels = np.arange(len(texts)) % 2
    found = titles(list(texts), labels)
    return [astuple(found[label]) if label in found else None for label in labels.tolist()]


def quote(_: None, texts: Sequence[str]) -> Rows:
    labels = np.zeros(len(texts), np.int64)
    chosen = quotes(texts, labels, encoders.default().encode(texts)).get(0, [])
    return [i in chosen for i in range(len(texts))]


def languages(made: tuple[LanguageAnalyser, Vocabulary], texts: Sequence[str]) -> Rows:
    """The analyser keeps what it knows of a vocabulary's words, so it stays with one."""
    analyser, vocabulary = made
    return list(analyser.read(open_page(list(texts), vocabulary)).value)


def pieces(_: None, texts: Sequence[str]) -> Rows:
    page = open_page(list(texts), Vocabulary())
    words = [page.vocabulary.words[i] for i in page.word.tolist()]
    found: Rows = [[] for _ in texts]
    for place, word in zip(page.text.tolist(), words, strict=True):
        found[place].append(word)
    return found


def cut(cutter: Cutter, texts: Sequence[str]) -> Rows:
    return [[str(phrase) for phrase in phrases(cutter.read(one))] for one in texts]


def plain(function: Callable[[str], Any]) -> Callable[[Any, Sequence[str]], Rows]:
    return lambda _, texts: [function(one) for one in texts]


def nothing() -> None:
    return None


CASES = [
    Case("reader", Reader, read_messages, save=lambda it, to: it.save(to), load=Reader.load),
    Case("reader that learnt", learnt, read_messages, save=lambda it, to: it.save(to), load=Reader.load),
    Case(
        "own classes",
        lambda: Tagger.teach(LABELS),
        lambda it, texts: [[astuple(tag) for tag in tags] for tags in it.tag(texts)],
        save=lambda it, to: it.save(to),
        load=Tagger.load,
    ),
    Case(
        "taught classes",
        teach,
        lambda it, texts: [astuple(one) for one in it.predict(texts)],
        save=taught_files.save,
        load=load_taught,
    ),
    Case("shipped encoder", encoders.default, vectors),
    Case("distilled encoder", lambda: encoders.named(str(distilled())), vectors),
    Case("transformer encoder", lambda: TransformerEncoder(Path(tiny())), vectors),
    Case("language", lambda: (LanguageAnalyser(), Vocabulary()), languages),
    Case("words", nothing, pieces),
    Case("phrases", lambda: Cutter("en"), cut),
    Case(
        "entities",
        lambda: EntityFinder([Name("thing", "Order Card"), Name("place", "Où")]),
        lambda it, texts: [[astuple(one) for one in found] for found in it.find(texts)],
    ),
    Case(
        "aspects",
        lambda: AspectAnalyser(["card", "app", "service"]),
        lambda it, texts: [[astuple(one) for one in found] for found in it.predict(texts)],
    ),
    Case("things", nothing, lambda _, texts: [things_of([one] * 3) for one in texts]),
    Case("copy marks", nothing, plain(copy_marks)),
    Case("customers' words", nothing, plain(customers_words)),
    Case("matters", nothing, plain(parts)),
    Case("sides", nothing, plain(sides)),
    Case("turns", nothing, plain(lambda one: [astuple(turn) for turn in turns(one)])),
    Case("places", nothing, plain(lambda one: list(places(one)))),
    Case("shapes", nothing, plain(lambda one: list(shapes(one)))),
    Case("clean", nothing, plain(text.clean)),
    Case("fingerprint", nothing, plain(fingerprint)),
    Case("vague", nothing, lambda _, texts: vague.is_vague(list(texts)).tolist()),
    Case("offers", nothing, plain(feeds.is_offer)),
    Case("reports", nothing, plain(feeds.is_reported)),
    Case("notices", nothing, plain(feeds.is_notice)),
    Case("openings", nothing, plain(feeds.opening)),
    Case("why quiet", nothing, lambda _, texts: [alerts.why_quiet([one] * 5, [True] * 5) for one in texts]),
    Case("folds", nothing, lambda _, texts: heldout.folds(texts).tolist(), alone=False),
    Case("themes", nothing, themes, alone=False),
    Case("themes from rows", nothing, themes_again, alone=False),
    Case("titles", nothing, name, alone=False),
    Case("quotes", nothing, quote, alone=False),
]
