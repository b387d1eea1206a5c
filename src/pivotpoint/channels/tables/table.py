"""What a table is, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

LONGEST_LINE = 1_000_000
"""Characters. A longer line is rejected without ever being held in memory whole."""

RAW_KEPT = 2_000
"""Characters of a rejected row that are kept as proof."""


class BadTable(Exception):
    """The file cannot be read as a table. The text is one sentence for the person who chose the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One usable row; `number` is its first line in the file (its row in a sheet), counted from 1."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that cannot be used, and why."""

    number: int
    reason: str
    raw: str


def sound(row: Row) -> Row | Reject:
    """The row, or a Reject if it holds NUL, which no database stores."""
    if any("\0" in value for value in row.values.values()):
        return Reject(row.number, "a NUL character stands in it", "\t".join(row.values.values())[:RAW_KEPT])
    return row


@dataclass
class Table:
    """A checked file. `rows` may be called again; each call reads the file from its start."""

    path: Path
    columns: list[str]
    format: str
    encoding: str
    notes: list[str] = field(default_factory=list)
    """What was decided for the reader of the file, one phrase each, to be said aloud."""

    def rows(self) -> Iterator[Row | Reject]:
        raise NotImplementedError

    def sample(self, limit: int = 500) -> list[Row]:
        """The first usable rows, for guessing columns and for a preview."""
        return [row for row in islice(self.rows(), 2 * limit) if isinstance(row, Row)][:limit]


def unique_names(names: list[str]) -> list[str]:
    """Trimmed column names; an empty one is named by its place, a repeated one is numbered."""
    seen: dict[str, int] = {}
    unique = []
    for place, name in enumerate(names, start=1):
        name = " ".join(name.replace("\ufeff", "").split()) or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique
