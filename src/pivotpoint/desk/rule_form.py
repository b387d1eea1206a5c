"""Rules as a form sends them and as it shows them. The names are r0-match, r0-excludes, r0-c0-field, -op, -value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from pivotpoint.pivot.conditions import FIELDS
from pivotpoint.pivot.conditions.fields import OPERATORS, Field
from pivotpoint.pivot.models import Rule

NAME = re.compile(r"r(\d{1,2})-(?:c(\d{1,2})-)?(match|excludes|field|op|value)")
EMPTY = {"field": "people", "op": "at_least", "value": "3"}
Draft = dict[str, Any]


def sent(data: QueryDict) -> list[Draft]:
    """The rules of a form, in their order; conditions without a value are kept for the person to fill."""
    rules: dict[int, Draft] = {}
    conditions: dict[tuple[int, int], Draft] = {}
    for name in data:
        if not (found := NAME.fullmatch(name)):
            continue
        at, what = int(found[1]), found[3]
        rule = rules.setdefault(at, {"match": "all", "excludes": False})
        if found[2] is None:
            rule[what] = data[name] == "on" if what == "excludes" else data[name]
            continue
        condition = conditions.setdefault((at, int(found[2])), dict(EMPTY))
        condition[what] = _value(data.getlist(name)) if what == "value" else data[name]
    for at, rule in rules.items():
        rule["conditions"] = [conditions[key] for key in sorted(conditions) if key[0] == at]
    return [rules[at] for at in sorted(rules)]


def _value(values: list[str]) -> Any:
    """Several ticked boxes, or words between commas, are a list."""
    parts = [part.strip() for value in values for part in value.split(",") if part.strip()]
    return parts[0] if len(parts) == 1 else parts


def edited(rules: list[Draft], edit: str) -> list[Draft]:
    """After one of the buttons: add-rule, add-1, drop-1, drop-1-0."""
    match edit.split("-"):
        case ["add", "rule"]:
            return [*rules, {"match": "all", "excludes": False, "conditions": [dict(EMPTY)]}]
        case ["add", at] if at.isdecimal() and int(at) < len(rules):
            rules[int(at)]["conditions"].append(dict(EMPTY))
        case ["drop", at] if at.isdecimal() and int(at) < len(rules):
            del rules[int(at)]
        case ["drop", at, place] if at.isdecimal() and place.isdecimal() and int(at) < len(rules):
            del rules[int(at)]["conditions"][int(place) : int(place) + 1]
    return rules


def stored(rules: Iterable[Rule]) -> list[Draft]:
    return [
        {"match": rule.match, "excludes": rule.excludes, "conditions": [dict(one) for one in rule.conditions]}
        for rule in rules
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """One condition with what its controls offer. `input` is number, words, one or many (boxes)."""

    name: str
    field: str
    op: str
    values: list[str]
    input: str
    operators: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    unit: str
    edit: str

    @property
    def text(self) -> str:
        return ", ".join(self.values)


def shown(rules: Iterable[Draft]) -> list[dict[str, Any]]:
    """For templates/desk/_rules.html."""
    return [
        {
            "name": f"r{at}",
            "edit": str(at),
            "number": at + 1,
            "match": rule["match"],
            "excludes": rule["excludes"],
            "conditions": [
                _shown(one, f"r{at}-c{place}", f"{at}-{place}")
                for place, one in enumerate(rule["conditions"])
            ],
        }
        for at, rule in enumerate(rules)
    ]


def _shown(condition: Mapping[str, Any], name: str, edit: str) -> Shown:
    key = condition["field"] if condition["field"] in FIELDS else "people"
    field = FIELDS[key]
    op = condition["op"] if condition["op"] in field.operators else field.operators[0]
    value = condition["value"]
    return Shown(
        name=name,
        field=key,
        op=op,
        values=[str(one) for one in (value if isinstance(value, list) else [value])],
        input=_input(field, op),
        operators=[(one, OPERATORS[one].replace(" (days)", "")) for one in field.operators],
        choices=list(field.choices()) if field.choices else [],
        unit={"percent": "%", "days": "days" + (" ago" if op == "before_days" else "")}.get(field.kind, ""),
        edit=edit,
    )


def _input(field: Field, op: str) -> str:
    if field.choices:
        return "one" if op in ("at_least", "at_most") else "many"
    return "words" if field.kind == "words" else "number"


def fields() -> list[tuple[str, str]]:
    """What a condition can ask about."""
    return [(key, field.label) for key, field in FIELDS.items()]
