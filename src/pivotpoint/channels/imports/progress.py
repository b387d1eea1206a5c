"""An open file and how far it has been read: kept between slices, so that no row is read twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pivotpoint.channels.imports.convert import Outcome


@dataclass
class OpenFile:
    """`done` rows of it are committed; `seen` are the names that a dry run has met."""

    run: int
    rows: Iterator[Outcome]
    done: int
    seen: set[str] = field(default_factory=set)
