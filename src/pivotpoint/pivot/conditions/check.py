"""Check conditions; refuse an invalid one in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

from pivotpoint.pivot.conditions.asked import LIKENESS, listed
from pivotpoint.pivot.conditions.clause import Clause, clause, is_group, leaves
from pivotpoint.pivot.conditions.fields import FIELDS, OPERATORS, Choices, Field, Of
from pivotpoint.pivot.models import Rule
from pivotpoint.pivot.refused import Refused

MOST = 40
"""Conditions in one rule, those in its groups counted."""
SENTENCES, LONGEST = 10, 300
"""Example sentences of one condition, and characters of one."""


class ConditionError(Refused):
    """The sentence says which condition is wrong and what it needs."""


def check(rules: Iterable[Rule | Clause | Mapping[str, Any]]) -> list[Clause]:
    """The rules with every value converted to its type; ConditionError names the first invalid condition."""
    return [_checked(clause(rule), number) for number, rule in enumerate(rules, 1)]


def _checked(rule: Clause, number: int) -> Clause:
    where = f"Rule {number}"
    _match(rule.match, where)
    conditions = [_part(one, f"{where}, condition {n}") for n, one in enumerate(rule.conditions, 1)]
    count = sum(1 for _ in leaves(conditions))
    if not 1 <= count <= MOST:
        raise ConditionError(f"{where} has {count} conditions; it needs 1 to {MOST}.")
    return Clause(rule.match, conditions, rule.excludes, rule.id)


def _match(match: Any, where: str) -> str:
    if match not in Rule.Match.values:
        raise ConditionError(f"{where} says “{match}”; write all or any.")
    return str(match)


def _part(part: Any, where: str) -> dict[str, Any]:
    """A condition, or a group of them one level deep."""
    if not isinstance(part, Mapping) or not is_group(part):
        return _condition(part, where)
    match, inside = _match(part.get("match", "any"), where), part["conditions"]
    if not isinstance(inside, list) or not inside:
        raise ConditionError(f"{where} is a group without a condition; add one or drop the group.")
    if any(isinstance(one, Mapping) and is_group(one) for one in inside):
        raise ConditionError(f"{where} is a group; it holds conditions, not another group.")
    conditions = [_condition(one, f"{where}.{n}") for n, one in enumerate(inside, 1)]
    return {"match": match, "conditions": conditions}


def _condition(condition: Any, where: str) -> dict[str, Any]:
    if not isinstance(condition, Mapping):
        raise ConditionError(f"{where} is not made of field, op and value.")
    key, op = str(condition.get("field", "")), str(condition.get("op", ""))
    asked = FIELDS.get(key)
    if asked is None:
        raise ConditionError(f"{where}: there is no field “{key}”; there are {', '.join(FIELDS)}.")
    if op not in asked.operators:
        raise ConditionError(f"{where}: {asked.label} knows {', '.join(asked.operators)}, not “{op}”.")
    checked = {
        "field": key,
        "op": op,
        "value": _value(asked, op, condition.get("value"), f"{where}: {asked.label} {OPERATORS[op]}"),
    }
    if asked.of:
        checked["of"] = _of(asked.of, condition.get("of"), f"{where}: {asked.label}")
    if asked.kind == "sentences":
        likeness = condition.get("likeness", LIKENESS)
        checked["likeness"] = _number("percent", likeness, f"{where}: the likeness")
    return checked


def _of(of: Of, value: Any, where: str) -> str:
    text = str(value if value is not None else "").strip()
    if not text or len(text) > 60 or '"' in text:
        raise ConditionError(f"{where} needs the {of.label.lower()}: 1 to 60 characters without quotes.")
    if of.only:
        _known([text], of.choices(), f"{where}: {of.label.lower()}")
    return text


def _value(asked: Field, op: str, value: Any, where: str) -> Any:
    if asked.kind in ("number", "decimal", "percent", "days"):
        return _number(asked.kind, value, where)
    if asked.kind == "own" and op in ("at_least", "at_most"):
        return _number("decimal", value, where)
    values = [str(v).strip() for v in listed(value) if str(v if v is not None else "").strip()]
    if asked.kind == "sentences":
        return _sentences(values, where)
    if not values or max(map(len, values)) > 100 or len(values) > 50:
        raise ConditionError(f"{where} needs 1 to 50 words of at most 100 characters.")
    if asked.choices is not None:
        _known(values, asked.choices(), where)
        if op in ("at_least", "at_most") and len(values) > 1:
            raise ConditionError(f"{where} takes one value, not {len(values)}.")
    return values[0] if len(values) == 1 else values


def _sentences(values: list[str], where: str) -> Any:
    if not 1 <= len(values) <= SENTENCES or max(map(len, values)) > LONGEST:
        raise ConditionError(f"{where} needs 1 to {SENTENCES} sentences of at most {LONGEST} characters.")
    return values


def _known(values: list[str], choices: Choices, where: str) -> None:
    known = [key for key, _ in choices]
    unknown = next((v for v in values if v not in known), None)
    if unknown is not None:
        there = f"there are {', '.join(known)}" if known else "there is none yet"
        raise ConditionError(f"{where} “{unknown}” does not exist; {there}.")


def _number(kind: str, value: Any, where: str) -> int | float:
    try:
        number = float(str(value).strip().replace(",", "."))
    except ValueError:
        raise ConditionError(f"{where} needs a number, not “{value}”.") from None
    most = {"percent": 100, "days": 3650}.get(kind, 10**9)
    if not isfinite(number) or not 0 <= number <= most:
        raise ConditionError(f"{where} needs a number from 0 to {most:,}, not {value}.")
    return number if kind in ("percent", "decimal") and not number.is_integer() else int(number)
