"""One new row by a statement that is built once for each model, for the paths where many rows come one by one.

Django builds the statement anew for each `save`, which costs several times as much as the database's own work.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, models

from pivotpoint.lib.bulk import column


def insert(row: models.Model, *, new_only: bool = False) -> bool:
    """Insert it as `save` would, but with no signals; it has its key afterwards. In the caller's transaction.

    With `new_only`, a row that a unique constraint refuses is left out: False.
    """
    fields, sql = _statement(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(tail="ON CONFLICT DO NOTHING " if new_only else ""), values)
        made = cursor.fetchone()
    if made is None:
        return False
    row.pk = made[0]
    row._state.adding, row._state.db = False, connection.alias
    return True


@cache
def _statement(model: type[models.Model], vendor: str) -> tuple[list[models.Field[object, object]], str]:
    """The fields but for the key, which the database gives, and where they go."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column(model, field.name)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table, key = quote(model._meta.db_table), quote(column(model, "pk"))
    # Names come from the model and values are bound: nothing from outside is in the statement.
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks}) {{tail}}RETURNING {key}"  # noqa: S608
    return fields, sql
