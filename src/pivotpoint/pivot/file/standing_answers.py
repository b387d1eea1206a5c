"""Standing answers in the file: what the front line may do without the pivot, below the pivots that they relieve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pivotpoint.accounts.models import User
from pivotpoint.pivot import standing
from pivotpoint.pivot.conditions.names import Names
from pivotpoint.pivot.covering import checked
from pivotpoint.pivot.expected import at, demand_known
from pivotpoint.pivot.models import Pivot, Rule, StandingAnswer
from pivotpoint.pivot.owners import colleague
from pivotpoint.pivot.refused import Refused

WORDS = ("name", "may", "template", "unit")
KEYS = ("pivot", *WORDS, "match", "conditions", "most_amount", "most_a_week", "owner")
Line = tuple[str, bool, list[str]]


def written(names: Names) -> list[dict[str, Any]]:
    """The live ones of open pivots, in the order of these; a limit that is none is left out."""
    rows = StandingAnswer.objects.live().filter(pivot__closed_at=None).select_related("pivot", "owner")
    return [said(row, names) for row in rows.order_by("pivot__position", "pivot__name", "name")]


def said(row: StandingAnswer, names: Names) -> dict[str, Any]:
    amount = None if row.most_amount is None else format(row.most_amount.normalize(), "f")
    whole = {
        "pivot": row.pivot.name,
        "name": row.name,
        "owner": row.owner.email,
        "may": row.may,
        "template": row.template,
        "match": row.match,
        "conditions": names.named(row.conditions),
        "most_amount": amount,
        "unit": row.unit,
        "most_a_week": row.most_a_week,
    }
    return {key: value for key, value in whole.items() if value not in (None, "")}


def take_in(wanted: Sequence[Any], *, by: Any) -> list[Line]:
    """Make these so; others stay. Of each that changed: its name, whether it is new, and the difference in words."""
    done, seen, names = [], set(), Names()
    for number, one in enumerate(wanted, 1):
        if not isinstance(one, Mapping) or not isinstance(one.get("name"), str) or not one["name"].strip():
            raise Refused(f"Standing answer {number} has no name.")
        where = f"Standing answer “{one['name'].strip()}”"
        with at(where):
            pivot = _pivot(one)
            if (pivot.pk, one["name"].strip()) in seen:
                raise Refused(f"it stands there twice for {pivot}.")
            seen.add((pivot.pk, one["name"].strip()))
            done += _one(pivot, one, names, by)
    return done


def _one(pivot: Pivot, wanted: Mapping[str, Any], names: Names, by: Any) -> list[Line]:
    demand_known(wanted, KEYS, "a standing answer")
    fields = _fields(wanted, names)
    row = StandingAnswer.objects.live().filter(pivot=pivot, name=fields["name"]).first()
    if row is None:
        standing.make(pivot, fields, by=by)
        return [(fields["name"], True, [])]
    was = {name: getattr(row, name) for name in fields}
    differs = [name for name in fields if was[name] != fields[name]]
    if differs:
        standing.change(row, {name: fields[name] for name in differs}, by=by)
    changed = [f"{name}: {_shown(was[name], names)} → {_shown(fields[name], names)}" for name in differs]
    return [(fields["name"], False, changed)] if changed else []


def _pivot(wanted: Mapping[str, Any]) -> Pivot:
    pivot = Pivot.objects.live().filter(name=str(wanted.get("pivot", ""))).first()
    if pivot is None:
        raise Refused(f"there is no open pivot “{wanted.get('pivot', '')}”.")
    return pivot


def _fields(wanted: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """As the verb takes them; what the file leaves out has its usual value, the owner stays or is the pivot's."""
    fields: dict[str, Any] = {name: _words(wanted, name) for name in WORDS}
    asked = wanted.get("conditions") or []
    if not isinstance(asked, list):
        raise Refused(f"conditions is a list, not “{asked}”.")
    clause = checked(str(wanted.get("match", Rule.Match.ALL)), names.numbered(asked))
    fields |= {"match": clause.match, "conditions": clause.conditions}
    fields |= {"most_amount": _amount(wanted), "most_a_week": _a_week(wanted)}
    return fields | ({"owner": colleague(wanted["owner"])} if "owner" in wanted else {})


def _words(wanted: Mapping[str, Any], name: str) -> str:
    value = wanted.get(name, "")
    if not isinstance(value, str):
        raise Refused(f"{name} is text, not “{value}”.")
    return value.strip()


def _amount(wanted: Mapping[str, Any]) -> Decimal | None:
    value = wanted.get("most_amount")
    try:
        amount = None if value is None else Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if amount is not None and not amount.is_finite():
        raise Refused(f"most_amount is a number, not “{value}”.")
    return amount


def _a_week(wanted: Mapping[str, Any]) -> int | None:
    value = wanted.get("most_a_week")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise Refused(f"most_a_week is a number of times, not “{value}”.")
    return value


def _shown(value: Any, names: Names) -> str:
    if isinstance(value, User):
        return value.email
    if isinstance(value, list):
        return str(names.named(value))
    return "none" if value in (None, "") else str(value)
