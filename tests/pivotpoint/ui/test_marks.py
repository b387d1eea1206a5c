"""Small marks: each with a word, each safe with any text."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from pivotpoint.lib import clock
from pivotpoint.ui.templatetags import ui


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], "a &lt;b&gt; c"),
        ([(2, 5)], "a <mark>&lt;b&gt;</mark> c"),
        ([(0, 3), (2, 5)], "<mark>a &lt;</mark><mark>b&gt;</mark> c"),
        ([(4, 99)], "a &lt;b<mark>&gt; c</mark>"),
        ([(5, 2), (-3, 0)], "a &lt;b&gt; c"),
        (None, "a &lt;b&gt; c"),
    ],
)
def test_words_are_escaped_first_and_marked_after(spans: Any, marked: str) -> None:
    assert ui.marked("a <b> c", spans) == marked


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (-6, '<b class="sig">6 h late</b>'),
        (3, "<b>by 12:00</b>"),
        (30, "<b>Wed 15:00</b>"),
        (24 * 9, "<b>26 Nov</b>"),
    ],
)
def test_due(now: Any, hours: int, words: str) -> None:
    assert ui.due(now + timedelta(hours=hours)) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 people"), (1, "1 person"), (41, "41 people"), (1200, "1,200 people")]
)
def test_people(count: int, words: str) -> None:
    assert ui.people(count) == words


def test_a_function_of_ones_own_has_letters_too() -> None:
    assert "<b>Wa</b>" in ui.fn("warehouse")
    assert ui.fn("") == ""


def test_a_gate_says_how_many_wait() -> None:
    assert "Checked, 1 waits" in ui.gate("checked", 1)
    assert "Checked, 4 wait<" in ui.gate("checked", 4)
    assert "wait" not in ui.gate("open")


def test_a_waffle_has_a_dot_for_each_person_and_says_the_number() -> None:
    drawn = ui.waffle(5, 2)
    assert drawn.count("<i>") == 3
    assert drawn.count('class="new"') == 2
    assert "5 people, 2 of them new" in drawn
    assert ui.waffle(900).count("<i>") == 120


def test_a_spark_says_its_figures() -> None:
    assert 'aria-label="3 people in 9 days, 2 of them in the last 7"' in ui.spark([1, 0, 0, 0, 0, 0, 0, 1, 1])


def test_steps_fill_up_to_the_stage() -> None:
    assert ui.steps("accepted").count('class="on"') == 3
    assert "declined" in ui.steps("declined")


@pytest.mark.parametrize(("part", "whole", "share"), [(0, 0, 0), (1, 3, 33), (3, 3, 100)])
def test_share(part: int, whole: int, share: int) -> None:
    assert ui.share(part, whole) == share


def test_ago(now: Any) -> None:
    assert ui.ago(clock.now() - timedelta(hours=5)) == "5 h ago"
    assert ui.ago(clock.now() - timedelta(days=40)) == "8 Oct"


@pytest.mark.parametrize(
    ("name", "words"), [("Refunds", "Refunds → Finance"), ("Bills → Finance", "Bills → Finance")]
)
def test_the_way_of_a_pivot_is_said_once(name: str, words: str) -> None:
    assert ui.way(SimpleNamespace(name=name, team="Finance")) == words
    assert ui.before_arrow(words) == name.partition(" →")[0]
