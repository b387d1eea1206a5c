"""Exactly one record for a hand-off, even if answers are lost, late or repeated."""

from __future__ import annotations

from collections.abc import Sequence

from pivotpoint.enterprise.connectors.contract import MappingError
from pivotpoint.enterprise.connectors.fill import dotted
from pivotpoint.enterprise.connectors.tryton.mapping import Plan
from pivotpoint.enterprise.connectors.tryton.server import Row, Server
from pivotpoint.lib.digest import digest
from pivotpoint.pivot.models import Handoff

NEW = ("draft", "pending")
"""States in which nobody there has touched a record yet."""


def reference(handoff: Handoff) -> str:
    """What the record carries: the key, and a mark that a second installation with the same keys would not have."""
    mark = digest(f"{handoff.key} {handoff.created_at.isoformat()}", 8)
    return f"{handoff.key}.{mark}"


def found(server: Server, plan: Plan, references: Sequence[str], ids: Sequence[int] = ()) -> list[Row]:
    """Every record that carries one of the references, or is known by id because somebody changed it there."""
    domain: list[object] = [[plan.key, "in", list(references)]]
    if ids:
        domain = [["OR", *domain, ["id", "in", list(ids)]]]
    return server.search(plan.model, domain, plan.fields, size=1000)


def settle(server: Server, plan: Plan, rows: Sequence[Row]) -> Row:
    """The one that counts; others that nobody has touched go.

    An attempt that was given up may still be at work there while the next one looks and finds nothing. Both then
    make a record. Whoever looks next sees both and comes to the same choice: the one worked on, else the first.
    """
    kept = min(rows, key=lambda row: (row["state"] in NEW, row["id"]))
    for row in rows:
        if row["id"] != kept["id"] and row["state"] in NEW:
            _remove(server, plan, row["id"])
    return kept


def _remove(server: Server, plan: Plan, record: int) -> None:
    """Somebody may have removed it meanwhile."""
    try:
        server.delete(plan.model, record)
    except MappingError:
        if server.search(plan.model, [["id", "=", record]], ["state"]):
            raise


def follow(server: Server, plan: Plan, rows: Sequence[Row]) -> None:
    """Put the records that a field points to ("account.invoice,7") in its place."""
    for path, fields in plan.follow.items():
        owner, _, last = path.rpartition(".")
        holders = [holder for row in rows for holder in _holders(row, owner) if holder.get(last)]
        wanted: dict[str, set[int]] = {}
        for holder in holders:
            model, _, pk = str(holder[last]).partition(",")
            if pk.isdecimal():
                wanted.setdefault(model, set()).add(int(pk))
        known = {
            f"{model},{row['id']}": row
            for model, ids in wanted.items()
            for row in server.search(model, [["id", "in", sorted(ids)]], fields, size=1000)
        }
        for holder in holders:
            holder[last] = known.get(str(holder[last]))


def _holders(row: Row, path: str) -> list[Row]:
    if not path:
        return [row]
    there = dotted(row, path)
    return there if isinstance(there, list) else [there] if there else []
