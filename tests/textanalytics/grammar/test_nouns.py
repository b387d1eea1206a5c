"""What German texts speak of, told by how they use their nouns; no list of topics is kept."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.nouns import Nouns, shells


def nouns(*texts: str) -> Nouns:
    return read_texts(texts, np.zeros(len(texts), int), ["de"] * len(texts)).nouns


LAMPS = [
    "Gestern kam die Lampe zerbrochen an",
    "Eure Lampe flackert seit Montag",
    "Seit heute brummt meine Lampe laut",
    "Hier liegt eine Lampe ohne Schirm",
    "Ich tausche die Lampe morgen um",
    "Warum ist die Lampe so teuer geworden?",
    "Leider passt die Lampe nicht",
]


def test_a_compound_speaks_of_both_its_parts() -> None:
    found = nouns(
        *LAMPS, "Ich habe eine Küche gekauft", "Unsere Küchenlampe flackert", "Die Küchen-Lampe brummt"
    )
    assert found.keys("küchenlampe") == ("kuchenlamp", "kuch", "lamp")
    assert found.keys("küchen-lampe")[-1] == "lamp"
    assert found.keys("flackert") == ()


def test_a_compound_speaks_of_the_noun_that_it_begins_with() -> None:
    found = nouns("Ich suche den Gutschein", "Euer Gutscheincode ist ungültig", "Wo gilt mein Gutscheincode?")
    assert found.keys("gutscheincode") == ("gutscheincod", "gutschein")


def test_a_verb_and_an_adjective_speak_of_their_noun() -> None:
    found = nouns(
        "Leider kam die Verspätung ohne Ansage",
        "Wieder so eine Verspätung heute",
        "mein Paket kommt verspätet an",
        "Eure Pünktlichkeit ist vorbei",
        "das Paket kam pünktlich",
    )
    assert found.keys("verspätet") == found.keys("verspätung")
    assert found.noun_of("pünktlich") == "pünktlichkeit"
    assert found.noun_of("paket") == ""


def test_a_verb_speaks_of_its_noun_also_where_it_has_sent_its_particle_to_the_end() -> None:
    ferry = ["Schon wieder ein Ausfall", "Heute gibt es den zweiten Ausfall", "Was soll so ein Ausfall"]
    torn = [
        "meine Fähre fällt heute aus",
        "die Fähre ist ausgefallen",
        "wenn sie ausfällt, laufe ich",
        "da fällt sie auf",
    ]
    found = nouns(*ferry, *torn)
    assert found.keys("ausgefallen") == found.keys("ausfällt") == ("ausfall",)
    assert ["ausfall" in held for held in found.held] == [True] * 6 + [False]


def test_who_scorns_how_punctual_one_is_speaks_of_what_is_late() -> None:
    late = [
        "Wieder so eine Verspätung heute",
        "Leider kam die Verspätung ohne Ansage",
        "Schon die dritte Verspätung",
    ]
    scorn = ["Es lebe die Pünktlichkeit", "wann fährt sie mal pünktlich"]
    found = nouns(*late, *scorn)
    assert found.keys("pünktlich") == found.keys("pünktlichkeit") == found.keys("verspätung")
    praise = [f"meine Lampe kam {word}pünktlich" for word in ("", "sehr ", "wieder ")]
    kept = nouns(*late, *scorn, *praise)
    assert kept.keys("pünktlichkeit") != kept.keys("verspätung")


def test_what_begins_sentences_is_no_noun_for_that() -> None:
    found = nouns("Warum kommt das Paket nicht?", "Warum so teuer", "weil ich frage, warum das so ist")
    assert found.is_noun("paket")
    assert not found.is_noun("warum")


SHOPS = [
    "Ich stand gestern im Laden ohne Licht",
    "Niemand half mir im Laden heute",
    "Es ist kalt im Laden bei euch",
    "Wir warten vor der Tür, im Laden ist es voll",
    "Gibt es im Laden auch Brot",
    "Ich war im großen Laden am Markt",
]


def test_what_things_happen_in_is_no_matter() -> None:
    matters = nouns(*LAMPS, *SHOPS).matters
    assert "lamp" in matters
    assert "lad" not in matters


def test_one_of_many_with_numbers_is_no_matter() -> None:
    many = [f"Heute stinkt Kasse {number} wieder" for number in range(3, 10)]
    few = [f"Nun gilt meine Kundenkarte {number} nicht" for number in (25, 50, 25, 50, 25, 50, 25)]
    matters = nouns(*many, *few).matters
    assert "kass" not in matters
    assert "kundenkart" in matters


TRADE = [f"Ich finde, {word} Brot schmeckt" for word in ("euer", "dieses", "unser", "mein", "das")] * 11


def test_the_trades_own_word_and_what_is_named_with_it_are_no_matter() -> None:
    kin = ["Ich esse gern Kuchen und Brot", "Hier gibt es Brot oder Kuchen"] * 3
    found = nouns(*TRADE, *kin, *LAMPS)
    assert found.trade == {"brot"}
    assert "kuch" not in found.matters
    assert "lamp" in found.matters


def test_a_part_of_a_name_is_no_matter() -> None:
    paper = [
        f"Ich las {where} die Neue Zeitung dazu"
        for where in ("heute", "hier", "dort", "nun", "eben", "gern", "oft")
    ]
    matters = nouns(*paper, *LAMPS).matters
    assert "zeitung" not in matters


def test_a_class_of_things_is_no_matter_but_where_it_stands_by_itself() -> None:
    fronts = "Bau Brenn Klang Haus Boot Stuhl Tisch Zaun Dach Wand Boden Rahmen".split()
    named = [f"Hier steht ein {front}" for front in fronts]
    grown = [f"Leider ist euer {front}lampen nass" for front in fronts]
    few = nouns(*named, *grown, *["Ich will Lampen kaufen"] * 3)
    many = nouns(*named, *grown, *["Ich will Lampen kaufen"] * 9)
    assert "lamp" not in few.matters
    assert "lamp" in many.matters


def test_shell_nouns_hold_no_matter() -> None:
    assert {"grund", "fall", "sach"} <= shells()
    assert (
        "grund"
        not in nouns(*(f"Es gibt {word} Grund dafür" for word in ("einen", "keinen", "den", "mein"))).matters
    )


def test_a_long_text_is_about_what_it_begins_with_and_comes_back_to() -> None:
    long = (
        "Meine Lampe flackert "
        + "und dann war noch etwas anderes zu sagen " * 6
        + "und eine Vase und ein Teller, ja der Teller"
    )
    (held,) = nouns(long).held
    assert {"lamp", "tell"} <= held
    assert "vas" not in held


def test_the_name_of_a_page_is_not_what_its_reader_speaks_of() -> None:
    (held, *_) = nouns(
        "Große Lampen Welt Der Teller ist kaputt", "sie hat einen Teller und viele Lampen in der Welt"
    ).held
    assert held == {"tell"}
