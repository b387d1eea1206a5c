"""Where a pivot leads, as data: settings, and never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.lib import clock
from pivotpoint.pivot import expected
from pivotpoint.pivot.content import columns
from pivotpoint.pivot.content.parts import Part
from pivotpoint.pivot.models import Destination, Pivot
from pivotpoint.pivot.refused import Refused

WITHOUT = ("position",)
"""Their order is the order of the list."""
LABELS = {"kind": "Kind", "how": "It gets", "at_once": "Most at once", "per_minute": "Most a minute"}
"""What pages call its columns."""
_settings: dict[str, Mapping[str, str]] = {}
_kinds: dict[str, str] = {}


def name_settings(kind: str, called: str, labels: Mapping[str, str]) -> None:
    """What pages call this kind of destination and its settings. Whoever brings the kind says so."""
    _kinds[kind], _settings[kind] = called, labels


def read(pivot: Pivot) -> list[dict[str, Any]]:
    return [columns.read(one, WITHOUT) for one in pivot.destinations.all() if one.closed_at is None]


def write(pivot: Pivot, wanted: Any) -> None:
    """Match destinations by name: existing ones are changed, closed ones reopen with their secret, all others are
    closed."""
    wanted = expected.mappings(wanted, "destinations is a list, each with a name, a kind and its config.")
    expected.demand_once([one.get("name") for one in wanted], "destinations: {}".format)
    there = list(Destination.objects.filter(pivot=pivot).order_by("closed_at", "-pk"))
    kept = set()
    for position, one in enumerate(wanted):
        row = _row(pivot, there, one)
        _put(row, one, position)
        kept.add(row.pk)
    for row in there:
        if row.closed_at is None and row.pk not in kept:
            row.closed_at = clock.now()
            row.save(update_fields=["closed_at"])


def _row(pivot: Pivot, there: list[Destination], wanted: Mapping[str, Any]) -> Destination:
    """The open one of this name; else the last one of this name and kind that was closed; else a new one."""
    named = [row for row in there if row.name == wanted.get("name")]
    open_ones = [row for row in named if row.closed_at is None]
    closed = [row for row in named if row.closed_at and row.kind == wanted.get("kind")]
    closed.sort(key=lambda row: (row.closed_at, row.pk), reverse=True)
    return next(iter(open_ones + closed), None) or Destination(pivot=pivot)


def _put(row: Destination, wanted: Mapping[str, Any], position: int) -> None:
    where = f"Destination {position + 1}"
    expected.demand_known(wanted, columns.fields(Destination, WITHOUT), where)
    if not isinstance(wanted.get("config") or {}, Mapping):
        raise Refused(f"{where}: config is made of settings, each with its name.")
    new = row.pk is None or row.closed_at is not None or _changed(row, wanted)
    with expected.at(where):
        columns.write(row, {**wanted, "config": dict(wanted.get("config") or {})}, WITHOUT)
    row.position, row.closed_at = position, None
    if new:
        row.failures, row.rests_until = 0, None
    row.save()


def _changed(row: Destination, wanted: Mapping[str, Any]) -> bool:
    return columns.read(row, WITHOUT) != dict(wanted)


def words(old: Any, new: Any) -> list[str]:
    was, now = ({one["name"]: one for one in each or []} for each in (old, new))
    said = [f"Destination {name} is closed" for name in was if name not in now]
    new = {name: str(one["kind"]) for name, one in now.items() if name not in was}
    said += [f"Destination {name} is new ({_kinds.get(kind, kind)})" for name, kind in new.items()]
    for name in [name for name in now if name in was]:
        said += [f"Destination {name}: {each}" for each in _inside(was[name], now[name])]
    stayed = [name for name in was if name in now]
    if stayed != [name for name in now if name in was]:
        said.append(f"Destinations in this order: {', '.join(now)}")
    return said


def _inside(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    was, now = (dict(each) | dict(each.get("config") or {}) for each in (old, new))
    keys = [key for key in dict.fromkeys([*was, *now]) if key != "config" and was.get(key) != now.get(key)]
    labels = LABELS | dict(_settings.get(str(new.get("kind")), {}))
    return [f"{labels.get(key, key)} {_said(key, was.get(key))} → {_said(key, now.get(key))}" for key in keys]


def _said(key: str, value: Any) -> str:
    if key == "kind":
        return _kinds.get(str(value), str(value))
    if key == "how":
        return str(dict(Destination.How.choices).get(value or Destination.How.ALWAYS, value)).lower()
    return "nothing" if value in (None, "", [], {}) else str(value)


PART = Part("destinations", read, write, words, label="Destinations", rows=("destinations",))
