"""German words have the vector of their gloss: as listed, bent, grown together; other languages are left alone."""

from __future__ import annotations

import numpy as np
import pytest

from tests.textanalytics.encoders.test_static import near
from textanalytics.encoders import default, named
from textanalytics.encoders.german import GermanWords, plain, read_glosses

WORDS = """# A comment
train: zug
delay: verspätung
collect: abholen
refuse: ablehnen
cup: tasse tassen
price: preis
high: hoch
not: nicht
usable: brauchbar
in: im
"""


@pytest.fixture(scope="module")
def words() -> GermanWords:
    encoder = named("static-1")
    tokenizer = encoder._tokenizer  # type: ignore[attr-defined]
    english = {word: row for word, row in tokenizer.get_vocab().items() if row < 29_528}
    return GermanWords(read_glosses(WORDS), tokenizer, encoder._rows, english)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("word", "listed"),
    [
        ("zug", ["zug"]),
        ("Tassen", ["tasse"]),
        ("abgeholt", ["abholen"]),
        ("abzuholen", ["abholen"]),
        ("preises", ["preis"]),
        ("zugverspätungen", ["zug", "verspätung"]),
        ("verspaetung", ["verspätung"]),
        ("unbrauchbare", ["nicht", "brauchbar"]),
    ],
)
def test_a_word_is_found_as_it_stands_bent_or_in_parts(
    words: GermanWords, word: str, listed: list[str]
) -> None:
    assert words.of([word]) == words.of([" ".join(listed)])
    assert len(words.of([word])[0]) == len(listed)


def test_what_is_made_of_nothing_known_is_left_to_the_pieces(words: GermanWords) -> None:
    encoder = named("static-1")
    known = encoder._tokenizer.encode("bremsbelag", add_special_tokens=False).ids  # type: ignore[attr-defined]
    assert words.of(["bremsbelag"]) == [known]


def test_a_verb_has_back_what_it_sent_to_the_end(words: GermanWords) -> None:
    parted = words.of(["Sie lehnt die Tasse ab."])[0]
    assert words.of(["ablehnen"])[0][0] in parted
    assert words.of(["Sie lehnt die Tasse."])[0] != parted


def test_small_words_are_no_part_of_a_compound(words: GermanWords) -> None:
    """ "Imzug" is no word, and "im" says nothing of what a longer one means."""
    assert words.of(["imverspätung"]) != words.of(["im verspätung"])


def test_the_first_line_with_a_word_counts() -> None:
    assert read_glosses("one: Größe*\ntwo: größe") == {"grosse": "one"}
    assert plain("ÄRGER") == "arger"


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Zählerstand", "meter reading"),
        ("Überziehungszinsen", "overdraft interest"),
        ("Der Zusteller hat nicht geklingelt", "the courier did not ring the bell"),
        ("Die Krankenkasse lehnt den Antrag ab", "the health insurance refuses the application"),
        ("Meine Waschmaschine leckt", "my washing machine leaks"),
    ],
)
def test_german_is_near_its_english(german: str, english: str) -> None:
    others = ("the train was late again", "cannot log into the app", "cold soup")
    assert near(german, english) > max(near(german, other) for other in others) + 0.3


def test_who_writes_one_german_word_writes_german() -> None:
    assert near("Nebenwirkungen", "side effects") > 0.9
    assert near("Spülmaschine", "dishwasher") > 0.9


def test_what_is_not_german_has_the_vector_it_had() -> None:
    texts = [
        "I can't log in since the update, redeem points?",
        "the stewardess lost my bag",
        "die hard war movie is bad",
        "rock concert tickets, fast delivery",
        "¿Dónde está mi pedido?",
        "Waar blijft mijn pakket?",
        "login",
        "barcode passcode coupons mailbox menus diagnose webshop",
        "",
    ]
    assert np.array_equal(default().encode(texts), named("static-1").encode(texts))
    assert not np.array_equal(
        default().encode(["Der Zusteller"]), named("static-1").encode(["Der Zusteller"])
    )


def test_a_text_of_any_kind_is_read() -> None:
    texts = [
        "Der Zug fällt aus, ab und zu aus. aus",
        "ab",
        "der ab ab ab",
        "die \ud83d Größe",
        "ß" * 3000,
        "zu\tspät\n an",
    ]
    assert default().encode(texts).shape == (len(texts), default().dimensions)


def test_a_text_has_the_same_vector_whatever_stands_beside_it() -> None:
    texts = [
        "Wo bleibt mein Paket, die Lieferung ist zu spät",
        "my card was lost",
        "",
        "La tarjeta no llega",
        "Zugverspätung!",
        "half a \ud83d character, zu spät",
        "tab\tzug\nverspätung ist da",
    ]
    together = default().encode(texts * 3)
    alone = np.concatenate([default().encode([text]) for text in texts * 3])
    assert together.tobytes() == alone.tobytes()
