"""A bank and a hotel in one file are read apart; two houses of one trade, or in two languages, are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pivotpoint.insights.ladder.worlds import LEAST, worlds_apart
from tests.pivotpoint.insights.houses_heard import BANK, HOTEL, heard_of


def named(bank: str, hotel: str) -> list[list[str]]:
    return [[bank, text] for text in BANK] + [[hotel, text] for text in HOTEL]


def test_a_bank_and_a_hotel_are_worlds_apart(tmp_path: Path) -> None:
    assert worlds_apart(heard_of(tmp_path, named("bank", "hotel"))) == ["bank", "hotel"]
    more = [["museum", f"the lamp is loud {number}"] for number in range(20)]
    assert worlds_apart(heard_of(tmp_path, named("bank", "hotel") + more)) == ["bank", "hotel"]


def test_houses_of_which_each_hears_both_are_not(tmp_path: Path) -> None:
    mixed = [["north" if number % 2 else "south", text] for number, text in enumerate(BANK + HOTEL)]
    assert not worlds_apart(heard_of(tmp_path, mixed * 2))


def test_names_tell_no_worlds_apart(tmp_path: Path) -> None:
    rows = [[name, f"{name} {name} {name}: {text}"] for text in BANK for name in ("Volcano", "Violin")]
    assert not worlds_apart(heard_of(tmp_path, rows))


def test_of_three_every_two_have_to_be(tmp_path: Path) -> None:
    rows = [*named("bank", "hotel"), *[["other bank", text] for text in BANK]]
    assert not worlds_apart(heard_of(tmp_path, rows))


def test_languages_are_no_worlds(tmp_path: Path) -> None:
    german = [
        f"Ich möchte {what} und {why} bitte noch {when} Zimmer {number}"
        for what in ("ein Bett", "das Frühstück", "den Schlüssel", "ein Handtuch", "einen Parkplatz")
        for why in ("hätte gern", "brauche", "suche", "bezahle")
        for when in ("heute", "morgen", "jetzt", "am Abend")
        for number in range(4)
    ]
    rows = [["bank", text] for text in BANK] + [["hotel", text] for text in german]
    assert len(german) >= LEAST
    assert not worlds_apart(heard_of(tmp_path, rows))


@pytest.mark.parametrize("few", ["house", "file"])
def test_few_messages_tell_nothing(tmp_path: Path, few: str) -> None:
    """Of a house, or of the large houses within the file."""
    if few == "house":
        rows = [row for row in named("bank", "hotel") if row[0] == "bank" or row[1] in HOTEL[: LEAST - 1]]
    else:
        rows = named("bank", "hotel") + [
            [f"shop {number}", f"the lamp is loud {number}"] for number in range(80)
        ]
    assert not worlds_apart(heard_of(tmp_path, rows))


def test_where_nobody_says_whose_it_is_there_are_no_worlds(tmp_path: Path) -> None:
    assert not worlds_apart(heard_of(tmp_path, named("", "")))
    assert not worlds_apart(heard_of(tmp_path, named("bank", "bank")))
