"""Which kind of table a file is, and whether it is one."""

from __future__ import annotations

from pathlib import Path

from pivotpoint.channels.tables.delimited import open_delimited
from pivotpoint.channels.tables.encoding import find_encoding
from pivotpoint.channels.tables.jsonlines import open_json_lines
from pivotpoint.channels.tables.table import BadTable, Table
from pivotpoint.channels.tables.workbook import open_workbook

OTHERS = {
    b"\xd0\xcf\x11\xe0": "an old Excel file; save it as XLSX or CSV first",
    b"\x1f\x8b": "compressed; unpack it first",
    b"%PDF": "a PDF, not a table",
    b"\x89PNG": "a picture, not a table",
    b"\xff\xd8\xff": "a picture, not a table",
}


def open_table(path: str | Path, *, encoding: str | None = None) -> Table:
    """The file as a table, checked for what would make reading it fail later.

    Whether it is CSV, JSON lines or XLSX is decided by its content, and by its name only where the content fits
    several. Raises `BadTable` with one sentence for the user.
    """
    path = Path(path)
    head = _first_bytes(path)
    kind = _kind(path, head)
    if kind == "xlsx":
        return open_workbook(path)
    found = find_encoding(path, encoding)
    return open_json_lines(path, found) if kind == "jsonl" else open_delimited(path, found)


def _first_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise BadTable(f"{path} is a folder; name one file.")
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except FileNotFoundError:
        raise BadTable(f"There is no file {path}.") from None
    except OSError as error:
        raise BadTable(f"{path} cannot be opened: {error.strerror}.") from None
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise BadTable(f"{path.name} is empty.")
    return head


def _kind(path: Path, head: bytes) -> str:
    """One of "csv", "jsonl" and "xlsx"."""
    for magic, what in OTHERS.items():
        if head.startswith(magic):
            raise BadTable(f"{path.name} is {what}.")
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if path.suffix.lower() == ".xlsx":
        raise BadTable(f"{path.name} is not a readable XLSX workbook: it is not a ZIP archive.")
    if start.startswith(b"["):
        raise BadTable(f"{path.name} is one JSON array; write one object on each line (JSONL) instead.")
    if start[:14].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise BadTable(f"{path.name} is a web page or XML, not a table.")
    return "jsonl" if start.startswith(b"{") or path.suffix.lower() in (".jsonl", ".ndjson") else "csv"
