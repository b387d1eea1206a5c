"""What data that people or programs write must look like. Refused says in one sentence what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from pivotpoint.pivot.refused import Refused


def demand_known(keys: Iterable[Any], known: Collection[str], what: str) -> None:
    """Refused ("A pivot has no colour.") when a key is none of the known ones. `what` begins the sentence."""
    unknown = sorted(str(key) for key in keys if key not in known)
    if unknown:
        raise Refused(f"{what} has no {', '.join(unknown)}.")


def demand_once(names: Sequence[Hashable], what: Callable[[Any], str]) -> None:
    """Refused when a name stands there twice; `what` says how the sentence calls it."""
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Refused(f"{what(twice)} stands there twice.")


def list_of(value: Any, shape: str) -> list[Any]:
    """The list, [] for None and other empty values; Refused with the sentence `shape` when it is something else."""
    if not isinstance(value or [], list | tuple):
        raise Refused(shape)
    return list(value or [])


def mappings(value: Any, shape: str) -> list[Mapping[str, Any]]:
    """As `list_of`, of entries that have keys."""
    found = list_of(value, shape)
    if not all(isinstance(one, Mapping) for one in found):
        raise Refused(shape)
    return found


def day(value: Any, name: str) -> date:
    """The day that `value` writes as YYYY-MM-DD; `name` is what the sentence calls it."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refused(f"{name} is a day such as 2026-12-01, not “{value}”.") from None


@contextmanager
def at(where: str) -> Iterator[None]:
    """Whatever is refused inside is refused with the place before it: "Step 2: say what is to be done."."""
    try:
        yield
    except ValidationError as refusal:
        raise Refused(f"{where}: {' '.join(refusal.messages)}") from refusal
