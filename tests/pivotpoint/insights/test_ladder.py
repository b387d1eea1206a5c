"""A file of feedback becomes a ladder of people, and every row of it is somewhere."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pivotpoint.channels.tables import BadTable, Reject, guess_columns, open_table
from pivotpoint.insights.ladder import Ladder, climb, hear
from pivotpoint.insights.ladder.as_json import as_json
from pivotpoint.insights.ladder.as_page import as_page
from pivotpoint.insights.ladder.ladder import Ledger, LedgerDoesNotBalance
from pivotpoint.insights.ladder.name import ALL_ONE
from pivotpoint.insights.ladder.words import facts, means
from tests.textanalytics.naming.belonging.test_mixed import ANYTHING
from tests.textanalytics.naming.belonging.test_wider import ALONE, INVOICES, PARCELS
from textanalytics.naming.choosing.titles import Title
from textanalytics.reading.reading import Reader

STORY = [
    ("hanne", "My refund has not arrived, I returned the sofa four weeks ago"),
    ("bo", "Still waiting for my refund, four weeks after the sofa went back"),
    ("ines", "No refund for the returned sofa after a whole month"),
    ("hanne", "Where is the refund for my sofa? It was returned weeks ago"),
    ("joris", "The app crashes when I open the delivery calendar"),
    ("samir", "Delivery calendar in the app crashes every time I open it"),
    ("pia", "A screw is missing in the box of the shelf"),
    ("pia", "thanks"),
    ("tomek", ""),
]


def ladder_of(folder: Path, rows: Sequence[Sequence[str]], header: str = "author,text") -> Ladder:
    path = folder / "feedback.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header.split(","), *rows])
    table = open_table(path)
    columns, notes = guess_columns(table, table.sample())
    return climb(hear(table, columns), source=path.name, notes=notes)


def test_three_people_are_a_trend_two_a_pattern_and_one_a_voice(tmp_path: Path) -> None:
    ladder = ladder_of(tmp_path, STORY)
    trend, pattern = ladder.on("trend")[0], ladder.on("pattern")[0]
    assert (trend.people, trend.messages) == (3, 4)
    assert "refund" in trend.title.lower() or "sofa" in trend.title.lower()
    assert pattern.people == 2
    assert "calendar" in pattern.title.lower() or "crash" in pattern.title.lower()
    assert any("screw" in quote.text for theme in ladder.on("voice") for quote in theme.quotes)
    assert len({quote.author for quote in trend.quotes}) == 3


def test_every_row_is_in_one_place(tmp_path: Path) -> None:
    ledger = ladder_of(tmp_path, STORY).ledger
    assert ledger.rows == len(STORY) == sum(ledger.places().values())
    assert ledger.rejected == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["hanne", "bo", ""]),
            st.one_of(st.sampled_from([text for _, text in STORY]), st.text(max_size=60)),
            st.sampled_from("12345"),
        ),
        min_size=1,
        max_size=15,
    )
)
def test_the_ledger_sums_whatever_is_in_the_file(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    rows = [tuple(cell.replace("\0", "") for cell in row) for row in rows]
    try:
        ladder = ladder_of(tmp_path, rows, "author,text,id")
    except BadTable:
        return
    assert ladder.ledger.rows == sum(ladder.ledger.places().values())
    assert sum(theme.messages for theme in ladder.themes) <= ladder.messages


def test_a_row_that_went_missing_is_our_mistake() -> None:
    with pytest.raises(LedgerDoesNotBalance, match="3 rows were read, and 2 are accounted for"):
        Ledger(rows=3, in_trends=2).check()


def test_without_an_author_column_each_message_is_a_person_and_this_is_said(tmp_path: Path) -> None:
    ladder = ladder_of(tmp_path, [[text] for _, text in STORY[:4]], "text")
    assert ladder.people == 4
    assert any("counts as its own person" in note for note in ladder.notes)


def test_the_same_id_twice_is_one_message(tmp_path: Path) -> None:
    rows = [
        *((str(n), *row) for n, row in enumerate(STORY[:7])),
        ("0", "bo", "another text"),
        ("0", "bo", "third"),
    ]
    ladder = ladder_of(tmp_path, [*rows, *((f"x{n}", *STORY[0]) for n in range(20))], "id,author,text")
    assert ladder.ledger.duplicates == 2
    assert ladder.messages == 27


def test_conditions_set_rows_aside_and_say_when_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("inbound,text\nTRUE,the parcel is late\nfalse,we are sorry\n")
    table = open_table(path)
    columns, _ = guess_columns(table, table.sample())
    assert hear(table, columns, where=["inbound=true"]).ledger.set_aside == 1
    with pytest.raises(BadTable, match="No row of a.csv matches inbound=maybe"):
        hear(table, columns, where=["inbound=maybe"])
    with pytest.raises(BadTable, match="did you mean inbound"):
        hear(table, columns, where=["inbond=true"])


def test_rejects_are_handed_on_with_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("author,text\nbo,the parcel is late\nbo\nbo,\n")
    table = open_table(path)
    columns, _ = guess_columns(table, table.sample())
    refused: list[Reject] = []
    heard = hear(table, columns, reject=refused.append)
    assert [reject.number for reject in refused] == [3, 4]
    assert heard.reject_reasons["no text"] == 1


def test_the_words_that_decided_lie_inside_the_quote(tmp_path: Path) -> None:
    for theme in ladder_of(tmp_path, STORY).themes:
        for quote in theme.quotes:
            assert all(0 <= start < end <= len(quote.text) for start, end in quote.words)


def test_one_voice_of_danger_is_told_once_the_latest_first_and_a_threat_to_sue_is_not(tmp_path: Path) -> None:
    rows = [
        ("bo", "2024-03-01", "Your driver assaulted me at the door"),
        ("ines", "2024-03-02", "I bit on a piece of glass in your muffin"),
        ("bo", "2024-03-03", "Your driver assaulted me at the door"),
        ("bo", "2024-03-04", "As I said, I was assaulted by the driver"),
        ("ole", "2024-03-04", "Your driver assaulted me at the door"),
        ("pia", "2024-03-04", "I am going to sue you"),
        *((name, "2024-03-05", text) for name, text in STORY[:6]),
    ]
    found = ladder_of(tmp_path, rows, "author,time,text").grave
    assert [one.quote.author for one in found] == ["ines", "bo"]
    assert [one.quote.text[slice(*one.quote.words[0])] for one in found] == [
        "bit on a piece of glass",
        "driver assaulted me",
    ]


def test_the_same_file_gives_the_same_ladder(tmp_path: Path) -> None:
    one, two = as_json(ladder_of(tmp_path, STORY)), as_json(ladder_of(tmp_path, STORY))
    assert one == two


def test_an_onset_is_the_day_on_which_people_began(tmp_path: Path) -> None:
    rows = [(f"p{n}", f"2024-03-{1 + n % 20:02}", f"question {n} about lamps and shelves") for n in range(60)]
    rows += [(f"q{n}", "2024-03-18", f"refund for my sofa never arrived, week {n}") for n in range(12)]
    ladder = ladder_of(tmp_path, rows, "author,date,text")
    refund = next(theme for theme in ladder.themes if any("refund" in quote.text for quote in theme.quotes))
    assert refund.onset is not None
    assert refund.onset.isoformat() == "2024-03-18"
    assert refund.risen == refund.people == 12


def test_where_days_tell_nothing_no_onset_is_told(tmp_path: Path) -> None:
    """Most rows without a day; and a few messages a week over years."""
    late = [(f"q{n}", "2024-03-18", f"refund for my sofa never arrived, week {n}") for n in range(12)]
    other = [
        (f"p{n}", f"2024-03-{1 + n % 20:02}", f"question {n} about lamps and shelves") for n in range(60)
    ]
    undated = [(f"r{n}", "", f"question {n} about a garden table") for n in range(80)]
    old = [(f"p{n}", f"{2020 + n % 4}-{1 + n % 12:02}-07", text) for n, (_, _, text) in enumerate(other)]
    for rows in ([*other, *undated, *late], [*old, *late]):
        found = ladder_of(tmp_path, rows, "author,date,text")
        assert not [theme for theme in found.themes if theme.onset or theme.new]
    assert [theme for theme in ladder_of(tmp_path, [*other, *late], "author,date,text").themes if theme.onset]


CAMPAIGN = "Please bring the sofa cover in green back to the shops before the end of this summer."


def test_copies_count_once_in_a_rung_and_say_so(tmp_path: Path) -> None:
    rows = [(who, f"{CAMPAIGN} Regards, {who}") for who in ("hanne", "bo", "ines", "joris")]
    (theme,) = ladder_of(tmp_path, rows).themes
    assert (theme.people, theme.copied, theme.copies, theme.rung) == (4, 4, 1, "voice")
    said = as_json(ladder_of(tmp_path, rows))["themes"][0]
    assert (said["people"], said["copied"], said["copies"]) == (4, 4, 1)
    ladder = ladder_of(tmp_path, rows)
    assert "all sent the same text: counted once" in facts(ladder.themes[0], ladder)
    assert means("voice", ladder) == "one person, or one text that several sent"
    assert means("voice", ladder_of(tmp_path, rows[:1])) == "one person"


def test_copies_count_once_also_where_nobody_is_known_by_name(tmp_path: Path) -> None:
    passed = "The new timetable is out now"
    for copies in (
        [f"{CAMPAIGN} Regards, {who}" for who in ("hanne", "bo", "ines", "joris")],
        [f"RT @acme: {passed}", f"RT @shop: {passed}", f"“@acme: {passed}”", f"RT @acme: {passed}"],
    ):
        ladder = ladder_of(tmp_path, [(text,) for text in copies], "text")
        (theme,) = ladder.themes
        assert (theme.messages, theme.copied, theme.copies, theme.rung) == (4, 4, 1, "voice")
        assert facts(theme, ladder)[:2] == ["4 messages", "all are the same text: counted once"]


def test_what_is_copied_stands_last_of_the_voices(tmp_path: Path) -> None:
    rows = [(f"{CAMPAIGN} Regards, {who}",) for who in ("hanne", "bo", "ines")]
    voices = ladder_of(tmp_path, [*rows, ("A screw is missing in the box of the shelf",)], "text").on("voice")
    assert [theme.messages for theme in voices] == [1, 3]


def test_a_short_sentence_is_written_by_several_who_do_not_know_each_other(tmp_path: Path) -> None:
    (theme,) = ladder_of(tmp_path, [("Where is the refund for my sofa?",)] * 4, "text").themes
    assert (theme.copied, theme.rung) == (0, "trend")


def test_copies_are_told_where_they_are_a_tenth_of_a_theme(tmp_path: Path) -> None:
    ladder = ladder_of(tmp_path, [(f"{CAMPAIGN} Regards, {who}",) for who in ("hanne", "bo")], "text")
    (theme,) = ladder.themes
    told = "2 of them are the same text: counted once"
    assert told in facts(replace(theme, people=10), ladder)
    assert told not in facts(replace(theme, people=11), ladder)


ARTICLE = "the exhibition in the old harbour shows posters of the ferry line from the years before the war and some of the slogans that everybody knew then"


def test_pieces_of_one_article_are_one_voice_and_what_people_ask_for_is_not(tmp_path: Path) -> None:
    def rung(article: str) -> tuple[int, int, str]:
        words = article.split()
        pieces = [" ".join(words[start : start + 20]) for start in (0, 2, 4, 5)]
        (theme,) = ladder_of(tmp_path, [(piece,) for piece in pieces], "text").themes
        return theme.messages, theme.copies, theme.rung

    assert rung(ARTICLE) == (4, 1, "voice")
    assert rung(ARTICLE.replace("posters", "me my posters")) == (4, 0, "trend")


def test_what_was_not_about_us_is_shown_once_each(tmp_path: Path) -> None:
    job = "We are hiring! Apply now for this job: driver wanted, part time #jobs https://jobs.example/1"
    rows = [*STORY, *((f"x{n}", job) for n in range(3)), ("y", job.replace("driver", "cook"))]
    ladder = ladder_of(tmp_path, rows)
    assert ladder.not_about_us["automated"] == 4
    shown = [quote.text for reason, quote in ladder.elsewhere if reason == "automated"]
    assert sorted(shown) == sorted({job, job.replace("driver", "cook")})


def test_wider_themes_count_each_person_once(tmp_path: Path) -> None:
    texts = [text for theme in (*INVOICES, *PARCELS, *ALONE) for text in theme]
    rows = [(f"p{place % 4}", text) for place, text in enumerate(texts)]
    ladder = ladder_of(tmp_path, rows)
    said = as_json(ladder)
    assert all(theme["part_of"] is None or isinstance(theme["part_of"], int) for theme in said["themes"])
    for one in ladder.wider:
        inside = [theme for theme in ladder.themes if theme.id in one.themes]
        assert len(inside) > 1
        assert {theme.part_of for theme in inside} == {one.id}
        assert max(theme.people for theme in inside) <= one.people <= 4
        assert one.messages == sum(theme.messages for theme in inside)
    assert [row["id"] for row in said["wider"]] == [one.id for one in ladder.wider]


def test_wider_themes_know_who_praises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    praised: list[bool] = []
    place = import_module("pivotpoint.insights.ladder.wider")
    groups = place.Words.groups

    def heard(words: object, *args: object, **more: object) -> object:
        praised.extend(np.asarray(more["praised"]).tolist())
        return groups(words, *args, **more)

    monkeypatch.setattr(place.Words, "groups", heard)
    loved = [
        "I love the new lamp, thank you!",
        "The lamp is great, I love it",
        "Great lamp, thank you, love it",
    ]
    rows = [(f"p{place}", text) for place, text in enumerate([*(text for _, text in STORY[:6]), *loved])]
    ladder = ladder_of(tmp_path, rows)
    said = dict(zip((theme.title for theme in ladder.themes), praised, strict=True))
    assert [title for title, praises in said.items() if praises] == [
        theme.title for theme in ladder.themes if "lamp" in theme.quotes[0].text
    ]
    assert len(said) > sum(praised) > 0


def test_what_no_word_holds_together_is_on_no_rung(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A partition that puts strangers together, and a settling that leaves them there."""
    refunds = [f"my refund is late, {when}" for when in ("again", "still", "as ever", "by a week", "by far")]
    rows = [(f"p{n}", text) for n, text in enumerate([*refunds, *ANYTHING])]
    labels = np.repeat([0, 1], [len(refunds), len(ANYTHING)])
    place = import_module("pivotpoint.insights.ladder.climb")
    monkeypatch.setattr(place, "_gather", lambda cleaned, *_: (labels, np.zeros(len(cleaned), np.bool_)))
    monkeypatch.setattr(import_module("pivotpoint.insights.ladder.name"), "settle", lambda labels, *_: labels)
    ladder = ladder_of(tmp_path, rows)
    assert [(theme.people, theme.id) for theme in ladder.mixed] == [(len(ANYTHING), 1)]
    assert [theme.id for theme in ladder.themes] == [0]
    assert ladder.ledger.in_mixed == len(ANYTHING) == as_json(ladder)["ledger"]["in_mixed"]
    assert [theme["id"] for theme in as_json(ladder)["mixed"]] == [1]
    assert "Mixed" in as_page(ladder) and ladder.mixed[0].title in as_page(ladder)


def test_what_is_only_talk_stands_below_the_rungs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refunds = [f"my refund is late, {when}" for when in ("again", "still", "as ever", "by a week", "by far")]
    talk = [
        f"we carve the pumpkin {when}" for when in ("today", "on Friday", "at night", "at six", "at home")
    ]
    rows = [(f"p{n}", text) for n, text in enumerate([*refunds * 8, *talk * 12])]
    labels = np.repeat([0, 1], [40, 60])
    place = import_module("pivotpoint.insights.ladder.climb")
    monkeypatch.setattr(place, "_gather", lambda cleaned, *_: (labels, np.zeros(len(cleaned), np.bool_)))
    ladder = ladder_of(tmp_path, rows)
    assert [(theme.id, theme.people) for theme in ladder.talk] == [(1, 60)]
    assert [theme.id for theme in ladder.themes] == [0]
    assert ladder.ledger.in_talk == 60 == as_json(ladder)["ledger"]["in_talk"]
    assert [theme["id"] for theme in as_json(ladder)["talk"]] == [1]
    assert "Only talk" in as_page(ladder) and ladder.talk[0].title in as_page(ladder)


def test_a_theme_says_to_whom_most_of_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lamps = [f"the lamp {what}" for what in ("broke", "leaks", "flickers", "does not work") * 5]
    clocks = [f"the clock {what}" for what in ("broke", "leaks", "is too slow", "does not work") * 5]
    said = [(f"p{n}", f"@{'Acme' if n % 5 else 'Bolt'}Help {text}") for n, text in enumerate(lamps)]
    said += [(f"q{n}", f"@{'Acme' if n % 5 == 0 else 'Bolt'}Help {text}") for n, text in enumerate(clocks)]
    labels = np.repeat([0, 1], [20, 20])
    place = import_module("pivotpoint.insights.ladder.climb")
    monkeypatch.setattr(place, "_gather", lambda cleaned, *_: (labels, np.zeros(len(cleaned), np.bool_)))
    ladder = ladder_of(tmp_path, said)
    lamp, clock = sorted(ladder.themes, key=lambda theme: theme.id)
    assert (lamp.to, lamp.to_share, clock.to) == ("AcmeHelp", 0.8, "BoltHelp")
    assert "to AcmeHelp 16 of 20, 1.6 times its share" in facts(lamp, ladder)
    to_one = ladder_of(tmp_path, [(who, text.replace("Bolt", "Acme")) for who, text in said])
    assert {theme.to for theme in to_one.themes} == {""}


def test_in_a_file_of_many_firms_a_theme_says_which_are_meant_the_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lamps = [f"the lamp {what}" for what in ("broke", "leaks", "flickers", "does not work") * 5]
    clocks = [f"the clock {what}" for what in ("broke", "leaks", "is too slow", "does not work") * 5]
    said = [(f"p{n}", f"@{'Acme' if n < 4 else f'A{n}'}Help {text}") for n, text in enumerate(lamps)]
    said += [(f"q{n}", f"@{'Bolt' if n < 12 else 'Acme'}Help {text}") for n, text in enumerate(clocks)]
    labels = np.repeat([0, 1], [20, 20])
    place = import_module("pivotpoint.insights.ladder.climb")
    monkeypatch.setattr(place, "_gather", lambda cleaned, *_: (labels, np.zeros(len(cleaned), np.bool_)))
    houses = import_module("pivotpoint.insights.ladder.houses")
    monkeypatch.setattr(houses, "MANY", 0.3)
    ladder = ladder_of(tmp_path, said)
    lamp, clock = sorted(ladder.themes, key=lambda theme: theme.id)
    assert (lamp.to, lamp.firms) == ("", (("AcmeHelp", 4),))
    assert (clock.to, clock.firms) == ("BoltHelp", ())
    assert "to AcmeHelp 4" in facts(lamp, ladder)
    monkeypatch.setattr(houses, "SOME", 0.25)
    assert not any(theme.firms for theme in ladder_of(tmp_path, said).themes)
    monkeypatch.setattr(houses, "SOME", 0.2)
    monkeypatch.setattr(houses, "MANY", 0.2)
    assert not any(theme.firms for theme in ladder_of(tmp_path, said).themes)


def test_who_is_spoken_to_makes_no_trend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    things = "cabin cabin crew crew menu menu violin garden volcano bishop goats choir".split()
    lamps = [f"the {thing} {what}" for thing in ("lamp", "clock") for what in ("broke", "creaks", "hums") * 5]
    rows = [(f"p{n}", f"@AcmelineHelp {text}") for n, text in enumerate(lamps)]
    rows += [(f"q{n}", f"@AcmelineHelp the {thing} of Acmeline") for n, thing in enumerate(things)]
    labels = np.repeat([0, 1, 2], [15, 15, 12])
    place = import_module("pivotpoint.insights.ladder.climb")
    monkeypatch.setattr(place, "_gather", lambda cleaned, *_: (labels, np.zeros(len(cleaned), np.bool_)))
    ladder = ladder_of(tmp_path, rows)
    assert {theme.people for theme in ladder.on("trend")} == {15}
    assert ladder.mixed == []


def test_a_theme_is_new_only_after_a_time_without_it(tmp_path: Path) -> None:
    old = [(f"p{n}", f"2024-03-{n:02} 10:00", "The invoice shows the wrong amount") for n in range(1, 25)]
    late = [
        (f"q{n}", f"2024-03-{n:02} 10:00", "The coffee machine leaks water on my floor")
        for n in range(19, 25)
    ]
    found = {
        theme.title: theme.new for theme in ladder_of(tmp_path, [*old, *late], "author,time,text").themes
    }
    assert sorted(found.values()) == [False, True]
    assert next(title for title, new in found.items() if new).startswith(("Coffee machine", "Machine"))


def test_a_quote_is_marked_where_it_holds_the_title(tmp_path: Path) -> None:
    trend = ladder_of(tmp_path, STORY).on("trend")[0]
    words = {quote.text[start:end].lower() for quote in trend.quotes for start, end in quote.words}
    assert words
    assert all(set(word.split()) <= set(trend.title.lower().split()) for word in words)


def test_of_complaints_of_all_kinds_those_are_quoted_that_surely_and_clearly_say_what_is_wrong() -> None:
    texts = [
        "why do you do this",
        "My refund for the broken kettle never arrived, terrible service",
        "The soup was cold and the waiter was rude",
        "Lovely evening, thank you",
        "My refund for the broken kettle never arrived, terrible service",
    ]
    labels = np.zeros(len(texts), np.int64)
    called = Title(ALL_ONE[-1][1], ())
    found = import_module("pivotpoint.insights.ladder.climb").clearest(
        texts, labels, {0: called, 1: Title("Refund", ())}, Reader().read(texts)
    )
    assert list(found) == [0] and sorted(found[0][:2]) == [1, 2]
    assert 3 not in found[0] and 4 not in found[0]
