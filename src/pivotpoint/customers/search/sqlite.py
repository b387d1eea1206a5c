"""SQLite's part: FTS5 over the names without a second copy of them, filled as the words of messages are."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

# A customer without a name is not in the index.
INDEXED = "old.name <> '' AND old.id <= (SELECT last FROM customers_names_reach)"
REACHED = "new.name <> '' AND new.id <= (SELECT last FROM customers_names_reach)"
OUT = "INSERT INTO customers_names(customers_names, rowid, name) VALUES ('delete', old.id, old.name);"
IN = "INSERT INTO customers_names(rowid, name) VALUES (new.id, new.name);"
ALL = "INSERT INTO customers_names(rowid, name) SELECT id, name FROM customers_customer WHERE name <> ''"
FURTHER = f"{ALL} AND id > old.last AND id <= new.last;"
MAKE = (
    """CREATE VIRTUAL TABLE customers_names USING fts5(
        name, content='customers_customer', content_rowid='id',
        tokenize="unicode61 remove_diacritics 2", prefix='1 2 3', columnsize=0)""",
    "CREATE TABLE customers_names_reach (last INTEGER NOT NULL)",
    "INSERT INTO customers_names_reach SELECT coalesce(max(id), 0) FROM customers_customer",
    f"CREATE TRIGGER customers_names_gone AFTER DELETE ON customers_customer WHEN {INDEXED} BEGIN {OUT} END",
    f"CREATE TRIGGER customers_names_out AFTER UPDATE OF name ON customers_customer WHEN {INDEXED} BEGIN {OUT} END",
    f"CREATE TRIGGER customers_names_in AFTER UPDATE OF name ON customers_customer WHEN {REACHED} BEGIN {IN} END",
    f"CREATE TRIGGER customers_names_new AFTER UPDATE ON customers_names_reach BEGIN {FURTHER} END",
    ALL,
)
DROP = (
    "DROP TRIGGER IF EXISTS customers_names_gone",
    "DROP TRIGGER IF EXISTS customers_names_out",
    "DROP TRIGGER IF EXISTS customers_names_in",
    "DROP TRIGGER IF EXISTS customers_names_new",
    "DROP TABLE IF EXISTS customers_names",
    "DROP TABLE IF EXISTS customers_names_reach",
)
REACH = """UPDATE customers_names_reach SET last = (SELECT max(id) FROM customers_customer)
    WHERE last < (SELECT max(id) FROM customers_customer)"""
FIND = "SELECT rowid FROM customers_names WHERE customers_names MATCH %s"


def index_new() -> None:
    """Index whoever came after the last one that is in the index (customers_names_new). In the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(REACH)


def wanted(words: Sequence[str]) -> str:
    """All of these, each as a beginning."""
    return " ".join(f'"{word}"*' for word in words)
