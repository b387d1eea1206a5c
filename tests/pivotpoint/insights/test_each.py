"""A file of several houses becomes a ladder for each, and together they are the file."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from pivotpoint.insights.ladder import Each, climb, climb_each
from pivotpoint.insights.ladder import parts as module
from pivotpoint.insights.ladder.as_json import as_json, each_as_json
from pivotpoint.insights.ladder.as_page import as_page, each_as_page
from pivotpoint.insights.ladder.as_text import show_each
from pivotpoint.insights.ladder.contents import contents, sum_of
from pivotpoint.insights.ladder.ladder import together
from pivotpoint.insights.ladder.parts import apart
from tests.pivotpoint.insights.houses_heard import heard_of

LAMPS = [f"the lamp in room {number} flickers at night" for number in range(6)]
REFUNDS = [f"my refund of {number} euros has not arrived" for number in range(8)]
ROWS = [
    *[["Lights <b>", f"p{number}", text] for number, text in enumerate(LAMPS)],
    *[["Shop", f"p{number}", text] for number, text in enumerate(REFUNDS)],
    ["Shop", "p9", ""],
    ["Tiny", "p9", "the door is broken"],
    ["", "p9", "the window is broken"],
    ["Mute", "p9", ""],
    ["too", "many", "fields", "here"],
]


@pytest.fixture(autouse=True)
def six_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEAST", 6)


def each_of(folder: Path, rows: Iterable[Iterable[str]] = ROWS) -> Each:
    heard = heard_of(folder, rows, "shop,author,text")
    return climb_each(apart(heard), source="feedback.csv", by=heard.by, notes=["a note"])


def printed(each: Each) -> str:
    out = StringIO()
    show_each(each, Console(file=out, width=100, highlight=False))
    return out.getvalue()


def test_each_house_has_a_ladder_the_largest_first_and_small_ones_share_one(tmp_path: Path) -> None:
    each = each_of(tmp_path)
    assert [(one.house, one.messages, one.people) for one in each.ladders] == [
        ("Shop", 8, 8),
        ("Lights <b>", 6, 6),
        ("others", 2, 1),
    ]
    assert each.notes == [
        "a note",
        "others are read together: 1 with fewer than 6 messages, and 1 message without a shop",
    ]


def test_each_ledger_balances_and_together_they_are_the_file(tmp_path: Path) -> None:
    each = each_of(tmp_path)
    for one in each.ladders:
        one.ledger.check()
    whole = climb(heard_of(tmp_path, ROWS, "shop,author,text"), source="feedback.csv", notes=[]).ledger
    sum_ = together([one.ledger for one in each.ladders])
    assert sum_.rows == whole.rows == each.rows == len(ROWS)
    assert sum_.rejected == whole.rejected == 3
    assert [one.ledger.rejected for one in each.ladders] == [1, 0, 2]
    assert sum_of(each) == "19 rows read: Shop 9 + Lights <b> 6 + others 4"


def test_a_ladder_is_the_one_of_a_file_that_holds_only_these_rows(tmp_path: Path) -> None:
    alone = climb(
        heard_of(tmp_path, [row for row in ROWS if row[0] == "Shop"], "shop,author,text"),
        source="feedback.csv",
        notes=[],
    )
    data, other = as_json(each_of(tmp_path).ladders[0]), as_json(alone)
    for timed in ("seconds", "messages_per_second"):
        del data[timed], other[timed]
    assert data == other


def test_rows_of_which_nothing_is_heard_are_told(tmp_path: Path) -> None:
    rows = [row for row in ROWS if row[0] not in ("Tiny", "")]
    each = each_of(tmp_path, rows)
    assert [one.house for one in each.ladders] == ["Shop", "Lights <b>"]
    assert (each.left.rows, each.left.rejected, each.rows) == (2, 2, len(rows))
    assert sum_of(each).endswith("+ in none, since nothing in them can be read 2")
    assert each_as_json(each)["left"]["rejected"] == 2


def test_one_house_alone_or_only_small_ones_are_no_several(tmp_path: Path) -> None:
    assert apart(heard_of(tmp_path, ROWS, "shop,author,text")).are_several
    assert not apart(heard_of(tmp_path, ROWS[:6], "shop,author,text")).are_several
    assert not apart(heard_of(tmp_path, [*ROWS[:3], *ROWS[6:9]], "shop,author,text")).are_several


def test_what_is_read_together_stays_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = [[f"Tiny {number % 3}", "p", f"the door {number} is broken"] for number in range(9)]
    small = apart(heard_of(tmp_path, [*ROWS, *rows], "shop,author,text")).small
    assert small.texts[-9:] == [text for _, _, text in rows]


def test_a_list_of_contents_stands_before_the_ladders(tmp_path: Path) -> None:
    each = each_of(tmp_path)
    house, holds, trends = contents(each)[0]
    assert (house, holds) == ("Shop", "8 messages from 8 people, 1 trend")
    assert "efund" in trends
    text = printed(each)
    assert text.index("feedback.csv, by shop") < text.index("1 trend") < text.index("═ Shop ═")
    assert text.index("═ Shop ═") < text.index("feedback.csv: Shop") < text.index("═ Lights <b> ═")
    assert text.count("How to read it") == 1
    assert text.count("  rows read") == text.count("Where every row is") == 3


def test_the_json_has_a_ladder_for_each_value(tmp_path: Path) -> None:
    data = each_as_json(each_of(tmp_path))
    assert list(data) == ["by", "notes", "ladders", "left"]
    assert data["by"] == "shop"
    assert [(one["value"], one["messages"]) for one in data["ladders"]] == [
        ("Shop", 8),
        ("Lights <b>", 6),
        ("others", 2),
    ]
    assert data["ladders"][2]["by"] == ""
    assert data["left"]["rows"] == 0


def test_the_page_links_to_each_and_escapes_their_names(tmp_path: Path) -> None:
    each = each_of(tmp_path)
    page = each_as_page(each)
    assert page.count("<!doctype html>") == page.count('id="look"') == page.count("<main>") == 1
    for number, name in enumerate(("Shop", "Lights &lt;b&gt;", "others"), start=1):
        assert f'<a href="#house-{number}"><b>{name}</b></a>' in page
        assert page.count(f'id="house-{number}"') == 1
        assert f"feedback.csv: {name}</h1>" in page
    assert "<b>Lights <b>" not in page
    assert 'id="house-' not in as_page(each.ladders[0])
