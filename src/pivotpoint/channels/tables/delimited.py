"""CSV and its relatives: the separator is found, quoted line breaks are kept, a stray quote costs one row."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pivotpoint.channels.tables.encoding import Encoding
from pivotpoint.channels.tables.lines import Lines
from pivotpoint.channels.tables.names import KNOWN, column_names, plain
from pivotpoint.channels.tables.table import (
    LONGEST_LINE,
    RAW_KEPT,
    BadTable,
    Reject,
    Row,
    Table,
    sound,
)

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
NO_SEPARATOR = "\x1f"
"""A control character that no feedback holds: a file with one column keeps its commas."""

LONGEST_NAME = 100
SAMPLED_RECORDS = 50
LEAST_AGREEMENT = 0.6
"""Below this share of equally wide rows a separator is punctuation, unless the header has known names."""

csv.field_size_limit(LONGEST_LINE)


@dataclass
class DelimitedTable(Table):
    separator: str = ","
    header_line: int = 1

    def rows(self) -> Iterator[Row | Reject]:
        with self.path.open(encoding=self.encoding, newline="") as file:
            lines = Lines(file)
            for start, record in _records(lines, self.separator):
                if start <= self.header_line:
                    continue
                yield (
                    record
                    if isinstance(record, Reject)
                    else sound(Row(start, dict(zip(self.columns, record, strict=True))))
                )


def open_delimited(path: Path, encoding: Encoding) -> DelimitedTable:
    separator = find_separator(_head(path, encoding.name))
    table = DelimitedTable(path, [], "CSV", encoding.name, list(encoding.notes), separator)
    with path.open(encoding=encoding.name, newline="") as file:
        lines = Lines(file)
        header = next((row for row in csv.reader(lines, delimiter=separator) if any(row)), None)
    if lines.overlong:
        raise BadTable(f"{path.name} is not a table: {lines.overlong[0].reason}.")
    if header is None:
        raise BadTable(f"{path.name} is empty: it has no row that names its columns.")
    if max(map(len, header)) > LONGEST_NAME or (len(header) == 1 and not _names_one_column(path, header[0])):
        raise BadTable(f"{path.name} is not a table: its first line does not name columns.")
    table.columns = column_names(path, header)
    table.header_line = lines.number
    if separator not in (",", NO_SEPARATOR):
        table.notes.append(f"separator: {SEPARATORS[separator]}")
    return table


def find_separator(head: str) -> str:
    """The separator that splits the most sampled records into as many fields as the first one."""
    best, best_score = NO_SEPARATOR, 0.0
    for separator in SEPARATORS:
        widths = _widths(head, separator)
        if not widths or widths[0] < 2:
            continue
        agreeing = Counter(widths)[widths[0]] / len(widths)
        if agreeing < LEAST_AGREEMENT and not _known(head, separator):
            continue
        score = agreeing * (1 + min(widths[0], 20) / 100)
        if score > best_score:
            best, best_score = separator, score
    return best


def _widths(head: str, separator: str) -> list[int]:
    widths: list[int] = []
    try:
        for record in csv.reader(head.splitlines(keepends=True), delimiter=separator):
            if record:
                widths.append(len(record))
            if len(widths) == SAMPLED_RECORDS:
                break
    except csv.Error:
        return []
    return widths


def _known(head: str, separator: str) -> bool:
    return any(plain(name.strip('" ')) in KNOWN for name in head.partition("\n")[0].split(separator))


def _names_one_column(path: Path, name: str) -> bool:
    """A file of one column is a table when its first line is a name and not a sentence."""
    return plain(name) in KNOWN or (path.suffix.lower() in (".csv", ".tsv") and len(name.split()) <= 4)


def _head(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        return file.read(64_000).lstrip("\ufeff")


def _records(lines: Lines, separator: str) -> Iterator[tuple[int, list[str] | Reject]]:
    """Each record with the line that it starts on. The first record decides how many fields there are."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    width = 0
    ended = inside = False
    while not ended:
        lines.taken.clear()
        problem = ""
        record: list[str] = []
        try:
            record = next(reader)
        except StopIteration:
            ended = True
        except csv.Error as error:
            problem = f"the row cannot be read: {error}"
        yield from ((reject.number, reject) for reject in lines.overlong)
        lines.overlong.clear()
        if not record and not problem:
            continue
        start = lines.number - len(lines.taken) + 1
        width = width or len(record)
        record = _trim(record, width)
        usable = record if not problem and len(record) == width else None
        found = usable or _second_look(lines, width, separator, problem)
        if isinstance(found, list):
            inside = False
        elif inside:  # One endless field is one reject, however many lines it has.
            continue
        else:
            inside = "field limit" in problem
        yield start, found


def _second_look(lines: Lines, width: int, separator: str, problem: str) -> list[str] | Reject:
    """What the first line of a failed record is worth by itself; the lines below it get another chance."""
    first = lines.taken[0]
    start = lines.number - len(lines.taken) + 1
    if len(lines.taken) > 1 or "unexpected end" in problem:
        lines.give_back(lines.taken[1:])
        endless = f", or its field is longer than {LONGEST_LINE:,} characters" if "limit" in problem else ""
        problem = f"a quotation mark is opened and not closed{endless}"
    else:
        with suppress(csv.Error):  # A quotation mark inside a quoted field breaks the rules but is readable.
            record = _trim(next(csv.reader([first], delimiter=separator), []), width)
            if len(record) == width:
                return record
            problem = f"{_fields(len(record))} where the header has {width}"
    return Reject(start, problem, first.rstrip("\r\n")[:RAW_KEPT])


def _trim(record: list[str], width: int) -> list[str]:
    """Without empty fields past the last column, as spreadsheets like to add."""
    return record if len(record) <= width or any(record[width:]) else record[:width]


def _fields(count: int) -> str:
    return f"{count} field" if count == 1 else f"{count} fields"
