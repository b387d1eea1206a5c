"""What stands at the top of a ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pivotpoint.insights.ladder.as_json import as_json
from pivotpoint.insights.ladder.as_page import as_page
from pivotpoint.insights.ladder.head import (
    headlines,
    summary,
    what_happened,
    what_is_at_stake,
    what_most,
    what_rises,
    where,
)
from pivotpoint.insights.ladder.ladder import Grave, Ladder, Theme, Wave
from pivotpoint.insights.ladder.theft import of_what, where_stolen
from pivotpoint.insights.ladder.words import facts, grave_by, legend
from tests.pivotpoint.insights.made_ladder import MOMENT, ladder, printed, quote, theme


def test_what_rises_as_the_file_ends_stands_at_the_top() -> None:
    assert "Rising: Refund <not> received (since 6 Mar 2024)" in printed(terminal=False)
    assert "<b>Rising:</b> Refund &lt;not&gt; received (since 6 Mar 2024)" in as_page(ladder())


def test_what_is_talked_of_and_no_complaint_rises_apart() -> None:
    meme = replace(theme("trend", 9, "Fleet on fleek", "Our fleet"), intents={"other": 9})
    fault = theme("trend", 3, "Refund missing", "Refund missing")
    both, talk = replace(ladder(), themes=[meme, fault]), replace(ladder(), themes=[meme])
    said = "More talk, and no complaint, of: Fleet on fleek (since 6 Mar 2024)"
    assert what_rises(both) == f"rising: Refund missing (since 6 Mar 2024). {said}"
    assert said.replace("of:", "of:</b>") in as_page(talk)
    assert "ising:" not in as_page(talk)


def test_the_top_says_how_much_of_it_is_told() -> None:
    made = replace(ladder(), messages=40)
    made.ledger.in_subjects, made.ledger.in_mixed = 2, 7
    assert where(made) == (
        "What is told: 6 messages are in trends and subjects, 27 are what one or two people say,"
        " 7 are in neither (the end says why)"
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
        "Complained of the most: Theme 1 (1 person)",
        "Asked the most: Theme 3 (3 people); Theme 2 (2)",
        "Praised the most: Theme 4 (4 people)",
    ]
    assert what_most(made) == told
    for form in (as_page(made), printed(made, terminal=False)):
        plain = form.replace("│", " ").replace("<b>", "").replace("</b>", "")
        assert all(line in " ".join(plain.split()) for line in told)
    made.themes = [doing(5, complaint=2, praise=2, other=6)]
    assert what_most(made) == []
    made.themes = [replace(doing(7, complaint=90), subject=True)]
    assert what_most(made) == ["Complained of the most: Theme 7 (7 people)"]


def test_a_kind_that_is_rare_and_a_theme_that_holds_little_are_not_named_at_the_top() -> None:
    praise = replace(theme("trend", 9, "Goodbye", "Nice talk"), intents={"praise": 9}, messages=9, onset=None)
    made = replace(ladder(), themes=[praise])
    for messages, told in ((100, True), (200, False)):
        assert bool(what_most(replace(made, messages=messages))) == told
    others = [replace(praise, id=20, title="Great", intents={"praise": 100}, messages=100)]
    whole = replace(made, themes=[praise, *others], messages=1_801)
    assert what_most(whole) == ["Praised the most: Great (9 people)"]


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
        "Complained of the most: Fault 9 (9 people), and Fault 8 (8); Fault 7 (7), and Fault 6 (6); Fault 5 (5)"
    ]
    wave = Wave(date(2024, 3, 6), (5, 4), 9, 1, before=0.0, after=0.0, over=True)
    assert what_most(replace(made, waves=[wave]))[0].endswith("; Fault 5 (5), and Fault 4 (4)")


def test_of_what_is_praised_it_says_where_others_complain_of_it() -> None:
    def felt(number: int, intent: str, title: str) -> Theme:
        one = theme("trend", number, title, "text")
        return replace(one, intents={intent: number}, messages=number, onset=None, see_also=14 - number)

    def told(praised: str, blamed: str) -> str:
        themes = [felt(9, "complaint", blamed), felt(5, "praise", praised)]
        return what_most(replace(ladder(), themes=themes))[1].partition(" people)")[2]

    assert told("Lovely service", "Service was terrible") == ", but see Service was terrible"
    assert told("Great service", "Horrible customer service") == ", but see Horrible customer service"
    assert told("Oven is great", "Oven trouble") == ", but see Oven trouble"
    for blamed in ("Oven was delayed", "Waited for my oven", "Update the oven", "Lamp trouble", "Terrible"):
        assert told("Great oven", blamed) == ""


def test_of_those_who_speak_of_it_the_top_says_how_many_do_so() -> None:
    def fault(people: int, doers: int, title: str, **more: int) -> Theme:
        one = replace(theme("trend", people, title, "text"), onset=None, messages=people, **more)
        return replace(one, intents={"complaint": doers}, doers={"Complained of the most": doers})

    made = replace(ladder(), themes=[fault(67, 42, "Account trouble"), fault(50, 50, "Can't log in")])
    assert what_most(made) == ["Complained of the most: Can't log in (50 people); Account trouble (42 of 67)"]
    near = replace(made, themes=[fault(67, 42, "Oven trouble"), fault(30, 24, "Lamp trouble", see_also=67)])
    assert what_most(near)[0].endswith("Oven trouble (42 of 67 people), and Lamp trouble (24 of 30)")


def complaints(*sized: tuple[int, str]) -> str:
    """What is complained of the most, of themes of so many people."""
    made = [replace(theme("trend", size, title, "text"), onset=None, messages=size) for size, title in sized]
    made = [replace(one, intents={"complaint": one.messages}) for one in made]
    return (what_most(replace(ladder(), themes=made)) or [""])[0].partition(": ")[2]


def test_a_title_that_says_what_is_wrong_stands_before_one_that_names_a_thing() -> None:
    titles = ("Price of the oven", "Oven trouble", "Order has yet to arrive", "Door won't close")
    many = complaints(*zip((50, 40, 38, 36), titles, strict=True))
    assert many == "Oven trouble (40 people); Order has yet to arrive (38); Door won't close (36)"
    more = complaints(*zip((90, 40, 35, 31), titles, strict=True))
    assert more.startswith("Price of the oven (90 people); Oven trouble (40)")


def test_what_all_customers_do_or_say_of_whatever_is_wrong_is_no_complaint_at_the_top() -> None:
    others = ((40, "Oven trouble"), (9, "Bought the wrong oven"))
    for nothing in ("Bought this oven", "Purchased an oven", "Problems · fixed", "The issue is not resolved"):
        said = complaints((90, nothing), *others)
        assert said == "Oven trouble (40 people); Bought the wrong oven (9)"
    assert complaints((90, "Bought this oven")) == ""


def test_who_requests_something_asks_for_it() -> None:
    def asked(*kinds: str) -> str:
        made = [
            replace(theme("trend", 9 - n, f"Oven {n}", "text"), onset=None, messages=9, intents={kind: 9})
            for n, kind in enumerate(kinds)
        ]
        return what_most(replace(ladder(), themes=made))[0].partition(":")[0]

    assert asked("question", "question") == "Asked the most"
    assert asked("request", "request") == "Asked for the most"
    assert asked("request", "question") == "Asked, or asked for, the most"


def test_what_few_say_does_not_rise_at_the_top_and_is_told_in_people() -> None:
    few = replace(theme("trend", 9, "Stolen lamp", "text"), after=1.4, risen=5)
    made = replace(ladder(), themes=[few])
    assert what_rises(made) == ""
    assert "rising since 6 Mar 2024: 5 of its 9 people" in facts(few, made)
    fewer = replace(made, themes=[replace(few, risen=4)])
    assert not [said for said in facts(fewer.themes[0], fewer) if "rising" in said]
    assert any("Rising" in said for said in legend(made, "bold"))
    assert not any("Rising" in said for said in legend(fewer, "bold"))
    over = replace(made, last=MOMENT + timedelta(days=60))
    assert "rose on 6 Mar 2024: 5 of its 9 people since" in facts(few, over)
    many = replace(few, people=10)
    assert what_rises(replace(made, themes=[many])) == "rising: Stolen lamp (since 6 Mar 2024)"
    assert "rising since 6 Mar 2024, from 4 to 10 people a week" in facts(many, made)


def test_what_rose_together_is_told_with_how_it_ended() -> None:
    made = ladder()
    made.themes = [theme("trend", n, f"Fault {n}", "text") for n in (9, 8)]
    wave = Wave(date(2024, 3, 6), (9, 8), 31, 2, before=3.0, after=4.4, over=True)
    told = "on 6 Mar 2024 “Fault 9” and “Fault 8” rose together: 31 people in 2 days"
    assert what_happened(replace(made, waves=[wave])) == f"What happened: {told}, 4 a day since, 3 before"
    lasting = replace(made, waves=[replace(wave, over=False)])
    assert what_happened(lasting) == f"What happened: {told}, and it goes on as the file ends"
    later = replace(wave, first=date(2024, 5, 1), people=5, before=0.0)
    both = what_happened(replace(made, waves=[wave, later]))
    assert ". And on 1 May 2024 “Fault 9”" in both and both.endswith(", hardly any before")
    assert what_happened(made) == ""
    assert "31 people in 2 days" in " ".join(printed(lasting, terminal=False).replace("│", " ").split())
    assert "31 people in 2 days" in as_page(lasting)
    assert as_json(lasting)["waves"] == [
        {
            "first": "2024-03-06",
            "themes": [9, 8],
            "people": 31,
            "days": 2,
            "before": 3.0,
            "after": 4.4,
            "over": False,
        }
    ]
    many = [theme("trend", n, f"Fault {n}", "text") for n in range(3, 9)]
    crowded = replace(made, themes=many, waves=[replace(wave, themes=tuple(range(3, 9)))])
    assert "“Fault 3”, “Fault 4”, “Fault 5”, “Fault 6” and 2 more rose" in what_happened(crowded)


def test_the_head_says_what_is_bad_before_how_much_is_told() -> None:
    lines = headlines(ladder())
    assert [line.partition(":")[0] for line in lines] == ["Complained of the most", "Rising", "What is told"]


def test_theft_and_fraud_have_a_section_and_are_told_of_themes_of_which_many_tell() -> None:
    made = ladder()
    cards, fees = (
        replace(theme("trend", n, title, "text"), onset=None) for n, title in ((20, "Card"), (9, "Fee"))
    )
    thefts = [Grave(quote(f"My card <b>{n}</b> was stolen", (21, 27)), 20 if n else -1) for n in range(4)]
    made = replace(made, themes=[cards, fees], stolen={20: 4, 7: 2, -1: 3, 9: 1}, thefts=thefts)
    assert what_is_at_stake(made) == "Theft or fraud: told by 10 people"
    text, page = printed(made, terminal=False), as_page(made)
    where = "Where: 1 Card (4) · 2 Fee (1) · no theme (5)"
    assert text.index("Theft or fraud told by 10 people") < text.index(where)
    assert text.index("no theme (5)") < text.index("<b>0</b>") < text.index("Trends 2")
    assert "<b>2</b>" in text and "<b>3</b>" not in text and "and 1 more; --all" in text
    assert "<b>3</b>" in printed(made, terminal=False, everything=True)
    assert "hanne, 5 Mar 2024, in 1 “Card”" in text
    assert where in page and "My card &lt;b&gt;3" in page
    assert page.index("Where: 1 Card (4)") < page.index("and 1 more") < page.index("<h2>Trends")
    named = replace(made, themes=[replace(cards, title="Theft or fraud"), fees])
    assert "Where (in all themes): 1 Theft or fraud (4) · 2 Fee (1)" in printed(named, terminal=False)
    assert "theft or fraud told by 4" in facts(cards, made)
    assert not [said for said in facts(fees, made) if "fraud" in said]
    data = as_json(made)
    assert data["stolen"][2] == {"theme": None, "people": 3}
    assert [one["theme"] for one in data["thefts"]] == [None, 20, 20, 20]
    for few in (replace(made, stolen={20: 2}), replace(made, thefts=[]), ladder()):
        assert what_is_at_stake(few) == ""
        assert "Theft" not in printed(few, terminal=False) + as_page(few)


def test_of_what_is_told_where_two_lost_it() -> None:
    made = replace(ladder(), taken={"card": 12, "bag": 3, "phone": 1})
    assert of_what(made) == "Of what: card 12 · bag 3"
    assert of_what(replace(made, taken={"card": 1})) == ""
    robbed = replace(made, stolen={-1: 15}, thefts=[Grave(quote("My card was stolen"), -1)])
    assert "Of what: card 12 · bag 3" in printed(robbed, terminal=False)
    assert "Of what: card 12 · bag 3" in as_page(robbed)
    assert as_json(robbed)["taken"] == {"card": 12, "bag": 3, "phone": 1}


def test_where_theft_is_told_is_named_until_hardly_anybody_is_left() -> None:
    made = ladder()
    trends = [replace(theme("trend", n, f"Fault {n}", "text"), onset=None) for n in (20, 21, 22)]
    others = [replace(theme("voice", n, f"Voice {n}", "text"), onset=None) for n in (30, 31)]
    made = replace(made, themes=[*trends, *others], mixed=[replace(trends[0], id=40)])
    listed = {20: 1}
    few = replace(made, stolen={20: 60, 21: 37, 22: 2, 30: 1})
    assert where_stolen(few, listed) == "Where: 1 Fault 20 (60) · Fault 21 (37) · elsewhere (3)"
    many = replace(made, stolen={20: 6, 30: 2, 31: 2, 40: 2, -1: 1})
    assert (
        where_stolen(many, listed)
        == "Where: 1 Fault 20 (6) · what one or two say (4) · mixed (2) · no theme (1)"
    )
    assert where_stolen(replace(made, stolen={20: 3}), listed) == "Where: 1 Fault 20 (3)"
    assert where_stolen(replace(made, stolen={-1: 3}), listed) == ""


def test_a_theft_is_told_with_its_theme_also_where_that_is_not_in_the_list() -> None:
    made = ladder()
    card = replace(theme("trend", 20, "Card", "text"), onset=None)
    made = replace(made, themes=[card, replace(theme("voice", 30, "A voice", "text"), onset=None)])
    one, voice = Grave(quote("My card was stolen"), 20), Grave(quote("My bag was stolen"), 30)
    assert grave_by(one, made, {20: 4}).endswith("in 4 “Card”")
    assert grave_by(one, made, {}).endswith("in “Card”")
    assert "“" not in grave_by(voice, made, {})


def test_danger_and_theft_are_told_at_the_top() -> None:
    told = [Grave(quote("I was hurt"), -1)]
    made = replace(ladder(), grave=told, thefts=told, stolen={-1: 3})
    assert what_is_at_stake(made) == "Danger: told by 1 person. Theft or fraud: told by 3 people"


def test_who_leaves_is_told_in_messages_where_several_do_and_urgent_stands_first() -> None:
    def leaving(number: int) -> Ladder:
        one = replace(theme("trend", 9, "Late", "Late"), intents={"complaint": 4, "churn threat": number})
        apart = replace(one, id=30, intents={"churn threat": 1})
        return replace(ladder(), themes=[one], mixed=[apart], grave=[Grave(quote("I was hurt"), -1)])

    told = "Danger: told by 1 person. Leaving: told in 3 messages"
    assert what_is_at_stake(leaving(2)) == headlines(leaving(2))[0] == told
    assert "Leaving" not in what_is_at_stake(leaving(1))
    assert what_is_at_stake(leaving(4)).endswith("Leaving: told in 5 messages, 4 of them in “Late”")


def test_who_leaves_is_quoted_where_several_do() -> None:
    late = replace(theme("trend", 9, "Late", "Late"), intents={"complaint": 4, "churn threat": 5})
    told = [Grave(quote(f"I cancel and leave, number {number}"), late.id) for number in range(5)]
    made = replace(ladder(), themes=[late], leaving=told)
    short, page = printed(made, terminal=False), as_page(made)
    assert "Leaving told in 5 messages" in short and "number 2" in short and "and 2 more; --all" in short
    assert "number 3" not in short and "number 3" in printed(made, terminal=False, everything=True)
    assert "<h2>Leaving</h2>" in page and "number 4" in page
    few = replace(made, themes=[replace(late, intents={"churn threat": 2})])
    assert "number 2" not in printed(few, terminal=False)


def test_what_has_fallen_again_does_not_rise() -> None:
    made = ladder()
    assert made.is_rising(replace(made.themes[0], before=4.0, days=(9, 5, 5)))
    assert not made.is_rising(replace(made.themes[0], before=4.0, days=(9, 4, 4)))
    assert made.is_rising(replace(made.themes[0], before=0.4, after=2.0, days=(1, 0, 0)))


def test_one_message_is_and_several_are() -> None:
    made = ladder()
    made.messages = (
        made.ledger.in_trends + made.ledger.in_subjects + made.ledger.in_patterns + made.ledger.in_voices + 1
    )
    assert "1 is in neither" in where(made)
    made.messages += 1
    assert "2 are in neither" in where(made)
