"""A file becomes the switchyard: all of it or nothing, and the same file a second time changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record
from pivotpoint.pivot.changing import Changing, Proposed, changing
from pivotpoint.pivot.conditions.names import Names
from pivotpoint.pivot.content import apply, changed
from pivotpoint.pivot.content.closing import write as set_closed
from pivotpoint.pivot.expected import at
from pivotpoint.pivot.file import hours, standing_answers, turns
from pivotpoint.pivot.file.read import Said, read
from pivotpoint.pivot.models import Pivot
from pivotpoint.pivot.refused import Refused


@dataclass(frozen=True, slots=True)
class Line:
    """What the file does to one pivot, or (`of`) calendar, rota or standing answer: new, changed or closed, and the difference in words. `warning`: it opens a gate,
    and the pivot has not worked well."""

    pivot: str
    does: str
    differences: list[str]
    warning: str = ""
    of: str = "pivot"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def compare(text: str, *, prune: bool = False, kinds: Collection[str] = ()) -> list[Line]:
    """What `take_in` would do; nothing is changed. It is really done and taken back, so what is refused is seen."""
    said = read(text)
    with transaction.atomic():
        lines = _shared(said, None)
        with changing(by=None, agreed=True, seen=True) as change:
            _all(said.pivots, change, prune, kinds)
        lines += _lines(change) + _standing(said, None)
        transaction.set_rollback(True)
    return lines


def take_in(
    text: str,
    *,
    by: Any,
    name: str = "",
    prune: bool = False,
    kinds: Collection[str] = (),
    seen: bool = False,
) -> list[Line]:
    """Apply the file called `name`. Pivots that are not in it stay, or are closed with `prune`.

    `kinds` are the destinations that there are; empty: any. `seen`: as for `edit.save`, where it opens a gate.
    """
    demand(by, "pivot.change")
    reason = f"From file {name}." if name else "From a file."
    said = read(text)
    waits: Proposed | None = None
    with transaction.atomic():
        lines = _shared(said, by)
        try:
            with changing(by=by, reason=reason, seen=seen) as change:
                _all(said.pivots, change, prune, kinds)
            lines += _lines(change) + _standing(said, by)
        except Proposed as proposed:
            waits = proposed
    if waits is not None:
        raise waits
    return lines


def _lines(change: Changing) -> list[Line]:
    """In the order of the switchyard; the closed ones last."""
    lines = []
    bad = {one.pivot.pk: one.worked.sentence for one in change.opened if one.worked.warns}
    for version in sorted(
        change.made, key=lambda one: (one.content.get("closed", False), one.content["position"])
    ):
        does = "new" if version.number == 1 else "closed" if version.content.get("closed") else "changed"
        lines.append(Line(version.content["name"], does, version.difference, bad.get(version.pivot_id, "")))
    return lines


def _shared(said: Said, by: Any) -> list[Line]:
    """Calendars and functions' rotas first, because pivots count on them. Like on their page they count at once, whoever
    must look at the pivots."""
    parts = (("calendar", hours.take_in, said.calendars), ("rota", turns.take_in, said.rotas))
    return [line for of, take, rows in parts for line in _named(of, take(rows, by=by))]


def _standing(said: Said, by: Any) -> list[Line]:
    """Last, because they relieve pivots that are there; where these wait for a second pair of eyes, so do they."""
    return _named("standing answer", standing_answers.take_in(said.standing_answers, by=by))


def _named(of: str, rows: Sequence[tuple[str, bool, list[str]]]) -> list[Line]:
    return [Line(name, "new" if made else "changed", differences, of=of) for name, made, differences in rows]


def _all(wanted: Sequence[dict[str, Any]], change: Changing, prune: bool, kinds: Collection[str]) -> None:
    there = {pivot.name: pivot for pivot in Pivot.objects.order_by("position", "name")}
    rows = [there.get(one["name"]) or Pivot() for one in wanted]
    change.watch(*there.values(), *rows)
    for row, one, position in zip(rows, wanted, _positions(rows, list(there.values())), strict=True):
        one["position"] = position
        if row.pk is None:  # so that rules of the others can ask about it
            _one(row, {key: value for key, value in one.items() if key != "rules"}, kinds)
    names = Names()
    for row, one in zip(rows, wanted, strict=True):
        _one(row, one, kinds, names)
    others = [pivot for name, pivot in there.items() if pivot not in rows and pivot.closed_at is None]
    for place, pivot in enumerate(others):
        _other(pivot, prune, None if _in_order(rows, there) else len(rows) + place)
    for pivot, base, now in change.ended():
        fields = changed(base.content, now) if base else []
        record("pivot.changed", pivot, by=change.by, made=base is None, fields=fields, file=True)


def _one(row: Pivot, wanted: Mapping[str, Any], kinds: Collection[str], names: Names | None = None) -> None:
    with at(f"Pivot “{wanted['name']}”"):
        unknown = [one.get("kind") for one in _listed(wanted) if kinds and one.get("kind") not in kinds]
        if unknown:
            raise Refused(f"there is no kind “{unknown[0]}” of destination; there are {', '.join(kinds)}.")
        if names is not None and "rules" in wanted:
            wanted = {**wanted, "rules": names.numbered(wanted["rules"])}
        apply(row, wanted)


def _listed(wanted: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = wanted.get("destinations") or []
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _in_order(rows: list[Pivot], there: Mapping[str, Pivot]) -> bool:
    """Whether the order of the file is the order that there is already."""
    known = list(there.values())
    return all(row in known for row in rows) and [row for row in known if row in rows] == rows


def _positions(rows: list[Pivot], known: list[Pivot]) -> list[int]:
    """Those that they have, when the order is right; else from the first."""
    as_it_is = _in_order(rows, {pivot.name: pivot for pivot in known})
    return [row.position if as_it_is else place for place, row in enumerate(rows)]


def _other(pivot: Pivot, prune: bool, position: int | None) -> None:
    """Not in the file: it stays, behind those that are, or is closed."""
    if prune:
        with at(f"Pivot “{pivot.name}”"):
            set_closed(pivot, True)
    elif position is not None and pivot.position != position:
        pivot.position = position
        pivot.save(update_fields=["position"])
