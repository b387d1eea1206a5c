"""What stands at the top of a ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pivotpoint.insights.ladder.as_json import as_json
from pivotpoint.insights.ladder.as_page import as_page
from pivotpoint.insights.ladder.head import summary, what_is_stolen, what_most, what_rises, where
from pivotpoint.insights.ladder.ladder import Theme
from pivotpoint.insights.ladder.words import facts
from tests.pivotpoint.insights.made_ladder import MOMENT, ladder, printed, theme


def test_what_rises_as_the_file_ends_stands_at_the_top() -> None:
    assert "Rising: Refund <not> received (since 6 Mar 2024)" in printed(terminal=False)
    assert "Rising: Refund &lt;not&gt; received (since 6 Mar 2024)" in as_page(ladder())


def test_what_is_talked_of_and_no_complaint_rises_apart() -> None:
    meme = replace(theme("trend", 9, "Fleet on fleek", "Our fleet"), intents={"other": 9})
    fault = theme("trend", 3, "Refund missing", "Refund missing")
    both, talk = replace(ladder(), themes=[meme, fault]), replace(ladder(), themes=[meme])
    said = "More talk, and no complaint, of: Fleet on fleek (since 6 Mar 2024)"
    assert what_rises(both) == f"rising: Refund missing (since 6 Mar 2024). {said}"
    assert said in as_page(talk)
    assert "ising:" not in as_page(talk)


def test_the_top_says_how_much_of_it_is_told() -> None:
    made = replace(ladder(), messages=40)
    made.ledger.in_subjects, made.ledger.in_mixed = 2, 7
    assert where(made) == (
        "Of these 6 are in trends and subjects, 27 in what one or two people say, 7 in neither:"
        " the end tells where each row is."
    )
    assert where(made) in " ".join(printed(made, terminal=False).replace("│", " ").split())


def test_a_few_old_messages_do_not_make_a_short_time_look_long() -> None:
    made = ladder()
    made.first, made.last = MOMENT - timedelta(days=2_000), MOMENT
    made.mostly_from = MOMENT - timedelta(days=30)
    assert summary(made).endswith("(nine in ten since 4 Feb 2024)")
    for since in (MOMENT - timedelta(days=1_800), made.first, None):
        made.mostly_from = since
        assert "nine in ten" not in summary(made)


def test_what_people_complain_of_ask_for_and_praise_the_most_stands_at_the_top() -> None:
    def doing(number: int, **intents: int) -> Theme:
        one = theme("trend", number, f"Theme {number}", "text")
        return replace(one, intents=intents, messages=sum(intents.values()), onset=None)

    made = ladder()
    made.themes = [
        doing(1, complaint=8, other=2),
        doing(2, complaint=20, question=30),
        doing(3, question=9, complaint=1),
        doing(4, praise=7, complaint=3),
        doing(5, complaint=2, praise=2, other=6),
        replace(doing(6, complaint=90), rung="pattern"),
        replace(doing(7, complaint=90), subject=True),
    ]
    told = [
        "Complained of the most: Theme 1",
        "Asked the most: Theme 2; Theme 3",
        "Praised the most: Theme 4",
    ]
    assert what_most(made) == told
    for form in (as_page(made), printed(made, terminal=False)):
        assert all(line in " ".join(form.replace("│", " ").split()) for line in told)
    made.themes = [doing(5, complaint=2, praise=2, other=6)]
    assert what_most(made) == []
    made.themes = [replace(doing(7, complaint=90), subject=True)]
    assert what_most(made) == ["Complained of the most: Theme 7"]


def test_a_kind_that_is_rare_and_a_theme_that_holds_little_are_not_named_at_the_top() -> None:
    praise = replace(theme("trend", 9, "Goodbye", "Nice talk"), intents={"praise": 9}, messages=9, onset=None)
    made = replace(ladder(), themes=[praise])
    for messages, told in ((100, True), (200, False)):
        assert bool(what_most(replace(made, messages=messages))) == told
    others = [replace(praise, id=20, title="Great", intents={"praise": 100}, messages=100)]
    whole = replace(made, themes=[praise, *others], messages=901)
    assert what_most(whole) == ["Praised the most: Great"]


def test_what_is_near_to_what_is_named_takes_no_second_place() -> None:
    def fault(number: int, **more: int) -> Theme:
        one = theme("trend", number, f"Fault {number}", "text")
        return replace(one, intents={"complaint": number}, messages=number, onset=None, **more)

    made = ladder()
    made.themes = [
        fault(9),
        fault(8, see_also=9),
        fault(7, part_of=1),
        fault(6, part_of=1),
        fault(5),
        fault(4),
    ]
    assert what_most(made) == [
        "Complained of the most: Fault 9 (and Fault 8); Fault 7 (and Fault 6); Fault 5"
    ]


def test_theft_and_fraud_are_told_at_the_top_and_of_themes_of_which_many_tell() -> None:
    made = ladder()
    cards, fees = (
        replace(theme("trend", n, title, "text"), onset=None) for n, title in ((20, "Card"), (9, "Fee"))
    )
    made = replace(made, themes=[cards, fees], stolen={20: 4, 7: 2, -1: 3, 9: 1})
    assert what_is_stolen(made) == "Theft or fraud, told by 10 people: Card (4); elsewhere (6)"
    assert "Theft or fraud, told by 10 people" in printed(made, terminal=False)
    assert "Theft or fraud, told by 10 people" in as_page(made)
    assert "theft or fraud told by 4" in facts(cards, made)
    assert not [said for said in facts(fees, made) if "fraud" in said]
    assert as_json(made)["stolen"][2] == {"theme": None, "people": 3}
    assert what_is_stolen(replace(made, stolen={20: 2})) == what_is_stolen(ladder()) == ""
