"""Tryton's domains and field paths over rows of plain dicts."""

from __future__ import annotations

from typing import Any


def holds(fake: Any, row: dict[str, Any], domain: list[Any]) -> bool:
    """Whether the row is within the domain: all clauses, or any after a leading "OR"."""
    if domain and domain[0] == "OR":
        return any(_clause(fake, row, each) for each in domain[1:])
    return all(_clause(fake, row, each) for each in domain)


def _clause(fake: Any, row: dict[str, Any], clause: list[Any]) -> bool:
    if not clause or isinstance(clause[0], list) or clause[0] == "OR":
        return holds(fake, row, clause)
    path, operator, wanted = clause
    values = at(fake, row, path)
    if operator == "where":
        return any(holds(fake, each, wanted) for each in values)
    if operator == "in":
        return any(value in wanted for value in values)
    if operator == "ilike":
        return any(str(value).lower() == str(wanted).lower() for value in values)
    if operator == "like":
        return any(str(value).startswith(str(wanted).removesuffix("%")) for value in values)
    return any(value == wanted for value in values)


def at(fake: Any, row: dict[str, Any], path: str) -> list[Any]:
    """The values that a path leads to."""
    name, _, rest = path.partition(".")
    value = row.get(name)
    if rest:
        value = fake.linked(name, value)
    found = value if isinstance(value, list) else [value]
    if not rest:
        return found
    return [deep for each in found if each is not None for deep in at(fake, each, rest)]


def picked(fake: Any, row: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """The row as REST gives it: a dotted field becomes an object within."""
    out: dict[str, Any] = {"id": row["id"]}
    for field in fields:
        name, _, rest = field.partition(".")
        if not rest:
            out[name] = row.get(name)
            continue
        value = fake.linked(name, row.get(name))
        if isinstance(value, list):
            out[name] = [picked(fake, each, (rest,)) for each in value]
        else:
            out[name] = value and picked(fake, value, (rest,))
    return out
