"""Known events: what was said, in which rows, between which days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from textanalytics.evaluate.tables import BadInput, read_table

TWITTER = "%a %b %d %H:%M:%S %z %Y"
COLUMNS = ("event", "is_issue", "start", "end", "pattern")


@dataclass(frozen=True)
class Event:
    """`column` and `value` pick the rows of the stream that it happened in; "" is all rows."""

    name: str
    is_issue: bool
    start: int
    end: int
    column: str
    value: str
    pattern: re.Pattern[str]


def read(path: Path, file: str) -> list[Event]:
    """The events of `file` (all of them where the table has no column `file`)."""
    table = read_table(path)
    for name in COLUMNS:
        table.column(name)
    listed = [dict(zip(table.columns, row, strict=True)) for row in zip(*table.columns.values(), strict=True)]
    own = [_event(row, path) for row in listed if row.get("file", file) in ("", file)]
    if not own:
        raise BadInput(f"{path.name} names no event of {file}.")
    return own


def _event(row: dict[str, str], path: Path) -> Event:
    start, end = day_of(row["start"]), day_of(row["end"])
    if start is None or end is None or end < start:
        raise BadInput(f"The event {row['event']!r} in {path.name} has no days from start to end.")
    try:
        pattern = re.compile(row["pattern"], re.IGNORECASE)
    except re.error as error:
        raise BadInput(f"The pattern {row['pattern']!r} in {path.name} cannot be used: {error}.") from None
    issue = row["is_issue"].strip().casefold() in ("yes", "1", "true")
    return Event(row["event"], issue, start, end, row.get("column", ""), row.get("value", ""), pattern)


def days(written: Iterable[str], column: str) -> list[int]:
    """Day numbers; BadInput names the first text that is no time."""
    found = []
    for text in written:
        day = day_of(text)
        if day is None:
            raise BadInput(f"{text!r} in the column {column!r} is not a time.")
        found.append(day)
    return found


def day_of(text: str) -> int | None:
    """The day as it is written, whatever the zone; None for what is no time."""
    text = text.strip()
    for read_it in (date.fromisoformat, datetime.fromisoformat, lambda one: datetime.strptime(one, TWITTER)):
        for part in (text, text[:19], text[:10]):
            try:
                return int(read_it(part).toordinal())
            except ValueError:
                continue
    return None
