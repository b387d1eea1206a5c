"""JSONL: one JSON object on each line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from pivotpoint.channels.tables.encoding import Encoding
from pivotpoint.channels.tables.lines import Lines
from pivotpoint.channels.tables.table import RAW_KEPT, BadTable, Reject, Row, Table, sound

SAMPLED = 1_000


class JsonTable(Table):
    def rows(self) -> Iterator[Row | Reject]:
        with self.path.open(encoding=self.encoding) as file:
            lines = Lines(file)
            for line in lines:
                lines.taken.clear()
                yield from lines.overlong
                lines.overlong.clear()
                if line.strip("\ufeff \t\r\n"):
                    yield _row(lines.number, line)
            yield from lines.overlong


def open_json_lines(path: Path, encoding: Encoding) -> JsonTable:
    """The columns are the keys of the first thousand objects, in the order in which they appear."""
    table = JsonTable(path, [], "JSONL", encoding.name, list(encoding.notes))
    names: dict[str, None] = {}
    for seen, row in enumerate(table.rows()):
        if isinstance(row, Row):
            names.update(dict.fromkeys(row.values))
        if seen == SAMPLED:
            break
    if not names:
        raise BadTable(f"{path.name} is not a table: none of its first lines is a JSON object.")
    table.columns = list(names)
    return table


def _row(number: int, line: str) -> Row | Reject:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Reject(number, f"not JSON: {error.msg}", line.rstrip("\r\n")[:RAW_KEPT])
    if not isinstance(value, dict):
        return Reject(number, "not a JSON object", line.rstrip("\r\n")[:RAW_KEPT])
    return sound(Row(number, dict(_cells(value))))


def _cells(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """An object inside the object becomes columns with a dot: `user.name`."""
    for key, cell in value.items():
        if isinstance(cell, dict) and not prefix:
            yield from _cells(cell, f"{key}.")
        else:
            yield prefix + key, _text(cell)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else orjson.dumps(cell).decode()
