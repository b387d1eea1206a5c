"""What a database is made of, as text that two databases of one kind can be compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import connection

POSTGRES = {
    "columns": """SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision,
        numeric_scale, is_nullable, column_default, is_identity, is_generated
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass::text, conname, condeferrable, condeferred,
        pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
}
SQLITE = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


def schema() -> list[str]:
    """One line for each table, column, constraint, index and trigger, sorted; the order of columns does not count."""
    return sorted(_postgres() if connection.vendor == "postgresql" else _sqlite())


def _postgres() -> Iterator[str]:
    with connection.cursor() as cursor:
        for kind, question in POSTGRES.items():
            cursor.execute(question)
            yield from (f"{kind} {row}" for row in cursor.fetchall())


def _sqlite() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(SQLITE)
        for kind, name, table, sql in cursor.fetchall():
            head, _, body = sql.partition("(")
            if kind == "table" and head.startswith("CREATE TABLE"):
                yield f"table {name}"
                yield from (f"{name}: {part}" for part in _parts(body.rpartition(")")[0]))
            else:
                yield f"{kind} {table}.{name}: {sql}"


def _parts(body: str) -> Iterator[str]:
    """Columns and constraints: what stands between the commas that are in no bracket."""
    depth, last = 0, 0
    for at, sign in enumerate(body):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            yield re.sub(r"\s+", " ", body[last:at]).strip()
            last = at + 1
    yield re.sub(r"\s+", " ", body[last:]).strip()
