"""What messages name: written with their readings, exchanged with them when a history is read anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pivotpoint.lib import bulk, stored
from pivotpoint.lib.among import among
from pivotpoint.listening.models import Mention
from textanalytics.entities import Entity

COLUMNS = ("message", "kind", "field", "value", "spans", "version")
LONGEST = 60
Kept = list[Any]
"""kind, field, value, spans, version: a mention as a candidate keeps it."""


def kept(found: Iterable[Entity], version: str) -> list[Kept]:
    """One for each thing, with all the places where it stands."""
    things: dict[tuple[str, str], Kept] = {}
    for one in found:
        value = one.value[:LONGEST]
        thing = things.setdefault((one.kind, value), [one.kind, one.field, value, [], version])
        thing[3].append(list(one.span))
    return list(things.values())


def write(mentions: Mapping[int, Sequence[Kept]]) -> None:
    """Of these messages (by key), in the caller's transaction; what is there stays."""
    rows = [(pk, *mention) for pk, several in mentions.items() for mention in several]
    if not rows:
        return
    shown = stored.documents(row[4] for row in rows)
    values = [(*row[:4], spans, row[5]) for row, spans in zip(rows, shown, strict=True)]
    bulk.insert(Mention, COLUMNS, values, new_only=True)


def exchange(mentions: Mapping[int, Sequence[Kept]]) -> dict[int, list[Kept]]:
    """These messages name this now; what they named before."""
    before: dict[int, list[Kept]] = {pk: [] for pk in mentions}
    there = Mention.objects.filter(among("message", list(mentions))).order_by("pk")
    for pk, *mention in there.values_list("message", *COLUMNS[1:]):
        before[pk].append(mention)
    there.delete()
    write(mentions)
    return before
