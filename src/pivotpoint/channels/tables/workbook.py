"""XLSX: the first sheet that names columns we know, else the first with rows under a heading."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pivotpoint.channels.tables.names import KNOWN, column_names, plain
from pivotpoint.channels.tables.table import (
    LONGEST_LINE,
    RAW_KEPT,
    BadTable,
    Reject,
    Row,
    Table,
)

LARGEST_UNPACKED = 2 << 30
"""Bytes. A small archive that unpacks to more is an attack or a mistake."""

BROKEN = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, OSError, EOFError)


class WorkbookTable(Table):
    def rows(self) -> Iterator[Row | Reject]:
        width = len(self.columns)
        with _cells(self.path) as (rows, _):
            names = False
            for number, cells in enumerate(rows, start=1):
                if not any(cell is not None for cell in cells):
                    continue
                if not names:
                    names = True
                    continue
                yield _row(number, self.columns, [_text(cell) for cell in cells], width)


def open_workbook(path: Path) -> WorkbookTable:
    try:
        _check_size(path)
        with _cells(path) as (rows, note):
            header = next((cells for cells in rows if any(cell is not None for cell in cells)), None)
    except BROKEN as error:
        raise BadTable(f"{path.name} is not a readable XLSX workbook: {_why(error)}.") from error
    if header is None:
        raise BadTable(f"{path.name} is empty: its sheets hold no cells.")
    names = [_text(cell) for cell in header]
    while names and not names[-1]:
        names.pop()
    return WorkbookTable(path, column_names(path, names), "XLSX", "utf-8", [note] if note else [])


@contextmanager
def _cells(path: Path) -> Iterator[tuple[Iterator[tuple[Any, ...]], str]]:
    """The rows of the sheet that is read, and which one it is where there are several."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about styles, which say nothing about the words.
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            full = [(worth, sheet) for sheet in book.worksheets if (worth := _worth(sheet))]
            sheet = max(full, key=lambda pair: pair[0])[1] if full else None
            note = f"sheet: {sheet.title}, one of {len(full)}" if sheet is not None and len(full) > 1 else ""
            yield (sheet.iter_rows(values_only=True) if sheet is not None else iter(())), note
        finally:
            book.close()


def _worth(sheet: Any) -> int:
    """0 for an empty sheet, more for rows under a heading, most for a heading with a name that we know."""
    first = [row for row in sheet.iter_rows(max_row=50, values_only=True) if any(c is not None for c in row)]
    if len(first) < 2:
        return len(first)
    return 3 if any(plain(str(cell)) in KNOWN for cell in first[0] if cell is not None) else 2


def _row(number: int, columns: list[str], cells: list[str], width: int) -> Row | Reject:
    cells = cells[:width] + [""] * (width - len(cells)) if not any(cells[width:]) else cells
    if len(cells) > width:
        return Reject(number, f"{len(cells)} cells where the header has {width}", "\t".join(cells)[:RAW_KEPT])
    if sum(map(len, cells)) > LONGEST_LINE:
        return Reject(
            number, f"the row is longer than {LONGEST_LINE:,} characters", "\t".join(cells)[:RAW_KEPT]
        )
    return Row(number, dict(zip(columns, cells, strict=True)))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "true" if cell is True else "false" if cell is False else str(cell)


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise ValueError("it unpacks to more than 2 GB")


def _why(error: BaseException) -> str:
    text = " ".join(str(error.args[0] if error.args else error).split()).rstrip(".")
    return text[:1].lower() + text[1:160] if text else type(error).__name__
