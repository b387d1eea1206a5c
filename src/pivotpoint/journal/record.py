"""Record an event and run its subscribers."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from pivotpoint.journal.actor import Actor, actor_of
from pivotpoint.journal.models import Dispatch, Event
from pivotpoint.lib import clock
from pivotpoint.lib.among import among
from pivotpoint.lib.row import drop_where, insert

log = logging.getLogger(__name__)

Subscriber = Callable[[Event], None]
Data = dict[str, Any]
Concerns = Callable[[Data], bool]
MOST = 1_000
"""Waiting events that a subscriber takes along at once."""

_names: dict[str, str] = {}
_subscribers: dict[str, list[Subscriber]] = defaultdict(list)
_by_path: dict[str, Subscriber] = {}
_concerns: dict[tuple[str, str], Concerns] = {}


class UnknownEvent(Exception):
    """Every event name is registered in its stage's events.py."""


def register(name: str, meaning: str) -> str:
    """Declare an event: `stage.past_tense` and one sentence on what happened."""
    _names[name] = meaning
    return name


def registered() -> dict[str, str]:
    """All event names with their meaning, for the docs and for webhooks."""
    return dict(sorted(_names.items()))


def subscribe(name: str, subscriber: Subscriber, concerns: Concerns | None = None) -> None:
    """From now on `subscriber(event)` runs after each such event. It must be idempotent.

    `concerns(data)` is called when the event is recorded; when it returns False, the subscriber is not run.
    """
    path = _path(subscriber)
    if concerns is not None:
        _concerns[name, path] = concerns
    if path not in _by_path or subscriber not in _subscribers[name]:
        _subscribers[name].append(subscriber)
    _by_path[path] = subscriber


def _path(subscriber: Subscriber) -> str:
    return f"{subscriber.__module__}.{subscriber.__qualname__}"


def _concerned(name: str, data: Data) -> list[str]:
    paths = (_path(subscriber) for subscriber in _subscribers[name])
    return [path for path in paths if (name, path) not in _concerns or _concerns[name, path](data)]


def _event(name: str, subject: models.Model, actor: Actor, data: Data) -> Event:
    """Not saved; UnknownEvent when the name is not registered."""
    if name not in _names:
        raise UnknownEvent(name)
    return Event(
        name=name,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        data=data,
    )


def record(name: str, subject: models.Model, *, by: Any = None, **data: Any) -> Event:
    """Append one event in the caller's transaction. `data` is small and never holds a customer's text."""
    event = _event(name, subject, actor_of(by), data)
    insert(event)
    dispatches = [Dispatch(event=event, subscriber=path) for path in _concerned(name, data)]
    for row in dispatches:
        insert(row)
    if dispatches:
        transaction.on_commit(lambda: dispatch(dispatches))
    return event


def record_many(name: str, subjects: Sequence[models.Model], *, by: Any = None, **data: Any) -> None:
    """The same event about many rows, in a constant number of statements; the sweep runs the subscribers."""
    actor = actor_of(by)
    events = Event.objects.bulk_create([_event(name, subject, actor, data) for subject in subjects])
    paths = _concerned(name, data)
    Dispatch.objects.bulk_create(Dispatch(event=event, subscriber=path) for event in events for path in paths)


@dataclass(frozen=True)
class Fact:
    """One event for `record_facts`."""

    name: str
    subject: models.Model
    data: dict[str, Any]


def record_facts(facts: Sequence[Fact], *, by: Any = None) -> None:
    """Append different events about many rows, as `record` would one by one, but in two statements."""
    actor = actor_of(by)
    events = Event.objects.bulk_create([_event(each.name, each.subject, actor, each.data) for each in facts])
    rows = [
        Dispatch(event=event, subscriber=path)
        for event in events
        for path in _concerned(event.name, event.data)
    ]
    made = [row.pk for row in Dispatch.objects.bulk_create(rows)]
    if made:
        transaction.on_commit(lambda: _dispatch_rows(made))


def _dispatch_rows(waiting: Sequence[int]) -> None:
    """Oldest first, asking after each what is left: a subscriber may take others along (`with_waiting`)."""
    left = Dispatch.objects.filter(among("pk", waiting), attempts=0).select_related("event").order_by("pk")
    while (row := left.first()) is not None:
        run(row)


def dispatch(rows: Sequence[Dispatch]) -> None:
    """Run the subscribers of one event; `run` skips those that another process has run meanwhile."""
    for row in rows:
        run(row)


def run(row: Dispatch) -> bool:
    """Run one subscriber once; a failure is stored with its reason and retried later with growing delays."""
    subscriber = _by_path.get(row.subscriber)
    try:
        with transaction.atomic():
            done = drop_where(Dispatch, where={"pk": row.pk})  # Locks it, as long as the subscriber runs.
            if done and subscriber is not None:
                subscriber(row.event)
    except Exception as error:  # noqa: BLE001 one subscriber's fault must not stop the others; it is kept and retried
        log.exception("%s failed on %s", row.subscriber, row.event)
        wait = timedelta(seconds=min(3600, 5 * 2**row.attempts))
        Dispatch.objects.filter(pk=row.pk).update(
            attempts=row.attempts + 1, error=repr(error)[:2000], next_attempt_at=clock.now() + wait
        )
        return False
    return True


def with_waiting(event: Event, subscriber: Subscriber) -> list[Event]:
    """For a subscriber that can handle many events at the cost of one: this event, and all others that wait for it.

    They count as handled when the subscriber returns. An event that has failed before comes alone, so that one bad
    event does not block the others.
    """
    waiting = Dispatch.objects.filter(subscriber=_path(subscriber), attempts=0).exclude(event=event)
    rows = list(
        waiting.select_related("event")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("pk")[:MOST]
    )
    Dispatch.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return [event, *(row.event for row in rows)]


def sweep(limit: int = 500) -> int:
    """Retry what is due, oldest first; the number tried."""
    due = (
        Dispatch.objects.filter(next_attempt_at__lte=clock.now())
        .select_related("event")
        .order_by("pk")[:limit]
    )
    return sum(1 for row in list(due) if run(row) is not None)
