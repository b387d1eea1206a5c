"""Customers and parties: which fields are kept the same, read and written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pivotpoint.enterprise.connectors.contract import MappingError
from pivotpoint.enterprise.connectors.fill import dotted, fill
from pivotpoint.enterprise.connectors.tryton import notes
from pivotpoint.enterprise.connectors.tryton.server import Server
from pivotpoint.enterprise.connectors.tryton.words import finder
from pivotpoint.enterprise.policy import Field, Policy

PRESET = Path(__file__).parent / "customers.toml"
MODEL = "party.party"


def fields_of(config: Mapping[str, Any]) -> list[Field]:
    """`config["customers"]` instead of the preset; an empty list keeps nothing the same."""
    raw = config.get("customers")
    rows = tomllib.loads(PRESET.read_text(encoding="utf-8"))["fields"] if raw is None else raw
    try:
        return [Field(**{**row, "policy": Policy(row["policy"])}) for row in rows]
    except (TypeError, KeyError, ValueError) as error:
        raise MappingError(f"The mapping of customers is not of the right shape: {error}.") from error


def read(server: Server, records: Sequence[str], fields: Sequence[Field]) -> dict[str, dict[str, str]]:
    """By record, then by our field; an empty text where there is nothing. A party that is gone is not in it."""
    ids = [int(record.partition(",")[2]) for record in records]
    own = [field for field in fields if not notes.is_note(field)]
    paths = [field.theirs for field in own] or ["id"]
    rows = server.search(MODEL, [["id", "in", ids]], paths, size=len(ids)) if fields else []
    found = {
        f"{MODEL},{row['id']}": {field.ours: str(dotted(row, field.theirs) or "") for field in own}
        for row in rows
    }
    for field in fields:
        if notes.is_note(field):
            for record, text in notes.read(server, list(found), field).items():
                found[record][field.ours] = text
    return found


def write(server: Server, record: str, values: Mapping[Field, str]) -> None:
    """One request for all fields of one party, and one for each of its notes."""
    said: dict[str, Any] = {}
    for field, value in values.items():
        if notes.is_note(field):
            notes.write(server, record, field, value)
        else:
            said |= fill(field.write or {}, {"value": value}.__getitem__, finder(server))
    if said:
        server.write(MODEL, int(record.partition(",")[2]), said)
