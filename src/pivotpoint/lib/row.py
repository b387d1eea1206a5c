"""One row at a time, by statements that are built once: for the paths where many rows come one by one.

Django builds a statement anew for each `save`, `update` and `delete`, which costs several times as much as the
database's own work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, connections, models

from pivotpoint.lib.stored import field, insert_into, quoted, table

Fields = Sequence["models.Field[Any, Any]"]


def insert(row: models.Model, *, new_only: bool = False) -> bool:
    """Insert it as `save` would, but with no signals; it has its key afterwards. In the caller's transaction.

    With `new_only`, a row that a unique constraint refuses is left out: False.
    """
    fields, sql = _insert(type(row), new_only, connection.vendor)
    values = [each.get_db_prep_save(each.pre_save(row, True), connection) for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        made = cursor.fetchone()
    if made is None:
        return False
    row.pk = made[0]
    row._state.adding, row._state.db = False, connection.alias
    return True


@cache
def _insert(model: type[models.Model], new_only: bool, _vendor: str) -> tuple[Fields, str]:
    """The fields but for the key, which the database gives, and where they go."""
    fields = [each for each in model._meta.local_concrete_fields if not each.primary_key]
    tail = " ON CONFLICT DO NOTHING" if new_only else ""
    sql = insert_into(model, [each.name for each in fields])
    return fields, f"{sql}{tail} RETURNING {quoted(model, 'pk')}"


def put_where(model: type[models.Model], values: Mapping[str, Any], *, where: Mapping[str, Any]) -> int:
    """`filter(**where).update(**values)` of plain values: how many rows. A choice in `where` belongs to the statement
    (see `choice`)."""
    bound, holds = _asked(where)
    sql, fields = _update(model, tuple(values), holds, connection.vendor)
    return _carry_out(sql, fields, (*values.values(), *bound))


def drop_where(model: type[models.Model], *, where: Mapping[str, Any]) -> int:
    """`filter(**where).delete()` of rows to which nothing refers: how many. As `put_where`."""
    bound, holds = _asked(where)
    sql, fields = _delete(model, holds, connection.vendor)
    return _carry_out(sql, fields, bound)


def choice(value: models.TextChoices) -> str:
    """One of our own words, to stand in a statement as it is. Were it bound, SQLite would plan the statement anew each
    time it is asked, as a partial index may fit one word and not another: that costs more than all the rest."""
    if not value.value.isidentifier():
        raise ValueError(f"{value!r} is not a plain word.")
    return f"'{value.value}'"


class _Where(NamedTuple):
    """The fields that are to have a value that is bound, those that are to have none, and those one of our own words."""

    bound: tuple[str, ...]
    nulls: tuple[str, ...]
    chosen: tuple[tuple[str, models.TextChoices], ...]


def _asked(where: Mapping[str, Any]) -> tuple[tuple[Any, ...], _Where]:
    """The values to bind, and what holds."""
    nulls = tuple(name for name, value in where.items() if value is None)
    chosen = tuple((name, value) for name, value in where.items() if isinstance(value, models.TextChoices))
    bound = {name: value for name, value in where.items() if name not in {*nulls, *dict(chosen)}}
    return tuple(bound.values()), _Where(tuple(bound), nulls, chosen)


def _carry_out(sql: str, fields: Fields, values: Sequence[Any]) -> int:
    # The database itself: each look through `connection` costs as much as a value.
    database = connections[connection.alias]
    given = [each.get_db_prep_save(value, database) for each, value in zip(fields, values, strict=True)]
    with database.cursor() as cursor:
        cursor.execute(sql, given)
        return int(cursor.rowcount)


@cache
def _update(
    model: type[models.Model], names: tuple[str, ...], where: _Where, _vendor: str
) -> tuple[str, Fields]:
    changes = ", ".join(f"{quoted(model, name)} = %s" for name in names)
    sql = f"UPDATE {table(model)} SET {changes} WHERE {_holds(model, where)}"  # noqa: S608 names come from the model
    return sql, [field(model, name) for name in (*names, *where.bound)]


@cache
def _delete(model: type[models.Model], where: _Where, _vendor: str) -> tuple[str, Fields]:
    sql = f"DELETE FROM {table(model)} WHERE {_holds(model, where)}"  # noqa: S608 names come from the model
    return sql, [field(model, name) for name in where.bound]


def _holds(model: type[models.Model], where: _Where) -> str:
    """The bound ones first and in their order, as their values are."""
    said = [f"{quoted(model, name)} = %s" for name in where.bound]
    said += [f"{quoted(model, name)} IS NULL" for name in where.nulls]
    said += [f"{quoted(model, name)} = {choice(value)}" for name, value in where.chosen]
    return " AND ".join(said)
