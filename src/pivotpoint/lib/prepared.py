"""A query that is compiled to SQL once, for paths that run the same query again and again.

Django builds a statement anew for each call, which costs several times as much as an indexed look-up. A prepared query
keeps the statement and knows where the values of a call belong in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import connection, connections, models

from pivotpoint.lib.stored import moment

Value = int | str | datetime | Collection[int] | Collection[str]
Ask = Callable[..., "models.QuerySet[Any, tuple[Any, ...]]"]


class Prepared:
    """Call it with the arguments of `ask`; it returns rows as the database gives them, so select numbers and texts only.

    `ask(*values)` returns a `values_list` query that has the same shape for all values; pass a list on to `among`.
    """

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.known: dict[tuple[str, tuple[type, ...]], tuple[str, list[Any]]] = {}

    def __call__(self, *values: Value) -> list[tuple[Any, ...]]:
        # The database itself: each look through `connection` costs as much as a value.
        database = connections[connection.alias]
        key = (database.vendor, tuple(map(type, values)))
        if key not in self.known:
            self.known[key] = self._prepare(values, database)
        sql, places = self.known[key]
        given = [_bound(value, database.vendor) for value in values]
        with database.cursor() as cursor:
            cursor.execute(sql, [given[place.turn] if type(place) is _Place else place for place in places])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _prepare(self, values: tuple[Value, ...], database: Any) -> tuple[str, list[Any]]:
        marks = [_mark(value, turn) for turn, value in enumerate(values)]
        sql, parameters = self.ask(*marks).query.get_compiler(database.alias).as_sql()
        bound = [_bound(mark, database.vendor) for mark in marks]
        return sql, [
            _Place(bound.index(one)) if type(one) is not bool and one in bound else one for one in parameters
        ]


def any_of(rows: Callable[..., models.QuerySet[Any]]) -> Callable[..., bool]:
    """A function that says whether any such row exists. A sweep calls it first, because nearly always there is none.

    `rows(*values)` returns the queryset.
    """
    ask = Prepared(lambda *values: rows(*values).order_by().values_list("pk")[:1])
    return lambda *values: bool(ask(*values))


class _Place:
    """Where the value of a call goes."""

    __slots__ = ("turn",)

    def __init__(self, turn: int) -> None:
        self.turn = turn


def _mark(value: Value, turn: int) -> Value:
    """A value of the same kind that stands nowhere else in the statement."""
    if isinstance(value, int):
        return -(2**40) - turn
    if isinstance(value, str):
        return f"value {turn} of a prepared statement"
    if isinstance(value, datetime):
        return datetime(1, 2, 3, 4, 5, turn, tzinfo=UTC)
    return [-(2**41) - turn]


def _bound(value: Value, vendor: str) -> Any:
    """As Django would hand it to this database."""
    if isinstance(value, int | str):
        return value
    if isinstance(value, datetime):
        return moment(value)
    return orjson.dumps(list(value)).decode() if vendor == "sqlite" else list(value)
