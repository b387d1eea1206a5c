"""A field that is kept as a note on the party: `theirs = "note:What they told us"`; its first line is its name."""

from __future__ import annotations

from collections.abc import Sequence

from pivotpoint.enterprise.connectors.tryton.server import Row, Server
from pivotpoint.enterprise.policy import Field

MODEL = "ir.note"
PREFIX = "note:"


def is_note(field: Field) -> bool:
    return field.theirs.startswith(PREFIX)


def read(server: Server, records: Sequence[str], field: Field) -> dict[str, str]:
    """The text below the first line, by record. Of two notes of this name the newer one counts."""
    head = _head(field)
    return {record: _text(rows[-1], head) for record, rows in _found(server, records, head).items()}


def write(server: Server, record: str, field: Field, value: str) -> None:
    """One note of this name; none when there is nothing to say. Nobody can change a note there: a new one comes first,
    then the older ones go, also those that an attempt has left."""
    head = _head(field)
    rows = _found(server, [record], head).get(record, [])
    if value and not (rows and _text(rows[-1], head) == value):
        server.create(MODEL, {"resource": record, "message": f"{head}\n{value}"})
    elif value:
        rows = rows[:-1]
    for row in rows:
        server.delete(MODEL, row["id"])


def _head(field: Field) -> str:
    return field.theirs.removeprefix(PREFIX).strip()


def _found(server: Server, records: Sequence[str], head: str) -> dict[str, list[Row]]:
    """The notes of this name, by record, the oldest first."""
    domain = [["resource", "in", list(records)], ["message", "like", f"{head.replace('%', '_')}%"]]
    rows = server.search(MODEL, domain, ["resource", "message"], size=1000) if records else []
    found: dict[str, list[Row]] = {}
    for row in rows:
        if str(row.get("message") or "").splitlines()[:1] == [head]:
            found.setdefault(str(row["resource"]), []).append(row)
    return found


def _text(row: Row, head: str) -> str:
    return str(row["message"])[len(head) :].strip()
