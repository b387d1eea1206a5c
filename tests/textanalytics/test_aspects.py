"""A message with two matters is felt about each of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from textanalytics.aspects import AspectAnalyser, things_of
from textanalytics.evaluate.aspects import measure
from textanalytics.evaluate.tables import BadInput

THINGS = ("flight", "bag", "crew", "seat", "food", "service", "lieferung", "verpackung")


@pytest.fixture(scope="module")
def reader() -> AspectAnalyser:
    return AspectAnalyser(THINGS)


@pytest.mark.parametrize(
    ("text", "moods"),
    [
        ("The flight was great but my bag is broken.", {"flight": "positive", "bag": "negative"}),
        ("Although the flight was great, my bag is broken.", {"flight": "positive", "bag": "negative"}),
        ("Aside from the broken bag, the flight was great.", {"flight": "positive", "bag": "negative"}),
        ("The flight was great compared to the awful bag", {"flight": "positive", "bag": "negative"}),
        ("Terrible seat. The crew was lovely.", {"seat": "negative", "crew": "positive"}),
        (
            "The food was awful, although the service was excellent!",
            {"food": "negative", "service": "positive"},
        ),
        (
            "Das war eine schlechte Lieferung, aber die Verpackung ist super.",
            {"lieferung": "negative", "verpackung": "positive"},
        ),
        ("The seat was not good", {"seat": "negative"}),
    ],
)
def test_each_thing_has_its_own_feeling(reader: AspectAnalyser, text: str, moods: dict[str, str]) -> None:
    assert {one.term: one.mood for one in reader.predict([text])[0]} == moods


def test_what_decided_stands_in_the_text(reader: AspectAnalyser) -> None:
    text = "The flight was great but my bag is broken."
    flight, bag = reader.predict([text])[0]
    assert text[slice(*flight.span)] == "flight"
    assert [text[start:end] for start, end in flight.evidence] == ["great"]
    assert [text[start:end] for start, end in bag.evidence] == ["broken"]


def test_a_text_reads_the_same_in_any_company(reader: AspectAnalyser) -> None:
    texts = ["The seat is torn", "", "Nothing named here", "lovely crew, horrible food"]
    assert [reader.predict([text])[0] for text in texts] == reader.predict(texts)
    assert reader.predict(texts)[1:3] == [[], []]
    assert AspectAnalyser([]).predict(texts) == [[], [], [], []]


def test_plurals_are_the_same_thing_and_parts_of_words_are_none(reader: AspectAnalyser) -> None:
    assert [one.term for one in reader.predict(["Bags and seats in the bagel shop"])[0]] == ["bag", "seat"]


def test_things_are_what_stands_behind_the_and_my() -> None:
    texts = [
        "The drip tray leaks",
        "my drip tray is full",
        "the beans are fine",
        "the awful beans, your beans",
    ]
    assert things_of(texts) == ["beans", "drip tray"]
    assert things_of(["the one", "the one"]) == things_of([]) == []


def test_figures_beside_people() -> None:
    found = measure(
        ["The food was great but the service was awful"] * 2, ["food:positive|service:negative"] * 2
    )
    assert (found["things"], found["accuracy"], found["accuracy_felt_differently"]) == (4, 1.0, 1.0)
    assert found["named_recall"] == 1.0
    with pytest.raises(BadInput):
        measure(["The food was great"], ["food"])


def test_many_may_ask_one_analyser_at_once() -> None:
    """Eight people open eight messages: what each reads must not depend on the others, nor fail."""
    kept = AspectAnalyser([])
    texts = [f"The lamp{n} is great number{n} {' '.join(f'w{n}x{i}' for i in range(300))}" for n in range(96)]
    look = lambda n: kept.about([f"lamp{n}"]).predict([texts[n]])[0]  # noqa: E731
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(look, range(96)))
    assert [[one.term for one in some] for some in found] == [[f"lamp{n}"] for n in range(96)]
    assert found == [AspectAnalyser([f"lamp{n}"], kept.reader).predict([texts[n]])[0] for n in range(96)]
