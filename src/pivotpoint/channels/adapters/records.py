"""Words that arrive as records with our own field names: the API's objects and what an importer maps to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from pivotpoint.channels.adapters.base import ChannelError
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.tables.moments import FIRST_YEAR

NAMES = frozenset(field.name for field in fields(Inbound)) - {"data", "kept_apart", "may_tell", "said_at"}


def parse(raw: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> list[Inbound]:
    """One record or many. A field that we do not know is kept in `data`; one that is no record is refused."""
    records = [raw] if isinstance(raw, Mapping) else raw
    return [one(record) for record in records]


def one(record: Mapping[str, Any]) -> Inbound:
    if not isinstance(record, Mapping):
        raise ChannelError("A message is an object with at least external_id and text.", permanent=True)
    known = {name: _words(name, record[name]) for name in NAMES & record.keys()}
    if not known.get("external_id", "").strip():
        raise ChannelError("external_id is missing.", permanent=True)
    rest = {name: record[name] for name in record.keys() - NAMES - {"data", "may_tell", "said_at"}}
    data = record.get("data") or {}
    if not isinstance(data, Mapping):
        raise ChannelError("data is not an object.", permanent=True)
    may_tell = record.get("may_tell")
    if may_tell not in (None, True, False):
        raise ChannelError("may_tell is neither true nor false.", permanent=True)
    known.setdefault("text", "")
    return Inbound(**known, said_at=_moment(record.get("said_at")), may_tell=may_tell, data={**rest, **data})


def _words(name: str, value: Any) -> str:
    if value is None:
        return "us" if name == "audience" else ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ChannelError(f"{name} is not text.", permanent=True)


def _moment(value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(str(value))
        if moment.year < FIRST_YEAR:
            raise ValueError(value)
        return moment
    except ValueError as error:
        raise ChannelError(
            f"said_at={str(value)[:40]} is no ISO 8601 time since {FIRST_YEAR}, such as 2026-11-17T09:00:00Z.",
            permanent=True,
        ) from error
