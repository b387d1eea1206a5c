"""Rules as a form sends them and as it shows them.

The names are r0-match, r0-excludes; of its second condition r0-c1-field, -op, -value, -of, -likeness; of a group
r0-c1-match, and r0-c1-c0-field and so on for what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from pivotpoint.pivot.conditions import FIELDS
from pivotpoint.pivot.models import Rule

NAME = re.compile(r"r(\d{1,3})(?:-c(\d{1,2}))?(?:-c(\d{1,2}))?-(match|excludes|field|op|value|of|likeness)")
EMPTY = {"field": "people", "op": "at_least", "value": "3"}
FIRST = {"number": "3", "decimal": "2", "percent": "50", "days": "30"}
"""What a field of this kind begins with."""
Draft = dict[str, Any]


def sent(data: QueryDict, changed: str = "") -> list[Draft]:
    """The rules of a form, in their order; conditions without a value are kept for the person to fill.

    `changed` names the control that was just changed: another field begins with a value of its own.
    """
    chosen = FIELDS.get(str(data.get(changed, ""))) if changed.endswith("-field") else None
    if chosen:
        data = data.copy()
        data[f"{changed.removesuffix('field')}value"] = FIRST.get(chosen.kind, "")
    found: dict[tuple[int, ...], Draft] = {}
    for name in data:
        if part := NAME.fullmatch(name):
            place = tuple(int(number) for number in part.groups()[:3] if number is not None)
            for depth in range(1, len(place)):
                found.setdefault(place[:depth], {})
            found.setdefault(place, {})[part[4]] = data.getlist(name)
    return [_rule(found, place) for place in sorted(found) if len(place) == 1]


def _rule(found: Mapping[tuple[int, ...], Draft], place: tuple[int, ...]) -> Draft:
    said = found[place]
    return {
        "match": _last(said, "match", "all"),
        "excludes": _last(said, "excludes", "") == "on",
        "conditions": _inside(found, place),
    }


def _inside(found: Mapping[tuple[int, ...], Draft], place: tuple[int, ...]) -> list[Draft]:
    here = sorted(one for one in found if len(one) == len(place) + 1 and one[:-1] == place)
    return [_part(found, one) for one in here]


def _part(found: Mapping[tuple[int, ...], Draft], place: tuple[int, ...]) -> Draft:
    said = found[place]
    if "match" in said and len(place) == 2:
        return {"match": _last(said, "match", "any"), "conditions": _inside(found, place)}
    condition: Draft = {
        "field": _last(said, "field", EMPTY["field"]),
        "op": _last(said, "op", EMPTY["op"]),
        "value": EMPTY["value"],
    }
    field = FIELDS.get(condition["field"])
    if "value" in said:
        condition["value"] = _value(said["value"], field.kind if field else "")
    if field and field.of:
        condition["of"] = _last(said, "of", "")
    if field and field.kind == "sentences" and "likeness" in said:
        condition["likeness"] = _last(said, "likeness", "")
    return condition


def _last(said: Draft, what: str, default: str) -> str:
    values = said.get(what)
    return str(values[-1]) if values else default


def _value(values: list[str], kind: str) -> Any:
    """Several ticked boxes, words between commas, or sentences on lines of their own are a list."""
    if kind in ("number", "decimal", "percent", "days"):
        return values[-1].strip()
    between = "\n" if kind == "sentences" else ","
    parts = [part.strip() for value in values for part in value.split(between) if part.strip()]
    return parts[0] if len(parts) == 1 and kind != "sentences" else parts


def edited(rules: list[Draft], edit: str) -> list[Draft]:
    """After one of the buttons: add-rule, up-1, down-1, drop-1, add-1, group-1, drop-1-0, add-1-0, drop-1-0-2."""
    verb, _, rest = edit.partition("-")
    if edit == "add-rule":
        return [*rules, {"match": "all", "excludes": False, "conditions": [dict(EMPTY)]}]
    numbers = rest.split("-")
    if not all(number.isdecimal() and len(number) < 4 for number in numbers):
        return rules
    _edit(rules, verb, *[int(number) for number in numbers])
    return rules


def _edit(rules: list[Draft], verb: str, *place: int) -> None:
    """Change the list in which the last of the numbers counts; a place that is not there changes nothing."""
    around, at = rules, place[-1]
    for number in place[:-1]:
        if number >= len(around) or "conditions" not in around[number]:
            return
        around = around[number]["conditions"]
    if at >= len(around):
        return
    match verb:
        case "drop":
            del around[at]
        case "up" if at:
            around[at - 1 : at + 1] = around[at], around[at - 1]
        case "down":
            around[at : at + 2] = reversed(around[at : at + 2])
        case "add" if "conditions" in around[at]:
            around[at]["conditions"].append(dict(EMPTY))
        case "group" if len(place) == 1:
            around[at]["conditions"].append({"match": "any", "conditions": [dict(EMPTY), dict(EMPTY)]})


def stored(rules: Iterable[Rule]) -> list[Draft]:
    return [
        {"match": rule.match, "excludes": rule.excludes, "conditions": [dict(one) for one in rule.conditions]}
        for rule in rules
    ]
