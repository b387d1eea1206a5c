"""A rule in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.pivot.conditions.check import Clause, clause
from pivotpoint.pivot.conditions.fields import FIELDS, Field
from pivotpoint.pivot.conditions.queries import listed
from pivotpoint.pivot.models import Rule

_AMOUNTS = {
    "people": "{op} {value} people",
    "messages": "{op} {value} messages",
    "negative_share": "{op} {value} % negative",
}
_VERBS = {"is": "is", "is_not": "is not", "at_least": "is at least", "at_most": "is at most"}
_WORDS = {"contains": "contains", "contains_not": "does not contain"}


def describe(rule: Rule | Clause | Mapping[str, Any]) -> str:
    """One sentence without its full stop: “At least 3 people and function is Finance”."""
    drawn = clause(rule)
    joint = " and " if drawn.match == Rule.Match.ALL else " or "
    sentence = joint.join(_words(c) for c in drawn.conditions)
    if drawn.excludes:
        return f"But not when {sentence}"
    return sentence[:1].upper() + sentence[1:]


def _words(condition: Mapping[str, Any]) -> str:
    key, op, value = condition["field"], condition["op"], condition["value"]
    field = FIELDS[key]
    if key in _AMOUNTS:
        return _AMOUNTS[key].format(op=op.replace("_", " "), value=value)
    label = field.label[:1].lower() + field.label[1:]
    if field.kind == "days":
        span = f"{value} {'day' if value == 1 else 'days'}"
        return f"{label} in the last {span}" if op == "within_days" else f"{label} more than {span} ago"
    return f"{label} {(_VERBS | _WORDS)[op]} {_named(field, op, value)}"


def _named(field: Field, op: str, value: Any) -> str:
    names = dict(field.choices()) if field.choices else {}
    shown = [names.get(v, f"“{v}”") for v in listed(value)]
    return " or ".join(shown)
