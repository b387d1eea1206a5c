"""What a condition knows when it is compiled into the query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pivotpoint.insights.likeness import likenesses
from pivotpoint.insights.models import Insight
from pivotpoint.pivot.conditions.clause import Clause, Condition, leaves

LIKENESS = 75
"""Per cent from which an insight is like the sentences, when nobody says. With three sentences each it found 77 of 77
and 134 of 151 matters of two public collections; of what it caught, 63 % and 85 % was right."""


def listed(value: Any) -> list[Any]:
    """The value as a list; a condition with several values holds if any of them does."""
    return list(value) if isinstance(value, list | tuple) else [value]


class Meanings:
    """How similar `insights` are to the example sentences of rules.

    Computed at the first use, for all sentences in one pass; `insights` are those that the query is about.
    """

    def __init__(self, clauses: Iterable[Clause], insights: QuerySet[Insight]) -> None:
        conditions = [one for rule in clauses for one in leaves(rule.conditions)]
        groups = {sentences(one): None for one in conditions if one["field"] == "meaning"}
        self._places = {group: place for place, group in enumerate(groups)}
        self._insights = insights
        self._found: tuple[Any, Any] | None = None

    def of(self, group: tuple[str, ...]) -> tuple[Any, Any]:
        """Ids of insights, and how like the sentences each is, in per cent."""
        if self._found is None:
            self._found = likenesses(list(self._places), self._insights)
        ids, percent = self._found
        return ids, percent[:, self._places[group]]


def sentences(condition: Condition) -> tuple[str, ...]:
    return tuple(listed(condition["value"]))


@dataclass(frozen=True, slots=True)
class Asked:
    """One checked condition. `of` says whose share or which own field is meant; `likeness` is in per cent."""

    op: str
    value: Any
    meanings: Meanings
    of: str = ""
    likeness: float = LIKENESS

    @property
    def values(self) -> Sequence[Any]:
        return listed(self.value)

    @property
    def negated(self) -> bool:
        return self.op in ("is_not", "contains_not", "unlike")


def asked(condition: Condition, meanings: Meanings) -> Asked:
    return Asked(
        condition["op"],
        condition["value"],
        meanings,
        condition.get("of", ""),
        condition.get("likeness", LIKENESS),
    )
