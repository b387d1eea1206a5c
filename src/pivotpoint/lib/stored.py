"""What a model's fields and their values are to the database, for the statements that do not go through the ORM."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db import connection, connections, models


def field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """The field of that name (`pk` too); LookupError when it has no column of its own."""
    found = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(found, models.Field) or found.column is None:
        raise LookupError(f"{model.__name__}.{name} is not kept in a column of its own.")
    return found


def column(model: type[models.Model], name: str) -> str:
    """The name of a field's column (`pk` too)."""
    return str(field(model, name).column)


def quoted(model: type[models.Model], name: str) -> str:
    """A field's column as it stands in a statement."""
    return connection.ops.quote_name(column(model, name))


def table(model: type[models.Model]) -> str:
    """The model's table as it stands in a statement."""
    return connection.ops.quote_name(model._meta.db_table)


def insert_into(model: type[models.Model], names: Sequence[str]) -> str:
    """INSERT of one row of database values for these fields, with a place for each."""
    columns = ", ".join(quoted(model, name) for name in names)
    # Names come from the model and values are bound: nothing from outside is in the statement.
    return f"INSERT INTO {table(model)} ({columns}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608


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


def json_texts(texts: Iterable[str]) -> list[Any]:
    """Texts that are JSON already, as this database takes them."""
    if connection.vendor == "sqlite":
        return list(texts)
    from psycopg.types.json import Jsonb  # Only PostgreSQL brings it.

    return [Jsonb(text, dumps=str) for text in texts]
