"""Many rows in few round trips: what the ORM does one object at a time, done by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson
from django.db import connection, models


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    ignore: bool = False,
    update: Sequence[str] = (),
) -> None:
    """INSERT tuples in the order of `columns` (field names; foreign keys as `x_id`).

    With `ignore`, rows that collide with an existing one are left out; with `update`, a row whose primary key is
    there already gets these columns instead. Model defaults and `save` are not applied.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    prepare = [_preparer(fields[name]) for name in columns]
    values = [
        tuple(f(v) if f is not None else v for f, v in zip(prepare, row, strict=True)) for row in rows
    ]
    if not values:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(fields[name].column) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 names are the model's own
    if ignore:
        sql += " ON CONFLICT DO NOTHING"
    if update:
        taken = [quote(fields[name].column) for name in update]
        key = quote(fields[model._meta.pk.attname].column)
        sql += f" ON CONFLICT ({key}) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in taken)
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _preparer(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return lambda value: orjson.dumps(value).decode()
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None
