"""Cache of the SQL of rules. It depends only on the rule's content, which is the key, so that nothing gets stale.

Compiling a rule costs more than checking a thousand insights against it, and a sweep uses the same rules every
time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, Q, QuerySet
from django.db.models.sql import Query

from pivotpoint.insights.models import Insight
from pivotpoint.pivot.conditions.clause import Clause, leaves
from pivotpoint.pivot.conditions.fields import FIELDS

KEPT = 4_000
"""Rules, in one process."""
CHANGING = ("days", "sentences")
"""Kinds of fields that another moment, or other insights, make into another condition."""


class Known(Expression):
    """The SQL of a rule, where the insight's theme is joined under its own name, as in `switchable`.

    Such a query cannot be asked inside another one, which would call the tables otherwise.
    """

    output_field = BooleanField()

    def __init__(self, sql: str, parameters: tuple[Any, ...]) -> None:
        super().__init__()
        self.sql, self.parameters = sql, parameters

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return f"({self.sql})", self.parameters

    def get_group_by_cols(self) -> list[Any]:
        return []

    def relabeled_clone(self, change_map: Any) -> Known:
        raise NotImplementedError("Ask which rule takes what by itself, not inside another query.")


def known(rule: Clause, insights: Callable[[], QuerySet[Insight]], compile_: Callable[[], Q]) -> Q:
    """What `compile_` gives, already compiled where that is possible. `insights` gives the `switchable` ones."""
    if any(FIELDS[one["field"]].kind in CHANGING for one in leaves(rule.conditions)):
        return compile_()
    key = f"{connection.vendor} {json.dumps([rule.match, rule.conditions], sort_keys=True)}"
    if key not in _kept:
        _keep(key, _compiled(_whole(insights), compile_()))
    found = _kept[key]
    return compile_() if found is None else Q(Known(*found))


@lru_cache(maxsize=1)
def _whole(insights: Callable[[], QuerySet[Insight]]) -> Query:
    """Built once: it says the same at any time, and each rule is compiled in a copy of it."""
    return insights().query


_kept: dict[str, tuple[str, tuple[Any, ...]] | None] = {}


def _keep(key: str, found: tuple[str, tuple[Any, ...]] | None) -> None:
    """The oldest goes when there is no more room."""
    if len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = found


def _compiled(insights: Query, q: Q) -> tuple[str, tuple[Any, ...]] | None:
    """None where it is always or never so, or needs a table that `switchable` has not joined."""
    query = insights.clone()
    joined = set(query.alias_map)
    where = q.resolve_expression(query, allow_joins=True)
    if set(query.alias_map) != joined:
        return None
    try:
        sql, parameters = query.get_compiler(connection=connection).compile(where)
    except (EmptyResultSet, FullResultSet):
        return None
    return _numbered(sql, parameters)


def _numbered(sql: str, parameters: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """Numbers stand in the text itself: a database compares with a constant faster than with what it is given."""
    parts = sql.split("%s")
    if "%%" in sql or len(parts) != len(parameters) + 1:
        return sql, tuple(parameters)
    said, left = parts[0], []
    for value, after in zip(parameters, parts[1:], strict=True):
        number = type(value) in (int, float)
        said += (f"({value!r})" if number else "%s") + after
        left += [] if number else [value]
    return said, tuple(left)
