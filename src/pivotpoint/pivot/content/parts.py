"""`content(pivot)` reads everything that makes a pivot what it is; `apply` is its inverse and the only way back."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pivotpoint.pivot.content import columns
from pivotpoint.pivot.expected import demand_known
from pivotpoint.pivot.models import Pivot


@dataclass(frozen=True)
class Part:
    """A part of a pivot's content that is kept in rows of its own.

    `read` gives plain data (numbers, words, lists, dicts; people by e-mail, functions by key; never a secret), or
    `default` when there is none, from the pivot's relations `rows` (as prefetch_related names them). `write` makes the
    rows so; Refused when it cannot. `words` says what differs, and `label` what pages call it.
    """

    key: str
    read: Callable[[Pivot], Any]
    write: Callable[[Pivot, Any], None]
    words: Callable[[Any, Any], list[str]]
    default: Any = None
    label: str = ""
    rows: tuple[str, ...] = ()


_parts: dict[str, Part] = {}


def add(part: Part) -> None:
    """Register a part: from now on it is in every version, comparison and file."""
    _parts[part.key] = part


def parts() -> list[Part]:
    return list(_parts.values())


def content(pivot: Pivot) -> dict[str, Any]:
    """The whole pivot as plain data, as it stands in the database; the same pivot always gives the same."""
    return _read(_afresh(pivot))


def contents(pivots: QuerySet[Pivot]) -> dict[int, dict[str, Any]]:
    """By pivot, what `content` says; as many statements for a hundred as for one."""
    several = pivots.select_related(*columns.related()).prefetch_related(*_relations())
    return {pivot.pk: _read(pivot) for pivot in several}


def _relations() -> list[str]:
    return [name for part in parts() for name in part.rows]


def _afresh(pivot: Pivot) -> Pivot:
    """The same pivot without what somebody has fetched along with it: that may be older than its rows."""
    fresh = copy.copy(pivot)
    vars(fresh).pop("_prefetched_objects_cache", None)
    fresh._state.fields_cache.pop("rota", None)
    return fresh


def _read(pivot: Pivot) -> dict[str, Any]:
    read = {part.key: part.read(pivot) for part in parts()}
    return columns.read(pivot) | {key: value for key, value in read.items() if value != _parts[key].default}


def apply(pivot: Pivot, wanted: Mapping[str, Any]) -> Pivot:
    """Give a new or existing pivot this content. Checks no permission; call it inside `changing`."""
    demand_known(wanted, {*columns.names(), *_parts}, "A pivot")
    columns.write(pivot, wanted)
    pivot.save()
    for part in parts():
        part.write(pivot, wanted.get(part.key, part.default))
    return pivot
