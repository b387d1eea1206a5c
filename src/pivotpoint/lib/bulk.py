"""Many rows in one statement, for the paths where a model instance per row would cost more than the work.

Values are the database's own (see `stored`). Both ways of reserving keys live here only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from pivotpoint.lib.stored import field, insert_into, quoted, table


def reserve(model: type[models.Model], count: int) -> range | list[int]:
    """`count` primary keys that nobody else will get. Inside a transaction; insert them before reserving again."""
    if not count:
        return []
    name = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [name, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # An IMMEDIATE transaction is SQLite's only writer, so the next keys are ours.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [name])
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
    sql = insert_into(model, names)
    if renew:
        taken = ", ".join(f"{name} = excluded.{name}" for name in (quoted(model, each) for each in renew))
        return f"{sql} ON CONFLICT ({quoted(model, 'pk')}) DO UPDATE SET {taken}"
    return f"{sql} ON CONFLICT DO NOTHING" if new_only else sql


def change(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows that are there: one statement prepared once, where `save` builds one for each row."""
    if not rows:
        return
    model = type(rows[0])
    fields = [field(model, name) for name in names]
    values = [
        [each.get_db_prep_save(each.pre_save(row, False), connection) for each in fields] + [row.pk]
        for row in rows
    ]
    put(model, names, values)


def put(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write these fields of rows that are there: each is the fields' database values and then the key."""
    if not rows:
        return
    changes = ", ".join(f"{quoted(model, name)} = %s" for name in names)
    sql = f"UPDATE {table(model)} SET {changes} WHERE {quoted(model, 'pk')} = %s"  # noqa: S608 names of the model
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def add(model: type[models.Model], name: str, by: Mapping[int, int]) -> None:
    """Raise a number of these rows (key to amount), in the order of their keys."""
    place = quoted(model, name)
    sql = f"UPDATE {table(model)} SET {place} = {place} + %s WHERE {quoted(model, 'pk')} = %s"  # noqa: S608 as above
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(amount, pk) for pk, amount in sorted(by.items())])
