"""Who is accused by name: a word beside the name says that it is one of a person."""

from __future__ import annotations

import pytest

from textanalytics.mentions.accused import accused
from textanalytics.mentions.masking import masked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Your driver Suresh threatened me", ["Suresh"]),
        ("the store manager, Linda, refused", ["Linda"]),
        ("an employee named Tom Baker lied to us", ["Tom Baker"]),
        ("Agent Bob hung up on me", ["Bob"]),
        ("I was told by Priya, the agent, to wait", ["Priya"]),
        ("He tried to grab her. His name is Rupert.", ["Rupert"]),
        ("my agent's name was kevin and he hung up", ["kevin"]),
        ("I spoke to a lady called Oona who shouted", ["Oona"]),
        ("Mrs. Winter closed the door on us", ["Winter"]),
        ("Der Mitarbeiter heißt Klaus und war frech", ["Klaus"]),
        ("Frau Huber hat einfach aufgelegt", ["Huber"]),
    ],
)
def test_a_name_beside_what_somebody_does_is_found(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in accused(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "The driver left my parcel in the rain",
        "your agent In Denver was rude",
        "her name is not on the list",
        "The Driver Left My Parcel And Ran",
        "I called Larkfield and nobody answered",
        "a system called Kestrel crashes",
        "Furthermore, the driver took a longer way",
        "no driver Monday, none on Tuesday",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert accused(text) == []


def test_a_firm_is_no_person() -> None:
    text = "the courier Larkfield sent was late"
    assert accused(text) and not accused(text, {"larkfield"})


def test_a_name_is_masked_with_all_else_and_spans_move_along() -> None:
    text = "Your driver Suresh threatened me, order 4711-20177"
    shown, spans = masked(text, [(0, 4), (19, 29)], names=accused(text))
    assert shown == "Your driver •••• threatened me, order •• 177"
    assert [shown[start:end] for start, end in spans] == ["Your", "threatened"]


def test_what_was_said_in_german_and_a_title_name_nobody() -> None:
    assert accused("Am Bahnsteig hieß es dann: es hieß Ersatzverkehr, und keiner kam") == []
    assert accused("Danke an Frau Bundeskanzlerin für nichts") == []
    text = "Der Fahrer hieß Wolter und hat mich beschimpft"
    assert [text[start:end] for start, end in accused(text)] == ["Wolter"]
