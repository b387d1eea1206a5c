"""A rule as conditions see it, stored or still a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pivotpoint.pivot.models import Rule

Condition = Mapping[str, Any]
"""{"field", "op", "value"}, for some fields also "of" or "likeness"; or a group: {"match", "conditions"}."""


@dataclass(frozen=True)
class Clause:
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


def is_group(condition: Condition) -> bool:
    return "conditions" in condition


def leaves(conditions: list[dict[str, Any]]) -> Iterator[Condition]:
    """Every single condition, those of groups too."""
    for one in conditions:
        if is_group(one):
            yield from one["conditions"]
        else:
            yield one
