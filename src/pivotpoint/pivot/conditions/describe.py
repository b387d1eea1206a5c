"""A rule in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.pivot.conditions.asked import LIKENESS, listed
from pivotpoint.pivot.conditions.clause import Clause, Condition, clause, is_group
from pivotpoint.pivot.conditions.fields import FIELDS, OPERATORS, Field
from pivotpoint.pivot.models import Rule

_VERBS = {"at_least": "is at least", "at_most": "is at most"}


def describe(rule: Rule | Clause | Mapping[str, Any]) -> str:
    """One sentence without its full stop: “At least 3 people and function is Finance”."""
    drawn = clause(rule)
    sentence = _joined(drawn.match, drawn.conditions)
    if drawn.excludes:
        return f"But not when {sentence}"
    return sentence[:1].upper() + sentence[1:]


def _joined(match: str, conditions: list[dict[str, Any]]) -> str:
    joint = " and " if match == Rule.Match.ALL else " or "
    return joint.join(_words(one) for one in conditions)


def _words(condition: Condition) -> str:
    if is_group(condition):
        inside = _joined(condition["match"], condition["conditions"])
        return f"({inside})" if len(condition["conditions"]) > 1 else inside
    op, value = condition["op"], condition["value"]
    field = FIELDS[condition["field"]]
    label = field.label[:1].lower() + field.label[1:]
    if field.words:
        return field.words.format(
            op=OPERATORS[op],
            value=_named(field, value) if field.kind == "own" and op in ("is", "is_not") else value,
            of=condition.get("of", ""),
            no="not " if op == "is_not" else "",
            names=_named(field, value),
        )
    if field.kind == "days":
        span = f"{value} {'day' if value == 1 else 'days'}"
        return f"{label} in the last {span}" if op == "within_days" else f"{label} more than {span} ago"
    if field.kind == "sentences":
        examples = " and ".join(f"“{one}”" for one in listed(value))
        return f"{label} {OPERATORS[op]} {examples} ({condition.get('likeness', LIKENESS)} %)"
    return f"{label} {(OPERATORS | _VERBS)[op]} {_named(field, value)}"


def _named(field: Field, value: Any) -> str:
    names = dict(field.choices()) if field.choices else {}
    return " or ".join(names.get(v, f"“{v}”") for v in listed(value))
