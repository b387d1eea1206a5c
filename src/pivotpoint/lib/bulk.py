"""Many rows in one statement, for the paths where a model instance per row would cost more than the work.

The values go through the same adapters as Django's own inserts. Both ways of reserving keys live here only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import orjson
from django.db import connection, connections, models


def reserve(model: type[models.Model], count: int) -> range | list[int]:
    """`count` primary keys that nobody else will get. Inside a transaction; insert them before reserving again."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # An IMMEDIATE transaction is SQLite's only writer, so the next keys are ours.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return range(first, first + count)


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    new_only: bool = False,
    renew: Sequence[str] = (),
) -> None:
    """Insert rows of database values for the fields `names`.

    `new_only` leaves out what a constraint refuses; `renew` gives a row whose key is there already these fields.
    """
    sql = _insert(model, tuple(names), new_only, tuple(renew), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))


@cache
def _insert(
    model: type[models.Model], names: tuple[str, ...], new_only: bool, renew: tuple[str, ...], _vendor: str
) -> str:
    """Built once for each: where rows come one by one, to build it would cost more than to carry it out."""
    table = connection.ops.quote_name(model._meta.db_table)
    columns = [column(model, name) for name in names]
    quoted = ", ".join(connection.ops.quote_name(one) for one in columns)
    marks = ", ".join(["%s"] * len(columns))
    tail = " ON CONFLICT DO NOTHING" if new_only else ""
    if renew:
        key = connection.ops.quote_name(column(model, "pk"))
        taken = [connection.ops.quote_name(column(model, name)) for name in renew]
        tail = f" ON CONFLICT ({key}) DO UPDATE SET " + ", ".join(
            f"{name} = excluded.{name}" for name in taken
        )
    # Names come from the model and values are bound: nothing from outside is in the statement.
    return f"INSERT INTO {table} ({quoted}) VALUES ({marks}){tail}"  # noqa: S608


def change(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows that are there: one statement prepared once, where `save` builds one for each row."""
    if not rows:
        return
    model = type(rows[0])
    fields = [_field(model, name) for name in names]
    values = [
        [field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields] + [row.pk]
        for row in rows
    ]
    put(model, names, values)


def put(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write these fields of rows that are there: each is the fields' database values and then the key."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_update(model, names, Where(("pk",))), rows)


def put_where(model: type[models.Model], values: Mapping[str, Any], *, where: Mapping[str, Any]) -> int:
    """`filter(**where).update(**values)` of plain values: how many rows. The ORM builds such a statement for longer than
    a database needs to carry it out, which counts where it is done for each of many rows. A choice in `where` belongs to
    the statement (see `choice`)."""
    bound, holds = _asked(where)
    sql, fields = _update_where(model, tuple(values), holds, connection.vendor)
    return _carry_out(sql, fields, (*values.values(), *bound))


def drop_where(model: type[models.Model], *, where: Mapping[str, Any]) -> int:
    """`filter(**where).delete()` of rows to which nothing refers: how many. As `put_where`."""
    bound, holds = _asked(where)
    sql, fields = _delete_where(model, holds, connection.vendor)
    return _carry_out(sql, fields, bound)


class Where(NamedTuple):
    """The fields that are to have a value that is bound, those that are to have none, and those one of our own words."""

    bound: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    chosen: tuple[tuple[str, models.TextChoices], ...] = ()


def _asked(where: Mapping[str, Any]) -> tuple[tuple[Any, ...], Where]:
    """The values to bind, and what holds."""
    nulls = tuple(name for name, value in where.items() if value is None)
    chosen = tuple((name, value) for name, value in where.items() if isinstance(value, models.TextChoices))
    bound = {name: value for name, value in where.items() if name not in {*nulls, *dict(chosen)}}
    return tuple(bound.values()), Where(tuple(bound), nulls, chosen)


def _carry_out(sql: str, fields: Sequence[models.Field[Any, Any]], values: Sequence[Any]) -> int:
    # The database itself: each look through `connection` costs as much as a value.
    database = connections[connection.alias]
    given = [field.get_db_prep_save(value, database) for field, value in zip(fields, values, strict=True)]
    with database.cursor() as cursor:
        cursor.execute(sql, given)
        return int(cursor.rowcount)


@cache
def _update_where(
    model: type[models.Model], names: tuple[str, ...], where: Where, _vendor: str
) -> tuple[str, list[models.Field[Any, Any]]]:
    return _update(model, names, where), [_field(model, name) for name in (*names, *where.bound)]


@cache
def _delete_where(
    model: type[models.Model], where: Where, _vendor: str
) -> tuple[str, list[models.Field[Any, Any]]]:
    table = connection.ops.quote_name(model._meta.db_table)
    sql = f"DELETE FROM {table} WHERE {_holds(model, where)}"  # noqa: S608 names come from the model
    return sql, [_field(model, name) for name in where.bound]


def choice(value: models.TextChoices) -> str:
    """One of our own words, to stand in a statement as it is. Were it bound, SQLite would plan the statement anew each
    time it is asked, as a partial index may fit one word and not another: that costs more than all the rest."""
    if not value.value.isidentifier():
        raise ValueError(f"{value!r} is not a plain word.")
    return f"'{value.value}'"


def _update(model: type[models.Model], names: Sequence[str], where: Where) -> str:
    changes = ", ".join(f"{_quoted(model, name)} = %s" for name in names)
    table = connection.ops.quote_name(model._meta.db_table)
    return f"UPDATE {table} SET {changes} WHERE {_holds(model, where)}"  # noqa: S608 names come from the model


def _holds(model: type[models.Model], where: Where) -> str:
    """The bound ones first and in their order, as their values are."""
    said = [f"{_quoted(model, name)} = %s" for name in where.bound]
    said += [f"{_quoted(model, name)} IS NULL" for name in where.nulls]
    said += [f"{_quoted(model, name)} = {choice(value)}" for name, value in where.chosen]
    return " AND ".join(said)


def _quoted(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(column(model, name))


def add(model: type[models.Model], name: str, by: Mapping[int, int]) -> None:
    """Raise a number of these rows (key to amount), in the order of their keys."""
    table, place, key = (
        connection.ops.quote_name(part)
        for part in (model._meta.db_table, column(model, name), column(model, "pk"))
    )
    sql = f"UPDATE {table} SET {place} = {place} + %s WHERE {key} = %s"  # noqa: S608 as above
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(amount, pk) for pk, amount in sorted(by.items())])


def column(model: type[models.Model], name: str) -> str:
    """Where a field (`pk` too) is kept."""
    return str(_field(model, name).column)


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(field, models.Field) or field.column is None:
        raise LookupError(f"{model.__name__}.{name} is not kept in a column of its own.")
    return field


def moment(value: datetime) -> Any:
    """A time as this database takes it."""
    return moments([value])[0]


def moments(values: Iterable[datetime]) -> list[Any]:
    """Times as this database takes them; asking `connection` once, which is dearer than the rest."""
    database = connections[connection.alias]
    adapt = database.ops.adapt_datetimefield_value
    if database.vendor != "sqlite":
        return [adapt(value) for value in values]
    zone = database.timezone
    # A time in the database's own zone needs no more than what Django comes to as well, in a fifth of the time.
    return [str(value.replace(tzinfo=None)) if value.tzinfo is zone else adapt(value) for value in values]


def document(value: Any) -> Any:
    """A JSON value as this database takes it."""
    return documents([value])[0]


def documents(values: Iterable[Any]) -> list[Any]:
    """JSON values as this database takes them."""
    if connection.vendor == "sqlite":
        return [orjson.dumps(value).decode() for value in values]
    return [connection.ops.adapt_json_value(value, None) for value in values]


def written(documents: Iterable[str]) -> list[Any]:
    """What is JSON already, as this database takes it."""
    if connection.vendor == "sqlite":
        return list(documents)
    from psycopg.types.json import Jsonb  # Only PostgreSQL brings it.

    return [Jsonb(text, dumps=str) for text in documents]
