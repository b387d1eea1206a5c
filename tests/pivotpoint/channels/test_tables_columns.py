"""Columns are guessed from their names and their content; times are read as they are written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotpoint.channels.tables import (
    BadTable,
    Columns,
    day_comes_first,
    guess_columns,
    match_column,
    open_table,
    parse_time,
)


def guess(folder: Path, content: str) -> tuple[Columns, list[str]]:
    (folder / "a.csv").write_text(content)
    table = open_table(folder / "a.csv")
    return guess_columns(table, table.sample())


def test_names_decide_in_any_spelling(tmp_path: Path) -> None:
    columns, said = guess(
        tmp_path,
        "Tweet ID,authorId,Created At,Message\n1,alice,2024-01-01,it broke again\n2,bob,2024-01-02,late\n",
    )
    assert columns == Columns(text="Message", author="authorId", time="Created At", id="Tweet ID")
    assert "text from Message" in said


def test_the_content_can_speak_against_a_name(tmp_path: Path) -> None:
    columns, _ = guess(tmp_path, "date,text,id\nnever,it broke,7\nsoon,too late,7\nlater,no,7\n")
    assert columns.time is None
    assert columns.id is None


def test_an_unknown_name_is_found_by_its_sentences(tmp_path: Path) -> None:
    columns, said = guess(
        tmp_path, "nr,what they wrote\n1,it broke on the first day\n2,nobody ever answered me\n"
    )
    assert columns.text == "what they wrote"
    assert "text from what they wrote" in said


def test_a_table_without_sentences_has_no_text(tmp_path: Path) -> None:
    assert guess(tmp_path, "a,b\n1,2\n3,4\n")[0].text is None


def test_a_column_is_found_in_any_case_and_near_names_are_offered() -> None:
    assert match_column("TEXT", ["id", "text"]) == "text"
    with pytest.raises(BadTable, match="did you mean author_id"):
        match_column("autor_id", ["author_id", "text"])
    with pytest.raises(BadTable, match="the columns are id, text"):
        match_column("zzz", ["id", "text"])


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-05T14:30:00Z",
        "2024-03-05 15:30:00+01:00",
        "2024-03-05 14:30:00 UTC",
        "2024/03/05 14:30",
        "05.03.2024 14:30",
        "5.3.24, 14:30 Uhr",
        "Tue Mar 05 14:30:00 +0000 2024",
        "Tue, 05 Mar 2024 14:30:00 GMT",
        "5 March 2024 14:30",
        "5. März 2024 14:30",
        "Mar 5, 2024, 2:30 PM",
        "1709649000",
        "1709649000000",
    ],
)
def test_times_are_read_in_the_ways_they_are_written(written: str) -> None:
    assert parse_time(written) == datetime(2024, 3, 5, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "soon", "12", "567588278875213824", "31.02.2024", "99/99/9999", "1.2.3"]
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert parse_time(written) is None


def test_a_whole_column_settles_whether_the_day_comes_first() -> None:
    assert day_comes_first(["3/4/2024", "25/3/2024"])
    assert not day_comes_first(["3/4/2024", "3/25/2024"])
    assert not day_comes_first(["3/4/2024"])
    assert day_comes_first(["3.4.2024"])
    assert parse_time("3/4/2024", day_first=False) == datetime(2024, 3, 4, tzinfo=UTC)
    assert parse_time("3/4/2024", day_first=True) == datetime(2024, 4, 3, tzinfo=UTC)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)))
def test_iso_and_epoch_agree(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert parse_time(moment.isoformat()) == moment
    if timedelta(seconds=10**8) < moment - datetime(1970, 1, 1, tzinfo=UTC) < timedelta(seconds=10**10):
        assert parse_time(str(int(moment.timestamp()))) == moment


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_times(text: str) -> None:
    moment = parse_time(text)
    assert moment is None or moment.tzinfo is UTC


def test_dates_and_addresses_are_found_whatever_they_are_called(tmp_path: Path) -> None:
    rows = "it broke again,03.05.2024 10:00,hanne@home.example,1.2.1990\nmuch too late,04.05.2024 11:00,t@home.example,3.4.1985\n"
    columns, said = guess(tmp_path, "what they wrote,Eingang,Kontakt,Geburtstag\n" + rows)
    assert (columns.time, columns.email, columns.author) == ("Eingang", "Kontakt", None)
    assert {"time from Eingang", "email from Kontakt"} <= set(said)


def test_of_two_columns_of_dates_none_is_guessed(tmp_path: Path) -> None:
    columns, _ = guess(
        tmp_path, "text,opened,closed\nit broke,2024-05-03,2024-05-04\nlate,2024-05-04,2024-05-05\n"
    )
    assert columns.time is None


def test_numbers_are_no_moments(tmp_path: Path) -> None:
    columns, _ = guess(tmp_path, "text,order\nit broke,170964900\nlate,170964901\n")
    assert columns.time is None


@pytest.mark.parametrize(
    ("name", "values", "is_guessed"),
    [
        ("Brand", ["Fjord", "North"], True),
        ("Company Name", ["Fjord"], True),
        ("store", [f"Store {number}" for number in range(20)], True),
        ("store", [f"Store {number}" for number in range(61)], False),
        ("product", [f"lamp {number}" for number in range(300)], False),
        ("unit", ["1", "2", "3"], False),
        ("domain", ["a value that is so long that it is a sentence, and the name of nobody"], False),
        ("sentiment", ["good", "bad"], False),
        ("category", ["late", "lost"], False),
        ("brand", [""], False),
    ],
)
def test_whose_a_message_is_is_guessed_from_a_few_names_that_recur(
    tmp_path: Path, name: str, values: list[str], is_guessed: bool
) -> None:
    rows = [f'"{values[number % len(values)]}",it broke on day {number}' for number in range(300)]
    columns, _ = guess(tmp_path, "\n".join([f"{name},text", *rows]))
    assert columns.by == (name if is_guessed else None)


def test_a_name_in_every_row_of_a_small_file_is_no_house(tmp_path: Path) -> None:
    assert guess(tmp_path, "brand,text\nFjord,it broke\nNorth,too late\nTiny,no seat\n")[0].by is None
