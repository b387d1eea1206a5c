"""Rows whose field is one of many values: one parameter, however many there are.

Django's own `in` prepares and binds each value by itself; for the thousands of keys of a batch that costs as much as
the query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

import orjson
from django.db.models import Field, ForeignObject, Lookup, Q


def among(field: str, values: Collection[int] | Collection[str]) -> Q:
    """The condition that `field` is one of `values`, which must be what the column holds: numbers or texts."""
    return Q(**{f"{field}__among": _Values(values)})


def slices(keys: Iterable[int], size: int = 5_000) -> Iterator[list[int]]:
    """The keys in lists of at most `size`, for one statement each."""
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some


class _Values:
    """Opaque to Django, which would ask each member of a list whether it is an expression."""

    __slots__ = ("all",)

    def __init__(self, values: Collection[int] | Collection[str]) -> None:
        self.all = list(values)


@ForeignObject.register_lookup
@Field.register_lookup
class _Among(Lookup):  # type: ignore[type-arg]  # not subscriptable when it runs
    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        values = orjson.dumps(self.rhs.all).decode()
        return f"{column} IN (SELECT value FROM json_each(%s))", [*parameters, values]  # noqa: S608 bound

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, self.rhs.all]
