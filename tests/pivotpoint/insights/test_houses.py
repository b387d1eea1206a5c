"""Whose a theme is: told where a house has more of its people than the size of the house explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pivotpoint.insights.ladder.climb import climb
from pivotpoint.insights.ladder.head import whose
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.houses import Houses
from pivotpoint.insights.ladder.ladder import House
from pivotpoint.insights.ladder.words import legend, theirs
from tests.pivotpoint.insights.houses_heard import heard_of
from tests.pivotpoint.insights.made_ladder import ladder, printed, theme

FILE = ["Fjord"] * 90 + ["North"] * 90 + ["Tiny"] * 20
NOBODY = ("", 0, 0.0, 0.0)


def houses_of(named: Sequence[str], people: Sequence[int] | None = None, by: str = "brand") -> Houses:
    heard = Heard(texts=["it is late"] * len(named), houses=list(named), by=by)
    return Houses(heard, np.array(people or range(len(named)), np.int64))


def of(houses: Houses, *groups: range) -> tuple[str, int, float, float]:
    return houses.stands_out(np.concatenate([np.array(group) for group in groups]))


def test_a_house_stands_out_where_its_size_does_not_explain_it() -> None:
    houses = houses_of(FILE)
    assert of(houses, range(30), range(90, 100)) == ("Fjord", 30, 0.75, 1.67)
    assert of(houses, range(20), range(90, 110), range(180, 190)) == ("Tiny", 10, 0.2, 2.0)
    assert of(houses, range(20), range(90, 110), range(180, 184)) == NOBODY


def test_what_may_be_chance_tells_nothing() -> None:
    houses = houses_of(FILE)
    assert of(houses, range(3), range(90, 91)) == NOBODY
    assert of(houses, range(180, 182)) == NOBODY
    assert of(houses, range(10)) == ("Fjord", 10, 1.0, 2.22)


def test_where_nearly_all_is_one_house_it_goes_without_saying() -> None:
    assert of(houses_of(["Fjord"] * 90 + ["North"] * 10), range(60)) == NOBODY


def test_people_are_counted_and_not_their_messages() -> None:
    people = [*[0] * 30, *range(1, 171)]
    houses = houses_of(FILE, people)
    assert of(houses, range(30), range(90, 110)) == ("North", 20, 0.952, 1.81)
    assert houses.sizes()[0] == House("Fjord", 61, 90)


def test_in_a_file_of_many_houses_the_first_are_told_unless_one_has_most() -> None:
    named = [f"House {number % 10}" for number in range(200)]
    houses = houses_of(named)
    some = np.array([*range(0, 100, 10), *range(1, 61, 10), *range(2, 100, 5)])
    assert houses.stands_out(some) == NOBODY
    assert houses.first(some)[0] == ("House 0", 10)
    assert len(houses.first(some)) == 3
    assert houses.stands_out(np.arange(0, 200, 10))[:2] == ("House 0", 20)
    assert houses.first(np.arange(10)) == ()
    assert houses_of(FILE).first(np.arange(50)) == ()


def test_without_a_column_it_is_whom_they_speak_to() -> None:
    texts = [f"@{'Acme' if number % 2 else 'Bolt'}Help it is late" for number in range(40)]
    houses = Houses(Heard(texts=texts, houses=[""] * 40), np.arange(40))
    assert houses.by == ""
    assert [house.name for house in houses.sizes()] == ["AcmeHelp", "BoltHelp"]


def test_a_column_with_one_value_tells_nothing() -> None:
    houses = houses_of(["Fjord"] * 40)
    assert (houses.by, houses.sizes(), of(houses, range(20))) == ("", [], NOBODY)


def test_the_largest_five_stand_at_the_top() -> None:
    sizes = [House(f"House {number}", 10 - number, 1_200 - number) for number in range(7)]
    known = replace(ladder(), by="brand", houses=sizes)
    assert whose(known) == (
        "Messages (people) by brand: House 0 1,200 (10); House 1 1,199 (9); House 2 1,198 (8);"
        " House 3 1,197 (7); House 4 1,196 (6) and 2 more"
    )
    assert whose(replace(known, authors_known=False, houses=sizes[:1])) == "Messages by brand: House 0 1,200"
    assert whose(replace(known, by="")).startswith("Messages (people) by whom they are to: House 0")
    assert whose(ladder()) == ""
    assert "Messages (people) by brand: House 0" in printed(known, terminal=False)


@pytest.mark.parametrize(
    ("times", "share", "said"),
    [
        (1.34, 0.7, ""),
        (1.6, 0.7, ", 1.6 times its share"),
        (2.02, 0.7, ", twice its share"),
        (3.0, 0.7, ", 3 times its share"),
        (6.7, 0.4, ", 7 times its share"),
        (17.0, 0.7, ""),
    ],
)
def test_a_fact_says_how_many_times_its_share_a_house_has(times: float, share: float, said: str) -> None:
    late = theme("trend", 30, "Late", "It is late")
    one = replace(late, to="Fjord", to_people=20, to_share=share, to_times=times)
    assert theirs(one, replace(ladder(), by="brand")) == f"Fjord 20 of 30{said}"
    assert theirs(one, ladder()) == f"to Fjord 20 of 30{said}"
    told = legend(replace(ladder(), themes=[one]), "bold")
    assert any(sentence.startswith("“Twice its share”") for sentence in told) == bool(said)


def test_of_many_houses_a_fact_names_the_first() -> None:
    one = replace(theme("trend", 30, "Late", "It is late"), firms=(("Fjord", 12), ("North", 4)))
    assert theirs(one, replace(ladder(), by="brand")) == "Fjord 12, North 4"
    assert theirs(one, ladder()) == "to Fjord 12, North 4"
    assert theirs(replace(one, firms=()), ladder()) == ""


def test_one_house_is_written_as_most_write_it(tmp_path: Path) -> None:
    rows = [
        ["Fjord", "it is late"],
        ["FJORD ", "it is late"],
        ["Fjord", "the seat is broken"],
        ["7", "no seat"],
        ["", "no bag"],
    ]
    heard = heard_of(tmp_path, rows)
    assert heard.houses == ["Fjord", "Fjord", "Fjord", "brand 7", ""]
    assert {house: tally.ledger.rows for house, tally in heard.tallies.items()} == {
        "Fjord": 3,
        "brand 7": 1,
        "": 1,
    }


def test_the_ladder_of_a_file_knows_its_houses(tmp_path: Path) -> None:
    rows = [["Fjord" if number % 3 else "North", f"the lamp flickers {number}"] for number in range(30)]
    found = climb(heard_of(tmp_path, rows), source="feedback.csv", notes=[])
    assert (found.by, found.houses) == ("brand", [House("Fjord", 20, 20), House("North", 10, 10)])
