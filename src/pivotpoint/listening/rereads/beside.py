"""What later stages keep of a run beside what is there: made before the report, put in place with the last reading."""

from __future__ import annotations

from typing import Protocol

from pivotpoint.listening.models import Reread


class Part(Protocol):
    """A module of a later stage."""

    def prepare(self, run: Reread) -> int:
        """Some of the work, in transactions of its own; 0 when nothing is left to do."""
        ...

    def settle(self, run: Reread) -> bool:
        """Exchange it, in the transaction that ends the run; False when there is too much left to prepare."""
        ...

    def drop(self, run: Reread) -> None:
        """The run was cancelled, undone, or is too old to be undone."""
        ...


_parts: list[Part] = []


def takes_part(part: Part) -> None:
    if part not in _parts:
        _parts.append(part)


def prepare(run: Reread) -> int:
    return next((count for part in _parts if (count := part.prepare(run))), 0)


def settle(run: Reread) -> bool:
    return all(part.settle(run) for part in _parts)


def drop(run: Reread) -> None:
    for part in _parts:
        part.drop(run)
