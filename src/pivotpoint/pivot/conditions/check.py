"""Refuse a condition that cannot be asked, in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pivotpoint.pivot.conditions.fields import FIELDS, OPERATORS, Field
from pivotpoint.pivot.conditions.queries import listed
from pivotpoint.pivot.models import Rule
from pivotpoint.pivot.refused import Refused

MOST = 20
"""Conditions in one rule."""


class ConditionError(Refused):
    """The sentence says which condition is wrong and what it needs."""


@dataclass(frozen=True)
class Clause:
    """A rule, stored or still a draft."""

    match: str = "all"
    conditions: list[dict[str, Any]] = field(default_factory=list)
    excludes: bool = False
    id: int | None = None


def clause(rule: Rule | Clause | Mapping[str, Any]) -> Clause:
    """A stored rule or a draft (match, conditions, excludes) in one shape."""
    if isinstance(rule, Clause):
        return rule
    if isinstance(rule, Rule):
        return Clause(rule.match, rule.conditions, rule.excludes, rule.pk)
    return Clause(
        rule.get("match", "all"), list(rule.get("conditions", [])), bool(rule.get("excludes", False))
    )


def check(rules: Iterable[Rule | Clause | Mapping[str, Any]]) -> list[Clause]:
    """The rules with every value in its type; ConditionError names the first that is wrong."""
    return [_checked(clause(rule), number) for number, rule in enumerate(rules, 1)]


def _checked(rule: Clause, number: int) -> Clause:
    where = f"Rule {number}"
    if rule.match not in Rule.Match.values:
        raise ConditionError(f"{where} says “{rule.match}”; write all or any.")
    if not 1 <= len(rule.conditions) <= MOST:
        raise ConditionError(f"{where} has {len(rule.conditions)} conditions; it needs 1 to {MOST}.")
    conditions = [_condition(c, f"{where}, condition {n}") for n, c in enumerate(rule.conditions, 1)]
    return Clause(rule.match, conditions, rule.excludes, rule.id)


def _condition(condition: Any, where: str) -> dict[str, Any]:
    if not isinstance(condition, Mapping):
        raise ConditionError(f"{where} is not made of field, op and value.")
    key, op = str(condition.get("field", "")), str(condition.get("op", ""))
    asked = FIELDS.get(key)
    if asked is None:
        raise ConditionError(f"{where}: there is no field “{key}”; there are {', '.join(FIELDS)}.")
    if op not in asked.operators:
        raise ConditionError(f"{where}: {asked.label} knows {', '.join(asked.operators)}, not “{op}”.")
    value = _value(asked, op, condition.get("value"), f"{where}: {asked.label} {OPERATORS[op]}")
    return {"field": key, "op": op, "value": value}


def _value(asked: Field, op: str, value: Any, where: str) -> Any:
    if asked.kind in ("number", "percent", "days"):
        return _number(asked.kind, value, where)
    values = [str(v).strip() for v in listed(value) if str(v if v is not None else "").strip()]
    if not values or max(map(len, values)) > 100 or len(values) > 50:
        raise ConditionError(f"{where} needs 1 to 50 words of at most 100 characters.")
    if asked.choices is not None:
        known = [key for key, _ in asked.choices()]
        unknown = next((v for v in values if v not in known), None)
        if unknown is not None:
            raise ConditionError(f"{where} “{unknown}” does not exist; there are {', '.join(known)}.")
        if op in ("at_least", "at_most") and len(values) > 1:
            raise ConditionError(f"{where} takes one value, not {len(values)}.")
    return values[0] if len(values) == 1 else values


def _number(kind: str, value: Any, where: str) -> int | float:
    try:
        number = float(str(value).strip().replace(",", "."))
    except ValueError:
        raise ConditionError(f"{where} needs a number, not “{value}”.") from None
    most = {"percent": 100, "days": 3650}.get(kind, 10**9)
    if not 0 <= number <= most:
        raise ConditionError(f"{where} needs a number from 0 to {most:,}, not {value}.")
    return number if kind == "percent" and not number.is_integer() else int(number)
