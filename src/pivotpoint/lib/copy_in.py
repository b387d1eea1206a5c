"""Insert many rows by COPY, the fastest way into PostgreSQL. COPY cannot skip conflicts, so a temporary table is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from pivotpoint.lib import stored


def copy_in(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, owner: str
) -> int:
    """Insert rows of database values for the fields `names` in one transaction; returns how many were new.

    Rows that violate a constraint are skipped, and so are those whose `owner` (a foreign key among `names`) is gone. The
    owners of the other rows are locked until the transaction ends. PostgreSQL only.
    """
    quote = connection.ops.quote_name
    target = model._meta.get_field(owner).related_model
    if not isinstance(target, type) or not issubclass(target, models.Model):
        raise LookupError(f"{model.__name__}.{owner} points at no rows.")
    table, theirs = quote(model._meta.db_table), quote(target._meta.db_table)
    columns = ", ".join(quote(stored.column(model, name)) for name in names)
    key, pk = quote(stored.column(model, owner)), quote(stored.column(target, "pk"))
    # Names come from the model and values are copied: nothing from outside is in a statement.
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE copied_in ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"  # noqa: S608
        )
        with cursor.copy(f"COPY copied_in ({columns}) FROM STDIN") as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT copied_in.* FROM copied_in"  # noqa: S608
            f" JOIN {theirs} owner ON owner.{pk} = copied_in.{key} ORDER BY owner.{pk}"
            " FOR KEY SHARE OF owner ON CONFLICT DO NOTHING"
        )
        count: int = cursor.rowcount
        cursor.execute("DROP TABLE copied_in")
    return count
