"""A row of the file as a message, or the reason why it is none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape

import orjson

from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.models import Audience, ImportRun, Kind
from pivotpoint.channels.tables import Reject, Row, Table, day_comes_first, parse_time, same_value

NOT_TO_US = (Kind.SOCIAL, Kind.REVIEW)
WORDS = frozenset({"text", "subject"})
"""What a person wrote: platforms export "&amp;" for their "&"."""
CELL, CELLS = 500, 40
"""Characters of another column, and how many other columns, that are kept beside a message."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that the condition leaves out."""

    number: int


Outcome = Inbound | Reject | Skipped


class Converter:
    """Knows the mapping, the condition, and how this file writes its days."""

    def __init__(self, run: ImportRun, table: Table) -> None:
        self.parts: dict[str, str] = run.mapping
        self.where: dict[str, str] = run.where
        self.rest = [name for name in table.columns if name not in self.parts.values()][:CELLS]
        self.audience = _audience(run)
        self.file = run.file_name
        self.day_first = True
        if "time" in self.parts:
            self.day_first = day_comes_first(row.values.get(self.parts["time"], "") for row in table.sample())

    def convert(self, row: Row | Reject) -> Outcome:
        if isinstance(row, Reject):
            return row
        values = row.values
        if self.where and not all(
            same_value(values.get(name, ""), value) for name, value in self.where.items()
        ):
            return Skipped(row.number)
        said = {part: values.get(name, "").strip() for part, name in self.parts.items()}
        for part in WORDS & said.keys():
            said[part] = unescape(said[part]).strip()
        if not said["text"]:
            return _refuse(row, "The text is empty.")
        at: datetime | None = None
        if said.get("time"):
            at = parse_time(said["time"], day_first=self.day_first)
            if at is None:
                return _refuse(row, f"The time is not readable: {said['time'][:80]}")
        return Inbound(
            external_id=said.get("id") or _digest(values),
            text=said["text"],
            handle=said.get("author", ""),
            name=said.get("name", ""),
            email=said.get("email", ""),
            said_at=at,
            subject=said.get("subject", ""),
            thread=said.get("conversation", ""),
            audience=self.audience,
            segment=said.get("segment", ""),
            organisation=said.get("organisation", ""),
            data=self._data(row),
        )

    def _data(self, row: Row) -> dict[str, object]:
        """Where it came from, and what else stood in the row."""
        others = {name: value[:CELL] for name in self.rest if (value := row.values.get(name, "").strip())}
        return {"row": row.number, "file": self.file, **({"columns": others} if others else {})}


def _audience(run: ImportRun) -> str:
    about = run.channel is not None and run.channel.kind in NOT_TO_US
    return (Audience.ABOUT if about else Audience.US).value


def _digest(values: Mapping[str, str]) -> str:
    """A name for a row that has none: its content, so the same row in another file is the same message."""
    return "row-" + hashlib.sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def _refuse(row: Row, reason: str) -> Reject:
    return Reject(row.number, reason[:200], orjson.dumps(row.values).decode()[:2000])
