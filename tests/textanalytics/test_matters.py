"""The parts of a message that another theme than its own is about."""

from __future__ import annotations

import pytest

from textanalytics.encoders import default
from textanalytics.matters import Part, Said, besides
from textanalytics.reading.reading import Reader
from textanalytics.themes import ThemeIndex

LATE = (
    "My parcel never arrived",
    "The parcel is still missing",
    "Where is my parcel, it is a week late",
    "My parcel has not been delivered yet",
    "Mein Paket ist noch nicht angekommen",
)
APP = (
    "The app crashes on start",
    "Your app keeps crashing on my phone",
    "The app closes itself when I open it",
    "Since the update your app crashes",
    "Die App stürzt beim Start ab",
)
TWICE = (
    "I was charged twice for one order",
    "You charged my card twice",
    "My card was charged two times for the same order",
    "There is a second charge for the same order on my card",
    "Ich wurde doppelt belastet",
)
EVERY = (LATE, APP, TWICE)


@pytest.fixture
def index() -> ThemeIndex:
    """Three themes, as a person has put them in order."""
    themes = ThemeIndex()
    for texts in EVERY:
        themes.hold(themes.add(default().encode(list(texts)), list(texts)), themes.new_theme())
    themes.consolidate()
    return themes


def hear(index: ThemeIndex, *texts: str) -> list[list[Part]]:
    """The parts of each text, heard together."""
    own = index.add(default().encode(list(texts)), list(texts)).tolist()
    said = [Said(i, text, micro) for i, (text, micro) in enumerate(zip(texts, own, strict=True))]
    found = besides(said, index, default(), Reader())
    return [[part for part in found if part.message == i] for i in range(len(texts))]


def themes_of(index: ThemeIndex, parts: list[Part]) -> list[int]:
    return [int(theme) for part in parts for theme in index.themes_of([part.home])]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "My parcel never arrived and your app keeps crashing",
        "My parcel never arrived, and I was charged twice for the order",
        "The app crashes on start. Besides, you charged my card twice",
        "you charged my card twice also the app crashes on start",
        "The parcel is still missing but the app crashes on start",
        "Mein Paket ist noch nicht angekommen und außerdem stürzt die App beim Start ab",
    ],
)
def test_both_are_heard(index: ThemeIndex, text: str) -> None:
    (parts,) = hear(index, text)
    assert len(set(themes_of(index, parts))) == 2
    assert all(part.text == text[slice(*part.span)] for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "The parcel is still missing. It is a week late now. Where is my parcel?",
        "Your app keeps crashing on my phone and I have to open it again and again",
        "I was charged twice for one order. Because your page was so slow I clicked again",
        "You charged my card twice. Thanks a lot. Am I dreaming?",
        "I was charged twice for one order. Can you deliver the second one?",
    ],
)
def test_one_matter_is_not_two(index: ThemeIndex, text: str) -> None:
    (parts,) = hear(index, text)
    assert [part for part in parts if part.home >= 0] == []


def test_both_are_heard_however_many_have_said_both(index: ThemeIndex) -> None:
    said = (
        "My parcel never arrived and your app crashes",
        "The parcel is missing and the app keeps crashing",
    )
    for parts in hear(index, *said, "The parcel is still missing, and your app crashes since the update"):
        assert len(set(themes_of(index, parts))) == 2


def test_three_are_heard(index: ThemeIndex) -> None:
    (parts,) = hear(index, "My parcel never arrived. The app crashes on start. You charged my card twice.")
    assert len(set(themes_of(index, parts))) == 3


def test_a_theme_is_heard_once(index: ThemeIndex) -> None:
    (parts,) = hear(
        index, "The app crashes on start. My parcel never arrived. Since the update your app crashes."
    )
    themes = themes_of(index, [part for part in parts if part.home >= 0])
    assert len(themes) == len(set(themes))


def test_what_nobody_else_has_said_waits(index: ThemeIndex) -> None:
    (parts,) = hear(
        index, "The parcel is still missing. Also the lid of my kettle is broken, please send a new lid"
    )
    (waits,) = [part for part in parts if part.home < 0]
    assert waits.text == "the lid of my kettle is broken, please send a new lid"


def test_others_in_the_batch_change_nothing(index: ThemeIndex) -> None:
    texts = [
        "My parcel never arrived and your app keeps crashing",
        "The weather is nice",
        "You charged my card twice",
    ]
    own = index.add(default().encode(texts), texts).tolist()
    said = [Said(i, text, micro) for i, (text, micro) in enumerate(zip(texts, own, strict=True))]
    together = besides(said, index, default(), Reader())
    alone = [part for one in said for part in besides([one], index, default(), Reader())]
    assert together == alone
    assert together == besides(said, index, default(), Reader())
