"""Make and change pivots: name, owner, gate, targets, rules, destinations. Each save is one transaction."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.pivot import opening
from pivotpoint.pivot.conditions import check
from pivotpoint.pivot.models import Destination, Loop, Passage, Pivot, Rule
from pivotpoint.pivot.owners import demand_able
from pivotpoint.pivot.refused import Refused

FIELDS = (
    "name",
    "process",
    "team",
    "owner",
    "gate",
    "pass_hours",
    "accept_hours",
    "act_hours",
    "tell_hours",
    "inside_measure",
    "outside_measure",
    "position",
)
OVERLAP = timedelta(hours=24)
"""So long a signing secret still counts after a new one was made."""


@transaction.atomic
def save(
    fields: Mapping[str, Any],
    *,
    by: Any,
    pivot: Pivot | None = None,
    rules: Sequence[Mapping[str, Any]] | None = None,
    seen: bool = False,
) -> Pivot:
    """A new pivot, or `pivot` changed. `rules` replaces all rules; None leaves them. Refused says what is wrong.

    `seen`: whoever opens the gate has looked at how the pivot has worked (opening.py).
    """
    demand(by, "pivot.change")
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise Refused(f"A pivot has no {', '.join(sorted(unknown))}.")
    made = pivot is None
    pivot = pivot or Pivot(position=Pivot.objects.count())
    was = {name: getattr(pivot, name) for name in FIELDS if name in fields and not made}
    for name, value in fields.items():
        setattr(pivot, name, value)
    if "owner" in fields:
        demand_able(fields["owner"])
    worked = None if made else opening.demand_seen(pivot, str(was.get("gate", pivot.gate)), seen=seen)
    pivot.full_clean()
    pivot.save()
    if worked is not None:
        record("pivot.gate_opened", pivot, by=by, seen=seen, **worked.as_dict())
    if rules is not None:
        _set_rules(pivot, rules)
    changed = sorted(name for name in was if was[name] != getattr(pivot, name))
    record("pivot.changed", pivot, by=by, made=made, fields=changed, rules=rules is not None)
    return pivot


def _set_rules(pivot: Pivot, rules: Sequence[Mapping[str, Any]]) -> None:
    """Rules keep their rows by position, so that passages still point at them."""
    clauses = check(rules)
    rows = list(pivot.rules.all())
    for position, clause in enumerate(clauses):
        row = rows[position] if position < len(rows) else Rule(pivot=pivot)
        row.position, row.match = position, clause.match
        row.conditions, row.excludes = clause.conditions, clause.excludes
        row.save()
    for row in rows[len(clauses) :]:
        row.delete()


@transaction.atomic
def set_gate(pivot: Pivot, gate: str, *, by: Any, seen: bool = False) -> Pivot:
    """Open, checked or closed; what already waits still waits for a person. `seen`: as for `save`."""
    return save({"gate": gate}, by=by, pivot=pivot, seen=seen)


@transaction.atomic
def order(pivots: Sequence[Pivot], *, by: Any) -> None:
    """The first pivot whose rules catch an insight takes it, so the order is a decision."""
    demand(by, "pivot.change")
    for position, pivot in enumerate(pivots):
        if pivot.position != position:
            save({"position": position}, by=by, pivot=pivot)


@transaction.atomic
def close(pivot: Pivot, *, by: Any) -> Pivot:
    """Takes nothing new. Its open loops go on; a pivot with insights at its gate is not closed."""
    demand(by, "pivot.change")
    waiting = Passage.objects.waiting().filter(pivot=pivot).count()
    if waiting:
        raise Refused(f"{waiting} insights wait at this gate; let them pass or hold them first.")
    if pivot.closed_at is None:
        pivot.closed_at = clock.now()
        pivot.save(update_fields=["closed_at"])
        going_on = Loop.objects.open().filter(pivot=pivot).count()
        record("pivot.changed", pivot, by=by, fields=["closed_at"], loops_open=going_on)
    return pivot


@transaction.atomic
def save_destination(
    pivot: Pivot,
    *,
    name: str,
    kind: str,
    config: Mapping[str, Any],
    by: Any,
    destination: Destination | None = None,
    key: str = "",
) -> Destination:
    """A new destination, or this one changed. Its connector checks `config` (enterprise/check.py).

    `key` is the secret that the other side gave us; empty leaves what there is.
    """
    demand(by, "pivot.change")
    namesakes = pivot.destinations.filter(name=name, closed_at=None)
    if (namesakes.exclude(pk=destination.pk) if destination else namesakes).exists():
        raise Refused(f"{pivot} leads to {name} already; give the new destination another name.")
    if destination is None:
        destination = Destination(pivot=pivot, position=pivot.destinations.count())
    destination.name, destination.kind, destination.config = name, kind, dict(config)
    destination.failures, destination.rests_until = 0, None
    if key:
        destination.secret = key
    destination.full_clean(exclude=["config", "secret"])
    destination.save()
    record("pivot.changed", pivot, by=by, destination=destination.pk, fields=["destinations"])
    return destination


@transaction.atomic
def close_destination(destination: Destination, *, by: Any) -> None:
    """Nothing new goes there; hand-offs on their way still arrive."""
    demand(by, "pivot.change")
    if destination.closed_at is None:
        destination.closed_at = clock.now()
        destination.save(update_fields=["closed_at"])
        record("pivot.changed", destination.pivot, by=by, destination=destination.pk, fields=["destinations"])


@transaction.atomic
def new_secret(destination: Destination, *, by: Any) -> str:
    """A new signing secret (Standard Webhooks), returned once. The one before it counts for another OVERLAP."""
    demand(by, "pivot.change")
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    destination.former_secret = _readable(destination)
    destination.former_until = clock.now() + OVERLAP
    destination.secret = secret
    destination.save(update_fields=["secret", "former_secret", "former_until"])
    record("pivot.changed", destination.pivot, by=by, destination=destination.pk, fields=["secret"])
    return secret


def _readable(destination: Destination) -> str:
    """The present secret; nothing when SECRET_KEY has changed since, for then it counts no more."""
    try:
        return destination.secret
    except SecretUnreadable:
        return ""


@transaction.atomic
def set_key(destination: Destination, key: str, *, by: Any) -> None:
    """The secret that the other side gave us; it is never shown again."""
    demand(by, "pivot.change")
    if not key.strip():
        raise Refused("Enter the key.")
    destination.secret = key.strip()
    destination.failures, destination.rests_until = 0, None
    destination.save(update_fields=["secret", "failures", "rests_until"])
    record("pivot.changed", destination.pivot, by=by, destination=destination.pk, fields=["secret"])
