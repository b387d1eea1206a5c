"""What the rows that the journal speaks of are called: one query for each kind of row on the page, however many lines it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps

from pivotpoint.journal.models import Event

CALLED = {
    "accounts.team": "name",
    "accounts.token": "name",
    "accounts.user": "name",
    "channels.channel": "name",
    "channels.conversation": "customer__name",
    "channels.delivery": "customer__name",
    "channels.importrun": "file_name",
    "collaboration.task": "title",
    "customers.customer": "name",
    "experiences.change": "title",
    "experiences.notice": "customer__name",
    "experiences.verdict": "notice__customer__name",
    "insights.insight": "theme__title",
    "insights.theme": "title",
    "listening.taxonomy": "name",
    "listening.taxonomyclass": "name",
    "pivot.calendar": "name",
    "pivot.destination": "name",
    "pivot.handoff": "destination__name",
    "pivot.loop": "insight__theme__title",
    "pivot.passage": "insight__theme__title",
    "pivot.pivot": "name",
    "pivot.pivotversion": "pivot__name",
    "pivot.standinganswer": "name",
    "pivot.use": "standing__name",
}
"""Kind of row → where its name stands, seen from the row."""
MEANT = {
    "change": "experiences.change",
    "customer": "customers.customer",
    "deputy": "accounts.user",
    "destination": "pivot.destination",
    "goes_on_as": "pivot.loop",
    "insight": "insights.insight",
    "loop": "pivot.loop",
    "one": "customers.customer",
    "other": "customers.customer",
    "owner": "accounts.user",
    "pivot": "pivot.pivot",
    "standing": "pivot.standinganswer",
    "successor": "accounts.user",
    "task": "collaboration.task",
    "told": "accounts.user",
    "user": "accounts.user",
}
"""A number under this key in an event's data is the row of this kind."""
THEIRS = {
    "customers.merged": {"kept": "customers.customer", "gone": "customers.customer"},
    "experiences.everyone_told": {"told": ""},
    "insights.merged": {"gone": "insights.theme", "into": "insights.theme"},
    "pivot.loop_followed": {"was": "insights.insight", "to": "insights.insight"},
    "pivot.owner_changed": {"was": "accounts.user"},
}
"""Where one event means something else by a key."""
NUMBERS_ONLY = frozenset({"action", "alert", "attachment", "comment", "decision", "merge", "message", "rule"})
"""Rows without a name: their number tells a person nothing."""
Row = tuple[str, int]


def meant(event: Event, key: str) -> str:
    """The kind of row whose number the key of this event's data holds, or nothing."""
    return {**MEANT, **THEIRS.get(event.name, {})}.get(key, "")


def names(events: Iterable[Event]) -> Mapping[Row, str]:
    """(kind, number) → name, of the subjects and of what the data point at. What is gone, or nameless, is not there."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in events:
        wanted[event.subject_kind].add(event.subject_id)
        for key, value in event.data.items():
            kind = meant(event, key)
            if kind and isinstance(value, int) and not isinstance(value, bool):
                wanted[kind].add(value)
    return {row: name for kind, ids in wanted.items() if kind in CALLED for row, name in _of(kind, ids)}


def _of(kind: str, ids: set[int]) -> list[tuple[Row, str]]:
    rows: Any = apps.get_model(kind)._default_manager.filter(pk__in=ids).order_by()
    return [((kind, pk), name) for pk, name in rows.values_list("pk", CALLED[kind]) if name]
