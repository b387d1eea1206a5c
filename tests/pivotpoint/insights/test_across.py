"""Which house owns which trouble: a table of few houses, a line for each of many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import StringIO

import numpy as np
from rich.console import Console

from pivotpoint.insights.ladder.across import crossed, each_house
from pivotpoint.insights.ladder.as_json import as_json
from pivotpoint.insights.ladder.as_page import as_page
from pivotpoint.insights.ladder.as_text import show
from pivotpoint.insights.ladder.ladder import House, Ladder, Theme
from pivotpoint.insights.ladder.masked import masked
from tests.pivotpoint.insights.made_ladder import ladder, theme
from tests.pivotpoint.insights.test_houses import houses_of

SIZES = [House("Fjord", 100, 120), House("North Sea", 60, 60), House("Tiny", 40, 41)]


def of(title: str, houses: Mapping[str, int], *, subject: bool = False) -> Theme:
    one = theme("trend", sum(houses.values()), title, "text")
    return replace(one, onset=None, houses=tuple(houses.items()), subject=subject)


def made(*themes: Theme, houses: list[House] = SIZES) -> Ladder:
    return replace(ladder(), people=200, by="brand", houses=houses, themes=list(themes))


def text_of(whole: Ladder, width: int = 110, *, everything: bool = False) -> list[str]:
    out = StringIO()
    show(whole, Console(file=out, width=width, highlight=False), everything=everything)
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


LATE, COLD = (
    of("Parcel is late", {"Fjord": 20, "North Sea": 18, "Tiny": 2}),
    of("Cold soup", {"Fjord": 9, "Tiny": 12}),
)


def test_of_few_houses_the_largest_trends_stand_in_a_table_with_what_is_more_than_chance() -> None:
    told = text_of(made(LATE, COLD))
    assert "everybody 200 100 60 40" in told
    assert "1 Parcel is late 40 20 ▲ 18 2" in told
    assert "2 Cold soup 21 9 0 ▲ 12" in told
    heading = next(place for place, line in enumerate(told) if line.startswith("By brand"))
    assert heading < next(place for place, line in enumerate(told) if line.startswith("Trends 2"))
    assert "people of each brand" in told[heading + 1]


def test_only_columns_that_fit_are_shown_and_the_rest_together() -> None:
    narrow = text_of(made(LATE, COLD), width=64)
    assert "1 Parcel is late 40 20 20" in narrow and "everybody 200 100 100" in narrow
    for places, named in ((0, 1), (2, 1), (3, 3)):
        table = crossed(made(LATE), columns=places)
        assert table and table.columns[1:] == ["Fjord", "North Sea", "Tiny"][:named] + ["others"] * (
            named < 3
        )


def test_ten_trends_at_most_are_rows_and_subjects_are_none() -> None:
    many = [replace(of(f"Fault {n}", {"Fjord": 30 - n}), id=n) for n in range(12)]
    table = crossed(made(*many, of("Parcel", {"Fjord": 90}, subject=True)))
    assert table and [row.title for row, _ in table.rows] == [f"Fault {n}" for n in range(10)]


def test_of_one_house_or_without_trends_there_is_no_table() -> None:
    for whole in (made(LATE, houses=[]), made(LATE, houses=SIZES[:1]), made(), ladder()):
        assert crossed(whole) is None and each_house(whole) == []
        assert not [line for line in text_of(whole) if line.startswith("By ")]
        assert 'class="table across"' not in as_page(whole)


def test_of_many_houses_each_has_a_line_of_what_its_people_complain_of() -> None:
    firms = [House(f"Firm {n}", 30 - n, 60) for n in range(12)]

    def in_firms(title: str, counts: Mapping[int, int], subject: bool = False) -> Theme:
        return of(title, {f"Firm {n}": people for n, people in counts.items()}, subject=subject)

    late, cold = in_firms("Late", {0: 9, 1: 3, 2: 2}), in_firms("Cold", {0: 12, 1: 2})
    oven = in_firms("Oven", {0: 25, 1: 8, 3: 4}, subject=True)
    named = in_firms("Firm", {0: 30, 5: 7}, subject=True)
    praise = replace(in_firms("Lovely", {0: 20, 4: 9}), intents={"praise": 29})
    whole = made(late, cold, oven, named, praise, houses=firms)
    assert each_house(whole) == [
        ("Firm 0", "30", "Cold (12); Late (9)"),
        ("Firm 1", "29", "Late (3); Oven (8)"),
        ("Firm 3", "27", "Oven (4)"),
        ("Firm 5", "25", "Firm (7)"),
    ]
    assert crossed(whole) is None
    told, page = text_of(whole), as_page(whole)
    assert "Firm 0 30 Cold (12); Late (9)" in told and "Of 8 others no theme holds three people." in told
    assert "<td>Cold (12); Late (9)</td>" in page and "Of 8 others no theme" in page
    assert "What most people of each brand ask or complain of." in page


def test_of_very_many_houses_the_largest_have_a_line_and_all_where_all_are_wanted() -> None:
    firms = [House(f"Firm {n}", 90 - n, 90) for n in range(30)]
    whole = made(of("Late", {f"Firm {n}": 5 for n in range(30)}), houses=firms)
    told, page = text_of(whole), as_page(whole)
    assert "Firm 24 66 Late (5)" in told and "Firm 25 65 Late (5)" not in told
    assert "and 5 more; --all shows every one." in told
    assert "Firm 29 61 Late (5)" in text_of(whole, everything=True)
    assert "<b>Firm 24</b>" in page and "<b>Firm 25</b>" not in page and "and 5 more;" in page


def test_the_page_shows_the_table_and_escapes_it() -> None:
    page = as_page(made(LATE, COLD, houses=[House("<Fjord>", 100, 120), *SIZES[1:]]))
    assert '<th scope="col" class="num">&lt;Fjord&gt;</th>' in page
    assert '<td class="num"><b>▲ 18</b></td>' in page
    assert page.index("By brand") < page.index("<h2>Trends")


def test_names_are_masked_alike_in_the_table_and_in_its_themes() -> None:
    mail = "jo.hansen@example.com"
    whole = masked(made(of("Late", {mail: 20, "Fjord": 2}), houses=[House(mail, 80, 80), *SIZES]))
    table = crossed(whole)
    assert table and mail not in table.columns and table.rows[0][1][1] == (20, True)


def test_a_theme_has_the_people_of_every_house() -> None:
    houses = houses_of(["Fjord"] * 3 + ["North"] * 4, people=[0, 0, 1, 2, 3, 4, 5])
    assert houses.counted(np.arange(7)) == (("North", 4), ("Fjord", 2))
    assert as_json(made(LATE))["themes"][0]["houses"][0] == {"name": "Fjord", "people": 20}
