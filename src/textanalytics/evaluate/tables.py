"""A labelled table of texts, as columns; what is wrong with it is said in one sentence."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from textanalytics.base import IntArray

LONGEST_FIELD = 10_000_000
SEPARATORS = ",;\t|"


class BadInput(ValueError):
    """One sentence that says what cannot be used."""


class Lines(Protocol):
    """What csv.reader gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


@dataclass(frozen=True)
class Table:
    """Columns of equal length by name, in the order of the file."""

    path: Path
    columns: dict[str, list[str]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def column(self, name: str) -> list[str]:
        if name not in self.columns:
            raise BadInput(f"{self.path.name} has no column {name!r}; it has {', '.join(self.columns)}.")
        return self.columns[name]

    def rows(self, order: Sequence[int] | IntArray) -> Table:
        """The rows at these places, in this order."""
        places = [int(i) for i in order]
        return Table(self.path, {name: [kept[i] for i in places] for name, kept in self.columns.items()})

    def where(self, condition: str) -> Table:
        """The rows that meet `COLUMN=VALUE`; all of them for "". ValueError when none is left."""
        if not condition:
            return self
        name, equals, value = condition.partition("=")
        if not equals:
            raise BadInput(f"--where needs COLUMN=VALUE, not {condition!r}.")
        return self.some([kept == value for kept in self.column(name)], f"where {name} is {value!r}")

    def filled(self, *names: str) -> Table:
        """The rows that hold something in each of these columns."""
        needed = [self.column(name) for name in names]
        whole = [all(map(str.strip, row)) for row in zip(*needed, strict=True)]
        return self.some(whole, f"with something in {' and '.join(names)}")

    def some(self, chosen: Sequence[bool], meaning: str) -> Table:
        if not any(chosen):
            raise BadInput(f"{self.path.name} has no row {meaning}.")
        return self.rows(np.flatnonzero(np.asarray(chosen)))

    def sample(self, size: int | None, seed: int) -> Table:
        """So many rows (all for None) in a shuffled order that depends on the seed alone."""
        if size is not None and size < 1:
            raise BadInput("--sample must be 1 or more.")
        return self.rows(np.random.default_rng(seed).permutation(len(self))[:size])


def read_table(path: Path) -> Table:
    """A CSV file in UTF-8 with a header; the separator is the one that the header holds most."""
    csv.field_size_limit(min(LONGEST_FIELD, sys.maxsize))
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:
            header = lines.readline()
            lines.seek(0)
            separator = max(SEPARATORS, key=header.count)
            return Table(path, _columns(path, csv.reader(lines, delimiter=separator, strict=True)))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} is not in UTF-8.") from None
    except csv.Error as error:
        raise BadInput(f"{path.name} is not a table: {error}.") from None


def _columns(path: Path, rows: Lines) -> dict[str, list[str]]:
    names = [name.strip() for name in next(rows, [])]
    if not any(names):
        raise BadInput(f"{path.name} is empty.")
    if len(set(names)) < len(names):
        raise BadInput(f"{path.name} names a column twice.")
    kept: list[list[str]] = [[] for _ in names]
    for row in rows:
        if not row:
            continue
        if len(row) != len(names):
            raise BadInput(
                f"Line {rows.line_num} of {path.name} has {len(row)} fields; the header has {len(names)}."
            )
        for column, value in zip(kept, row, strict=True):
            column.append(value)
    if not kept[0]:
        raise BadInput(f"{path.name} has a header and no rows.")
    return dict(zip(names, kept, strict=True))
