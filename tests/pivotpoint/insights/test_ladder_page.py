"""The page stands alone, escapes what people wrote, and shows the words that decided."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from rich.console import Console

from pivotpoint.insights.ladder.as_json import as_json
from pivotpoint.insights.ladder.as_page import as_page
from pivotpoint.insights.ladder.as_text import show
from pivotpoint.insights.ladder.cut import cut, numbers
from pivotpoint.insights.ladder.ladder import Grave, Ledger, Said, Theme, Wider
from pivotpoint.insights.ladder.quoted import pieces
from pivotpoint.insights.ladder.rest import EVERY_ROW, places
from pivotpoint.insights.ladder.words import beside, facts, legend, said_of
from tests.pivotpoint.insights.made_ladder import MOMENT, ladder, printed, quote, subject, theme


def test_the_page_loads_nothing_and_escapes_what_people_wrote() -> None:
    page = as_page(ladder())
    assert "<script>alert" not in page
    assert "Refund &lt;not&gt; received" in page
    assert "<mark>Refund</mark>" in page
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)
    assert "@import" not in page
    assert "light-dark(" in page


def test_the_page_shows_every_rung_and_the_sum() -> None:
    page = as_page(ladder())
    assert all(word in page for word in ("Trends", "Patterns", "Voices", "rows read", "Not about us"))
    assert "rising since 6 Mar 2024, from 0.5 to 12 people a day" in page
    assert page.count('class="spark"') == 14


def test_talk_is_listed_by_its_title_and_may_rise_as_well() -> None:
    """A storm may begin with wishes."""
    apart = replace(ladder(), talk=[theme("trend", 30, "Pumpkins", "We carve pumpkins")])
    apart.ledger.in_talk = 31
    out = StringIO()
    show(apart, Console(file=out, width=100, highlight=False))
    assert "only talk" in out.getvalue() and "Pumpkins (30)" in out.getvalue()
    assert "Pumpkins (since 6 Mar 2024)" in out.getvalue()
    assert "We carve pumpkins" not in out.getvalue()
    assert "Pumpkins" in as_page(apart)


def test_what_is_less_sure_is_listed_below_the_rungs_and_may_rise() -> None:
    apart = replace(ladder(), unsure=[theme("trend", 9, "Cost rate", "What is the rate?")])
    apart.ledger.in_unsure = 10
    out = StringIO()
    show(apart, Console(file=out, width=100, highlight=False))
    text = out.getvalue()
    assert text.index("Voices") < text.index("less sure") < text.index("Cost rate (9)")
    assert "s the rate?" in printed(apart, terminal=False, everything=True)
    assert "What is the rate?" not in text and "Cost rate (since 6 Mar 2024)" in text
    assert "Cost rate" in as_page(apart)
    assert [one["title"] for one in as_json(apart)["unsure"]] == ["Cost rate"]


def test_what_grew_with_the_whole_file_says_so() -> None:
    grown = replace(ladder(), themes=[replace(one, usual=4.2) for one in ladder().themes])
    assert "from 0.5 to 12 people a day (4 had it grown like all the rest)" in as_page(grown)
    for usual in (0.6, 2.9):
        little = replace(ladder(), themes=[replace(one, usual=usual) for one in ladder().themes])
        assert "all the rest" not in as_page(little)
    few = [replace(one, after=9.0, usual=2.9) for one in ladder().themes]
    assert "all the rest" not in as_page(replace(ladder(), themes=few))


@pytest.mark.parametrize(
    ("lasted", "said"),
    [
        (1, "rose on 6 Mar 2024 alone, from 0.5 to 12 people</"),
        (2, "rose on 6 Mar 2024 for 2 days, from 0.5 to 12 people a day"),
    ],
)
def test_what_was_over_within_days_says_so(lasted: int, said: str) -> None:
    over = replace(ladder(), last=MOMENT + timedelta(days=5))
    page = as_page(replace(over, themes=[replace(one, lasted=lasted) for one in over.themes]))
    assert said in page
    assert "Rising:" not in page


def test_what_rose_long_before_the_end_does_not_rise_any_more() -> None:
    over = replace(ladder(), last=MOMENT + timedelta(days=8))
    page = as_page(over)
    assert "rose on 6 Mar 2024, from 0.5 to 12 people a day in that week" in page
    assert "Rising:" not in page
    assert "rising since" not in page


def test_of_voices_a_few_are_shown_unless_all_are_wanted() -> None:
    assert "and 9 more, of 1 person each; --all shows every one." in printed(terminal=False)
    assert "Screws 3 missing" not in printed(terminal=False)
    assert "*Screws* 11 missing" in printed(terminal=False, everything=True)
    page = as_page(ladder())
    assert page.index("</mark> 2 missing") < page.index("and 9 more, of 1 person each")
    assert page.index("and 9 more, of 1 person each") < page.index("</mark> 3 missing")


def test_of_what_few_say_stands_first_who_threatens_to_leave_and_nothing_of_who_wants_nothing() -> None:
    def voice(number: int, intent: str, sure: float) -> Theme:
        one = replace(theme("voice", 1, f"Voice {number}", f"Screw {number} is missing"), id=number)
        return replace(one, intents={intent: 1}, sure=sure)

    told = [voice(2, "praise", 0.9), voice(3, "complaint", 0.7), voice(4, "complaint", 0.4)]
    made = replace(ladder(), themes=[*told, voice(5, "request", 0.8), voice(6, "churn threat", 0.6)])
    shown = cut("voice", made)
    assert [one.id for one in shown.briefly] == [6, 5, 3]
    assert [one.id for one in shown.rest] == [2, 4]
    marks = replace(voice(7, "request", 0.9), title="?")
    assert marks.id not in [
        one.id for one in cut("voice", replace(made, themes=[*made.themes, marks])).briefly
    ]
    few = cut("voice", replace(made, themes=told))
    assert [one.id for one in few.briefly] == [2, 3, 4]
    nobody = [voice(n, "other", 0.9) for n in range(5)]
    assert [one.id for one in cut("voice", replace(made, themes=nobody)).briefly] == [0, 1, 2]


def test_no_voice_is_shown_that_says_the_title_of_a_trend() -> None:
    said = [
        "Your videos still won't play!",
        "The video is too dark",
        "A great oven it is not",
        "My oven hums",
    ]
    voices = [
        replace(theme("voice", 1, text, text), id=number, intents={"complaint": 1})
        for number, text in enumerate(said)
    ]
    trends = [theme("trend", 30, "Video won't play", "text"), theme("trend", 20, "Great oven", "text")]
    shown = cut("voice", replace(ladder(), themes=[*trends, *voices]))
    assert {one.title for one in shown.briefly} == {"The video is too dark", "My oven hums"}


def test_of_voices_those_stand_first_that_say_what_they_are_about() -> None:
    def voice(number: int, said: str, intent: str = "complaint") -> Theme:
        one = replace(theme("voice", 1, f"Voice {number}", said), id=number, sure=1 - number / 100)
        return replace(one, intents={intent: 1})

    told = [
        voice(1, "please change it soon"),
        voice(2, "My refund for the broken ticket machine is missing"),
        voice(3, "My refund for the broken ticket machine is missing. " + "And so it went on and on. " * 8),
        voice(4, "I am done with you", "churn threat"),
    ]
    shown = cut("voice", replace(ladder(), themes=told)).briefly
    assert [one.id for one in shown] == [4, 2, 1, 3]


def test_of_complaints_that_no_word_holds_some_are_quoted_and_of_few_none() -> None:
    said = tuple(quote(f"The refund {number} is missing") for number in range(7))
    group = replace(theme("trend", 30, "Complaints of all kinds", ""), quotes=said, onset=None)
    praise = replace(group, title="Praise", intents={"praise": 9})
    line = "Complaints of all kinds told by 30 people"
    for mixed, is_told in (([praise, group], True), ([replace(group, people=9)], False), ([praise], False)):
        short = printed(replace(ladder(), mixed=mixed), terminal=False)
        assert (line in short) == ("refund 4 is missing" in short) == is_told
        assert "refund 5 is missing" not in short
    whole = replace(ladder(), mixed=[group])
    assert "refund 6 is missing" in printed(whole, terminal=False, everything=True)
    assert '<span class="push">told by 30 people</span>' in as_page(
        whole
    ) and "and 2 more of them" in as_page(whole)


def test_where_no_pattern_says_enough_it_is_said_how_many_there_are() -> None:
    vague = replace(theme("pattern", 2, "Past", "Past"), onset=None)
    made = replace(ladder(), themes=[vague])
    for form in (printed(made, terminal=False), as_page(made)):
        assert "1 too vague to be shown by themselves, of 2 people each" in form


def test_no_pattern_is_shown_whose_title_tells_nothing() -> None:
    titles = [
        "?",
        "X",
        "Upset and angry",
        "This is terrible",
        "New",
        "Terrible oven",
        "Declined",
        "Refuse to pay",
    ]
    patterns = [replace(theme("pattern", 2, one, one), id=number) for number, one in enumerate(titles)]
    shown = cut("pattern", replace(ladder(), themes=patterns))
    assert [one.title for one in shown.briefly] == ["Terrible oven", "Declined", "Refuse to pay"]


def test_a_title_of_a_pattern_that_is_somewhat_longer_has_one_line() -> None:
    long = theme("pattern", 2, "Why is there so much publicity ?", "Why so much publicity")
    lines = printed(replace(ladder(), themes=[long]), terminal=False).splitlines()
    assert not [line for line in lines if line.strip() == "?"]


def test_a_pattern_is_a_line_with_one_who_says_it() -> None:
    (line,) = [line for line in printed(terminal=False).splitlines() if line.startswith("Calendar crashes")]
    assert line.strip() == "Calendar crashes  “*Calend*ar crashes again”"


def test_of_many_trends_the_largest_and_what_rises_are_told_others_named_and_the_last_counted() -> None:
    many = [
        replace(theme("trend", 90 - n, f"Matter {n} here", f"Textof {n} said"), onset=None) for n in range(60)
    ]
    many[20] = replace(many[20], onset=date(2024, 3, 6))
    made = replace(ladder(), themes=many)
    text = printed(made, terminal=False)
    facts_of = "81 people \\(900%\\) · 82 messages"
    assert re.search(rf"^ 10 Matter 9 here +\n +{facts_of}", text, re.MULTILINE)
    assert re.search(r"^ 11 Matter 20 here +\n +70 people", text, re.MULTILINE)
    assert re.search(r"^ 12 Matter 10 here  80 · complaints *\n +“\*Textof\* 10 said”", text, re.MULTILINE)
    assert "*Textof* 25 said" in text and "*Textof* 26 said" not in text
    assert "Matter 39 here" in text and "Matter 40 here" not in text
    assert "and 20 more, of 31 to 50 people each; --all shows every one." in text
    assert "*Textof* 59 said" in printed(made, terminal=False, everything=True)
    page = as_page(made)
    assert page.index("Matter 39 here") < page.index("and 20 more, of") < page.index("Matter 59 here")


def test_crumbs_behind_the_first_trends_are_counted_and_not_named() -> None:
    sizes = [*range(20, 9, -1), 4, 3]
    many = [replace(theme("trend", size, f"Matter {size}", "Text"), onset=None) for size in sizes]
    shown = cut("trend", replace(ladder(), themes=many))
    assert [len(part) for part in (shown.whole, shown.briefly, shown.rest)] == [10, 1, 2]
    assert shown.more(ladder()) == "2 more, of 3 to 4 people each"


def test_a_trend_of_theft_is_shown_whatever_its_size() -> None:
    sizes = [*range(80, 29, -1), 4]
    many = [replace(theme("trend", size, f"Matter {size}", "Text"), onset=None) for size in sizes]
    ids = {one.people: one.id for one in many}
    shown = cut("trend", replace(ladder(), themes=many, stolen={ids[4]: 3, ids[30]: 15, ids[31]: 16}))
    assert [one.people for one in shown.whole] == [*range(80, 70, -1), 31, 4]
    assert len(shown.briefly) == 28


def test_what_few_want_is_told_only_where_the_reader_is_sure_of_each() -> None:
    pair = replace(theme("pattern", 2, "Safety", "Safety"), intents={"praise": 2}, sure=0.5)
    assert "praise" not in facts(pair, ladder())
    assert "praise" in facts(replace(pair, sure=0.7), ladder())
    half = replace(pair, intents={"praise": 1, "other": 1})
    assert "partly praise" not in facts(replace(half, sure=0.7), ladder())
    assert "partly praise" in facts(replace(half, sure=1.0), ladder())


def test_the_sum_says_what_is_in_each_place_and_each_reason_once() -> None:
    groups = [replace(theme("trend", 9 - n, f"Group {n}", "Text"), id=n, messages=9 - n) for n in range(5)]
    crowded = replace(groups[0], messages=57)
    ledger = Ledger(rows=99, in_trends=4, in_mixed=35, in_talk=57, not_about_us=10, vague=1, set_aside=7)
    mixed_up = [
        ("advertisement", quote("Buy")),
        ("small talk", quote("Hello")),
        ("advertisement", quote("Now")),
    ]
    made = replace(
        ladder(),
        ledger=ledger,
        mixed=groups,
        talk=[crowded],
        elsewhere=mixed_up,
        not_about_us={"advertisement": 5, "small talk": 5},
    )
    told = {place: remark for place, _, remark in places(made)}
    assert told["mixed"].endswith("Group 0 (9), Group 1 (8), Group 2 (7) and 2 more")
    assert told["only talk"].endswith(": Group 0 (57 messages of 9 people)")
    assert told["in trends"] == "1 trend"
    assert EVERY_ROW in " ".join(printed(made, terminal=False).split()) and EVERY_ROW in as_page(made)
    assert told["not about us"] == "advertisement 5, small talk 5"
    assert "--where" in told["not asked for"]
    for form in (printed(made, terminal=False, everything=True), as_page(made)):
        assert len(re.findall(r"advertisement: 5|<h3>Advertisement", form)) == 1
    assert as_page(made).count("Group 0 (9)") == 2


def test_deciding_words_are_bold_on_a_terminal_and_starred_elsewhere() -> None:
    assert "\x1b[1;4mRefund" in printed(terminal=True)
    plain = printed(terminal=False)
    assert "\x1b" not in plain
    assert "*Refund*" in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_danger_to_somebody_stands_before_the_trends_all_of_it_and_with_its_words_marked() -> None:
    """Never behind a switch: who was hurt may be the last of many."""
    told = [Grave(quote(f"I was hurt <b>{n}</b>", (2, 10)), 3 if n else 100) for n in range(60)]
    whole = replace(ladder(), grave=told)
    page, text = as_page(whole), printed(whole, terminal=False)
    assert page.index("one voice is enough") < page.index("<h2>Trends</h2>")
    assert page.count("<mark>was hurt</mark>") == text.count("*was hurt*") == 60
    assert text.index("Danger 60 · somebody was harmed") < text.index("Trends 1")
    assert "hanne, 5 Mar 2024, in 1 “Refund &lt;not&gt; received”" in page
    assert "hanne, 5 Mar 2024, in 1 “Refund <not> received”" in text
    assert "Voice 0" not in text[: text.index("Trends 1")]
    assert as_json(whole)["grave"][1] == {
        "text": "I was hurt <b>1</b>",
        "author": "hanne",
        "time": "2024-03-05T14:30:00Z",
        "words": [[2, 10]],
        "theme": 3,
    }


def test_where_many_tell_of_danger_each_is_told_shortly() -> None:
    long = quote(f"I was hurt. {'It was so. ' * 30}", (2, 10))
    for number, letters in ((10, 200), (11, 140)):
        made = replace(ladder(), grave=[Grave(long, -1)] * number)
        text = printed(made, terminal=False)
        first = text[text.index("“I *was") : text.index("”", text.index("“I *was"))]
        assert letters - 40 < len(" ".join(first.split())) < letters + 20


def test_without_danger_nothing_is_said_of_it() -> None:
    assert "Danger" not in as_page(ladder()) + printed(terminal=False)


def test_a_long_quote_is_cut_around_what_decided() -> None:
    text = "word " * 100 + "refund missing " + "word " * 100
    found = pieces(quote(text, (500, 506)), 200)
    assert ("refund", True) in found
    assert found[0] == found[-1] == ("…", False)
    assert sum(len(piece) for piece, _ in found) < 220


def test_a_theme_of_several_matters_says_how_many_say_each() -> None:
    several = replace(
        theme("trend", 9, "Kettle", "My kettle"),
        several=True,
        said=(Said("Return a <b>kettle</b>", 4, 5), Said("Kettle leaks", 3, 3)),
    )
    whole = replace(ladder(), themes=[several])
    page, data = as_page(whole), as_json(whole)["themes"][0]
    assert "Said of it: Return a &lt;b&gt;kettle&lt;/b&gt; (4) · Kettle leaks (3)" in page
    assert data["several"] is True
    assert data["said"][0] == {"title": "Return a <b>kettle</b>", "people": 4, "messages": 5}
    out = StringIO()
    show(whole, Console(file=out, width=80, highlight=False))
    assert "Said of it: Return a <b>kettle</b> (4) · Kettle leaks (3)" in out.getvalue()
    assert "Kettle leaks (3)" in as_page(replace(whole, authors_known=False))


def test_a_theme_of_one_matter_says_nothing_of_it() -> None:
    assert "Said of it" not in as_page(ladder()) + printed(terminal=False)


def test_the_keys_of_the_json_are_the_promised_ones() -> None:
    data = as_json(ladder())
    assert list(data) == [
        *("messages", "people", "rejected", "not_about_us", "themes", "ledger", "seconds"),
        *("messages_per_second", "notes", "wider", "mixed", "unsure", "talk", "grave", "stolen"),
        *("taken", "thefts", "leaving", "waves", "by", "houses"),
    ]
    assert list(data["themes"][0]) == [
        *(
            "id",
            "title",
            "rung",
            "people",
            "messages",
            "negative_share",
            "intents",
            "function",
            "first_seen",
            "onset",
        ),
        *("keywords", "quotes", "copied", "copies", "several", "subject", "said", "titled", "see_also"),
        *("part_of", "to", "to_people", "to_share", "to_times", "firms", "houses", "number"),
    ]
    assert data["themes"][0]["onset"] == "2024-03-06"
    assert data["themes"][0]["first_seen"] == "2024-03-05T14:30:00Z"


def test_praise_and_remarks_concern_no_function() -> None:
    upset = theme("trend", 3, "Refund not received", "Refund missing")
    pleased = replace(upset, intents={"praise": 3, "other": 1, "complaint": 1})
    assert "Finance" in facts(upset, ladder())
    assert "Finance" not in facts(pleased, ladder())
    assert "mostly complaints" in facts(upset, ladder())
    assert "mostly praise" in facts(pleased, ladder())


def test_when_it_was_first_seen_is_told_only_where_it_was_not_there_before() -> None:
    old = theme("trend", 3, "Refund not received", "Refund missing")
    assert not [fact for fact in facts(old, ladder()) if fact.startswith("first seen")]
    assert "first seen 5 Mar 2024" in facts(replace(old, new=True), ladder())


def test_what_is_told_of_a_thing_says_that_it_is_not_all() -> None:
    some = replace(
        theme("trend", 9, "Card", "Card"), said=(Said("Lost", 3, 3), Said("Blocked", 1, 1)), untold=5
    )
    assert said_of(some, ladder()) == "Some of it: Lost (3) · Blocked (1)"
    all_of_it = replace(some, said=(Said("Lost", 9, 9),), untold=0)
    assert said_of(all_of_it, ladder()) == "Said of it: Lost (9)"


def test_what_hardly_anybody_says_of_a_thing_is_not_told() -> None:
    some = replace(theme("trend", 61, "Card", "Card"), said=(Said("Lost", 9, 9), Said("Blocked", 3, 3)))
    assert said_of(some, ladder()) == "Some of it: Lost (9)"
    assert said_of(replace(some, said=some.said[1:], titled=50), ladder()) == ""


def test_who_says_just_what_the_title_says_is_told_first() -> None:
    some = replace(theme("trend", 9, "Card", "Card"), said=(Said("Lost", 3, 3),), titled=4, untold=2)
    assert said_of(some, ladder()) == "Some of it: just this (4) · Lost (3)"
    assert said_of(replace(some, said=()), ladder()) == ""
    assert any("“Just this”" in line for line in legend(replace(ladder(), themes=[some]), ""))


def test_a_theme_names_the_one_beside_it_by_its_number() -> None:
    one, other = theme("trend", 5, "Card", "Card"), subject(4, "Debit card")
    pair = replace(ladder(), themes=[replace(one, see_also=other.id), other])
    assert beside(pair.themes[0], pair, numbers(pair)) == "See also: 2 Debit card"
    assert beside(other, pair, numbers(pair)) == ""
    assert "See also: 2 Debit card" in printed(pair, terminal=False)
    assert "See also: 2 Debit card" in as_page(pair)
    assert [(one["see_also"], one["number"]) for one in as_json(pair)["themes"]] == [(other.id, 1), (None, 2)]
    gone = replace(pair, themes=[pair.themes[0]])
    assert "See also:" not in printed(gone, terminal=False)


def test_what_is_not_in_the_list_is_not_named_beside_another() -> None:
    sizes = [*range(20, 10, -1), 4]
    many = [replace(theme("trend", size, f"Matter {size}", "Text"), onset=None) for size in sizes]
    many[0] = replace(many[0], see_also=4)
    made = replace(ladder(), themes=many)
    assert "See also:" not in printed(made, terminal=False)
    assert "See also: 11 Matter 4" in printed(made, terminal=False, everything=True)


def test_numbers_follow_the_order_of_the_print() -> None:
    many = [replace(theme("trend", 90 - n, f"Matter {n}", "Text"), onset=None) for n in range(14)]
    many[12] = replace(many[12], onset=date(2024, 3, 6))
    made = replace(ladder(), themes=[*many, subject(5, "Sofa")])
    for everything in (False, True):
        text = printed(made, terminal=False, everything=everything)
        shown = [int(number) for number in re.findall(r"^ +(\d+) (?:Matter|Sofa)", text, re.MULTILINE)]
        assert shown == list(range(1, 16))
    assert "11 Matter 12" in text and '<span class="faint">11</span> Matter 12' in as_page(made)


def test_a_subject_is_told_in_full_where_something_is_told_of_it_and_always_with_a_quote() -> None:
    told = replace(subject(4, "Email"), said=(Said("Wrong email", 3, 3),))
    mute = [replace(subject(n, f"Thing {n}"), intents={"other": n}) for n in range(9, 5, -1)]
    made = replace(ladder(), themes=[*mute, told])
    shown = cut("subject", made)
    assert [theme.title for theme in shown.whole] == ["Email"]
    assert [theme.title for theme in shown.briefly] == ["Thing 9", "Thing 8", "Thing 7", "Thing 6"]
    text = printed(made, terminal=False)
    assert '<p class="m glance">“Thing 9 is missing”</p>' in as_page(made)
    assert text.index("*Email *is") < text.index("2 Thing 9") < text.index("*Thing *9 is missing")


def test_where_nobody_is_known_by_name_it_says_messages_everywhere() -> None:
    several = replace(ladder().themes[0], said=(Said("Lost", 3, 3),))
    wider = Wider(1, "Refunds", 4, 5, (several.id,))
    nobody = replace(ladder(), authors_known=False, themes=[several], wider=[wider])
    page = as_page(nobody)
    for text in (printed(nobody, terminal=False), page[page.index("<body>") :]):
        assert "three messages or more" in text and "from 0.5 to 12 messages a day" in " ".join(text.split())
        said = text.replace("What people say", "").replace("of people;", "")
        assert not re.search(r"\b(?:people|person)\b", said)
    assert as_json(nobody)["people"] == 9


def test_each_rung_says_what_can_be_done_with_it_and_the_marks_are_explained_at_the_end() -> None:
    for text in (printed(terminal=False), as_page(ladder())):
        assert text.index("Enough to act on") < text.index("Too few to act on") < text.index("rows read")
        assert (
            text.index("rows read") < text.index("How to read it") < text.index("since that day more people")
        )
    assert len(legend(replace(ladder(), masked=True), "bold")) == 6
    assert not any("Rising" in said for said in legend(replace(ladder(), themes=[]), "bold"))


def test_remarks_are_not_told_because_they_want_nothing() -> None:
    talk = replace(ladder().themes[0], intents={"other": 5})
    assert not [said for said in facts(talk, ladder()) if "remarks" in said]


def test_a_long_quote_ends_with_a_sentence_or_a_clause() -> None:
    text = f"{'It was so. ' * 12}The refund is missing, as it was before, said Bo. " + "and on we go " * 20
    place = text.index("refund")
    shown = "".join(piece for piece, _ in pieces(quote(text, (place, place + 6)), 120))
    assert shown == "…The refund is missing, as it was before, said Bo. …"
    clauses = "no point in it, " * 40
    cut = "".join(piece for piece, _ in pieces(quote(clauses, (0, 2)), 120))
    assert cut == "no point in it, " * 7 + "…"


def test_what_decided_at_the_end_is_shown_with_what_stands_before_it() -> None:
    text = "I have a flight out of Birmingham tomorrow night and may I please take an earlier one because of the expected snow?"
    shown = "".join(piece for piece, _ in pieces(quote(text, (110, 114)), 100))
    assert shown.startswith("…") and shown.endswith("an earlier one because of the expected snow?")
    last = f"{'It was so and so. ' * 8}They lost my sofa, and I was at home. I want a refund"
    place = last.index("refund")
    shown = "".join(piece for piece, _ in pieces(quote(last, (place, place + 6)), 100))
    assert shown == "…They lost my sofa, and I was at home. I want a refund"


def test_a_link_at_the_end_takes_no_room_from_what_is_said() -> None:
    said, link = (
        "They never approved it, and nobody answers me. Please look at my channel.",
        "https://v.example/",
    )
    text = f"{said} {link}{'x' * 60}"
    place = text.index("channel")
    shown = "".join(piece for piece, _ in pieces(quote(text, (place, place + 7)), 100))
    assert shown == f"{said} …"
    alone = "".join(piece for piece, _ in pieces(quote(link + "x" * 120), 100))
    assert alone.startswith(link)


def test_the_bars_of_the_report_have_the_colours_of_the_product() -> None:
    page = as_page(
        replace(ladder(), themes=[replace(theme("trend", 9, "Kettle", "My kettle"), days=(1, 0, 3))])
    )
    assert "<rect" in page
    assert re.search(r"\.spark \{[^}]*rect\) \{ fill: var\(--track\)", page)


def test_trends_that_only_name_what_they_are_about_stand_behind_the_others() -> None:
    made = ladder()
    others = [replace(one, onset=None) for one in made.themes]
    made.themes = [subject(8, "Email"), subject(5, "Sofa"), *others]
    show(made, Console(file=(out := StringIO()), width=120))
    for whole in (out.getvalue(), as_page(made)):
        assert "4 of 20 messages" in whole[: whole.index("Enough to act on")]
        form = whole[whole.index("Enough to act on") :]
        places = [
            form.index(word)
            for word in (" received", "Subjects", "15 of 20 messages", "Email", "Sofa", "Calendar crashes")
        ]
        assert places == sorted(places)
        assert form.count("only names the subject") == 1
    assert [one["title"] for one in as_json(made)["themes"] if one["subject"]] == ["Email", "Sofa"]
    show(ladder(), Console(file=(out := StringIO()), width=120))
    assert "Subjects" not in out.getvalue() + as_page(ladder())


def test_a_trend_says_its_share_of_everybody_where_it_is_one_in_a_hundred() -> None:
    made = ladder()
    large, small = theme("trend", 3, "Refund", "Refund"), theme("pattern", 2, "Sofa", "Sofa")
    assert facts(large, made)[0] == "3 people (33%)"
    assert facts(small, made)[0] == "2 people"
    made.people = 1_000
    assert facts(large, made)[0] == "3 people"
    made.people, made.authors_known = 12, False
    assert facts(large, made)[0] == "4 messages (25%)"


def test_a_wider_theme_says_what_is_done_in_it_and_names_its_largest_themes() -> None:
    inside = [replace(theme("trend", 20 - n, f"Bag {n}", "Bag"), onset=None) for n in range(8)]
    wider = [Wider(n, f"Bags {n}", 90, 99, tuple(one.id for one in inside)) for n in range(11)]
    made = replace(ladder(), themes=inside, wider=wider)
    text = " ".join(printed(made, terminal=False).split())
    assert (
        "Bags 0 90 people · complaints 1 Bag 0, 2 Bag 1, 3 Bag 2, 4 Bag 3, 5 Bag 4, 6 Bag 5 and 2 more"
        in text
    )
    assert "Bags 10" not in text and "and 1 more; --all shows every one." in text
    assert "Bags 10" in printed(made, terminal=False, everything=True)
    assert text.index("Wider themes") < text.index("Patterns")
    page = as_page(made)
    assert "90 people · complaints" in page and page.index("Wider themes") < page.index("<h2>Patterns")


def test_a_wider_theme_of_complaints_and_praise_counts_each() -> None:
    upset = replace(theme("trend", 9, "Terrible service", "Text"), onset=None)
    pleased = replace(theme("trend", 5, "Great service", "Text"), onset=None, intents={"praise": 5})
    made = replace(ladder(), themes=[upset, pleased], wider=[Wider(1, "Service", 13, 15, (9, 5))])
    for form in (" ".join(printed(made, terminal=False).split()), as_page(made)):
        assert "13 people · 9 complain, 5 praise" in form
    doers = [
        replace(one, doers={called: 4})
        for one, called in ((upset, "Complained of the most"), (pleased, "Praised the most"))
    ]
    assert "13 people · 4 complain, 4 praise" in as_page(replace(made, themes=doers))
    alike = replace(made, themes=[upset, replace(pleased, intents={"complaint": 5})])
    assert "13 people · complaints" in as_page(alike)
