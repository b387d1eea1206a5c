"""Any table of feedback can be read: what is good is kept, what is not is named."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from pivotpoint.channels.tables import BadTable, Reject, RejectFile, Row, Table, open_table

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


def write(folder: Path, content: str | bytes, name: str = "feedback.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def split(table: Table) -> tuple[list[Row], list[Reject]]:
    everything = list(table.rows())
    return [r for r in everything if isinstance(r, Row)], [r for r in everything if isinstance(r, Reject)]


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=20), st.sampled_from(",;\t|"))
def test_what_a_csv_writer_wrote_comes_back(tmp_path_factory, records, separator) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "author", "text"])
    writer.writerows(records)
    path = write(tmp_path_factory.mktemp("csv"), text.getvalue())
    rows, rejects = split(open_table(path))
    assert not rejects
    assert [tuple(row.values.values()) for row in rows] == records


@given(
    st.lists(st.dictionaries(st.sampled_from(["text", "author"]), CELL, min_size=2), min_size=1, max_size=9)
)
def test_what_a_json_writer_wrote_comes_back(tmp_path_factory, records) -> None:
    content = "".join(json.dumps(record) + "\n" for record in records)
    path = write(tmp_path_factory.mktemp("jsonl"), content, "feedback.jsonl")
    rows, rejects = split(open_table(path))
    assert not rejects
    assert [row.values for row in rows] == records


def test_ragged_rows_are_rejected_with_their_line_and_the_good_ones_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path, 'id,text\n1,"two\nlines"\n2\n3,fine\n4,a,b\n5,"said ""no"""\n6,,\n')
    rows, rejects = split(open_table(path))
    assert [row.values["id"] for row in rows] == ["1", "3", "5", "6"]
    assert rows[0].values["text"] == "two\nlines"
    assert rows[2].values["text"] == 'said "no"'
    assert [(reject.number, reject.raw) for reject in rejects] == [(4, "2"), (6, "4,a,b")]
    assert rejects[0].reason == "1 field where the header has 2"


def test_a_quotation_mark_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    lines = ["id,text", '1,"opened', *(f"{n},fine" for n in range(2, 50)), '50,"opened again']
    rows, rejects = split(open_table(write(tmp_path, "\n".join(lines))))
    assert [row.values["id"] for row in rows] == [str(n) for n in range(2, 50)]
    assert [reject.number for reject in rejects] == [2, 51]
    assert "not closed" in rejects[0].reason


def test_a_quotation_mark_inside_a_quoted_field_is_forgiven(tmp_path: Path) -> None:
    rows, rejects = split(open_table(write(tmp_path, 'id,text\n1,"a 5" screen"\n2,fine\n')))
    assert len(rows) == 2
    assert not rejects


def test_a_line_that_is_too_long_is_rejected_and_the_next_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "id,text\n1,fine\n2," + "x" * 3_000_000 + "\n3,fine\n")
    rows, rejects = split(open_table(path))
    assert [row.values["id"] for row in rows] == ["1", "3"]
    assert rejects[0].number == 3
    assert "3,000,003 characters" in rejects[0].reason
    assert len(rejects[0].raw) < 3000


def test_a_table_of_one_column_keeps_its_commas(tmp_path: Path) -> None:
    rows, _ = split(open_table(write(tmp_path, "text\nfirst, second\nthird\n")))
    assert [row.values["text"] for row in rows] == ["first, second", "third"]


def test_the_same_table_can_be_read_twice(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, "id,text\n1,fine\n"))
    assert split(table) == split(table)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_files_are_read_as_they_are(tmp_path: Path, encoding: str) -> None:
    content = "id,text\n1,Zug fällt aus 🚆\n"
    raw = content.encode(encoding)
    raw = b"\xff\xfe" + raw if encoding == "utf-16-le" else raw
    rows, _ = split(open_table(write(tmp_path, raw)))
    assert rows[0].values == {"id": "1", "text": "Zug fällt aus 🚆"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_that_does_not_say_so_is_read_and_said(tmp_path: Path, encoding: str) -> None:
    table = open_table(write(tmp_path, "id,text\n1,Where is my café refund?\n".encode(encoding)))
    rows, _ = split(table)
    assert rows[0].values == {"id": "1", "text": "Where is my café refund?"}
    assert table.notes == [f"encoding: read as {encoding}"]


def test_utf32_is_not_taken_for_utf16(tmp_path: Path) -> None:
    rows, rejects = split(open_table(write(tmp_path, "id,text\n1,Late\n2,Lost\n".encode("utf-32"))))
    assert [row.values["text"] for row in rows] == ["Late", "Lost"]
    assert rejects == []


@pytest.mark.parametrize(
    ("line", "name"), [("2,La\0te", "a.csv"), ('{"id": "2", "text": "La\\u0000te"}', "a.jsonl")]
)
def test_a_nul_character_costs_its_row_only(tmp_path: Path, line: str, name: str) -> None:
    good = "1,Where is my refund?" if name == "a.csv" else '{"id": "1", "text": "Where is my refund?"}'
    lines = ["id,text"] * (name == "a.csv") + [good] * 20 + [line, good]
    rows, rejects = split(open_table(write(tmp_path, "\n".join(lines).encode(), name)))
    assert len(rows) == 21
    assert [reject.reason for reject in rejects] == ["a NUL character stands in it"]


def test_an_older_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    words = "Die Züge fallen ständig aus und für die Rückerstattung hört man überhaupt nichts mehr"
    content = "id;text\n" + "".join(f"{n};{words}\n" for n in range(30))
    table = open_table(write(tmp_path, content.encode("cp1252")))
    rows, _ = split(table)
    assert rows[0].values["text"] == words
    assert any("not UTF-8" in note for note in table.notes)


def test_damaged_utf8_is_refused_with_the_place(tmp_path: Path) -> None:
    content = "id,text\n1,fünf Züge für Österreich\n".encode() * 3 + b"2,\xff\n"
    with pytest.raises(BadTable, match=f"byte {len(content) - 2:,} cannot be decoded"):
        open_table(write(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "a.csv is empty."),
        (b"\xef\xbb\xbf\n\n", "a.csv", "empty"),
        (b"\x89PNG\r\n\x1a\n", "a.csv", "a picture"),
        (b"\x00\x01\x02\x03binary", "a.csv", "binary data"),
        (b"\xd0\xcf\x11\xe0old", "a.xls", "old Excel"),
        (b"PK\x03\x04 broken", "a.xlsx", "not a readable XLSX"),
        (b"not a zip", "a.xlsx", "not a readable XLSX"),
        (b'[{"text": "a"}]', "a.json", "one object on each line"),
        (b"<!DOCTYPE html><p>hello", "a.csv", "web page"),
        (b"x" * 1_500_000, "a.csv", "1,500,000 characters long"),
        (b"7,2026-01-05 10:00,It came late\n8,2026-01-06 10:00,Late again\n", "a.csv", "names no columns"),
        (b"{broken\n{broken", "a.jsonl", "none of its first lines is a JSON object"),
        (
            b"Dear all,\n\nI write because of my order, which, after weeks, is late.\nBye\n",
            "a.txt",
            "not a table",
        ),
    ],
)
def test_what_is_not_a_table_gets_one_sentence(tmp_path: Path, content: bytes, name: str, said: str) -> None:
    with pytest.raises(BadTable) as refusal:
        open_table(write(tmp_path, content, name))
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="folder"):
        open_table(tmp_path)
    with pytest.raises(BadTable, match="There is no file"):
        open_table(tmp_path / "nowhere.csv")


def test_a_workbook_is_read_from_its_first_full_sheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("feedback")
    sheet.append(["id", "text", "when"])
    sheet.append([1, "fine", datetime(2024, 3, 1, 12, 30)])
    sheet.append([None, None, None])
    sheet.append([2.0, "too wide", None, "more"])
    book.save(tmp_path / "book.xlsx")
    rows, rejects = split(open_table(tmp_path / "book.xlsx"))
    assert rows == [Row(2, {"id": "1", "text": "fine", "when": "2024-03-01T12:30:00"})]
    assert rejects[0].number == 4


def test_json_lines_keep_the_good_and_flatten_one_level(tmp_path: Path) -> None:
    content = '{"text": "a", "user": {"name": "Alice"}, "stars": 4}\nnot json\n[1]\n{"text": null}\n'
    table = open_table(write(tmp_path, content, "a.jsonl"))
    rows, rejects = split(table)
    assert table.columns == ["text", "user.name", "stars"]
    assert rows[0].values == {"text": "a", "user.name": "Alice", "stars": "4"}
    assert [reject.number for reject in rejects] == [2, 3]


def test_rejects_are_written_only_when_there_are_any(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "none.csv"):
        pass
    with RejectFile(tmp_path / "some.csv") as rejects:
        rejects.add(Reject(4, "1 field where the header has 2", 'said "no"'))
    assert not (tmp_path / "none.csv").exists()
    with (tmp_path / "some.csv").open(newline="") as file:
        assert list(csv.reader(file))[1] == ["4", "1 field where the header has 2", 'said "no"']


def test_an_endless_quoted_field_is_one_reject_and_the_rows_behind_it_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path, 'id,text\n1,fine\n2,"' + "x \n" * 600_000 + '"\n3,fine\n4\n5,fine\n')
    rows, rejects = split(open_table(path))
    assert [row.values["id"] for row in rows] == ["1", "3", "5"]
    assert [reject.reason[:40] for reject in rejects] == [
        "a quotation mark is opened and not close",
        "1 field where the header has 2",
    ]
    assert "longer than 1,000,000 characters" in rejects[0].reason


def test_a_spreadsheet_does_not_work_out_what_a_stranger_wrote(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "some.csv") as rejects:
        rejects.add(Reject(4, "no text", "=HYPERLINK(A1)"))
    with (tmp_path / "some.csv").open(newline="") as file:
        assert list(csv.reader(file))[1][2] == "'=HYPERLINK(A1)"


def test_a_cover_sheet_is_not_taken_for_the_table_and_it_is_said(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Feedback of March"])
    book.create_sheet("notes").append(["made by"])
    sheet = book.create_sheet("all")
    sheet.append(["Comment", "when"])
    sheet.append(["late", 45352])
    book.save(tmp_path / "book.xlsx")
    table = open_table(tmp_path / "book.xlsx")
    assert [row.values["Comment"] for row in split(table)[0]] == ["late"]
    assert table.notes == ["sheet: all, one of 3"]


def test_where_nothing_tells_two_old_encodings_apart_the_common_one_is_read(tmp_path: Path) -> None:
    content = "id,text\n" + "1,Zoë: die Rückerstattung für Möbel fehlt\n" * 5
    assert open_table(write(tmp_path, content.encode("cp1252"))).encoding == "cp1252"
