"""PostgreSQL's part: a GIN index over the words of each name."""

from __future__ import annotations

from collections.abc import Sequence

# Without these marks, which make one word of an address or a path: each part of a name is found.
WORDS = "to_tsvector('simple', translate(name, '-_./:@', '      '))"
MAKE = (f"CREATE INDEX customers_names ON customers_customer USING gin ({WORDS})",)
DROP = ("DROP INDEX IF EXISTS customers_names",)
FIND = f"SELECT id FROM customers_customer WHERE {WORDS} @@ to_tsquery('simple', %s)"  # noqa: S608 a constant


def wanted(words: Sequence[str]) -> str:
    """All of these, each as a beginning."""
    return " & ".join(f"'{word}':*" for word in words)
