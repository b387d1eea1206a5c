"""Make and change pivots: name, owner, gate, targets, rules, destinations.

Each verb is one transaction, and what it changed is a version with a reason (changing.py).
"""

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
from pivotpoint.pivot.changing import changing
from pivotpoint.pivot.content import closing, label
from pivotpoint.pivot.content import escalation as escalation_part
from pivotpoint.pivot.content import playbook as playbook_part
from pivotpoint.pivot.content import rules as rules_part
from pivotpoint.pivot.expected import demand_known
from pivotpoint.pivot.models import Destination, EscalationStep, Loop, Pivot, PlaybookStep
from pivotpoint.pivot.owners import demand_able
from pivotpoint.pivot.refused import Refused

FIELDS = (
    "name",
    "process",
    "team",
    "owner",
    "owned_by",
    "gate",
    "gates",
    "pass_hours",
    "accept_hours",
    "act_hours",
    "tell_hours",
    "notices",
    "calendar",
    "inside_measure",
    "outside_measure",
    "position",
)
TERMS = ("how", "at_once", "per_minute")
"""When and how fast a destination is given hand-offs."""
OVERLAP = timedelta(hours=24)
"""So long a signing secret still counts after a new one was made."""


def save(
    fields: Mapping[str, Any],
    *,
    by: Any,
    pivot: Pivot | None = None,
    rules: Sequence[Mapping[str, Any]] | None = None,
    reason: str = "",
    seen: bool = False,
    over: int | None = None,
) -> Pivot:
    """A new pivot, or `pivot` changed. `rules` replaces all rules; None leaves them. Refused says what is wrong.

    `seen`: whoever opens the gate has looked at how the pivot has worked (opening.py). `over`: the number of the
    version that they had before them (changing.py).
    """
    demand(by, "pivot.change")
    demand_known(fields, FIELDS, "A pivot")
    made = pivot is None
    pivot = pivot or Pivot(position=Pivot.objects.count())
    with changing(pivot, by=by, reason=reason, seen=seen, over=None if made else over):
        if not made:  # nobody changes it any more before we have; what was read before may be old
            pivot.refresh_from_db()
        was = {name: getattr(pivot, name) for name in FIELDS if name in fields and not made}
        for name, value in fields.items():
            if value is None and not Pivot._meta.get_field(name).null:
                raise Refused(f"{label(name)} has no value; leave it out, or give one.")
            setattr(pivot, name, value)
        if "owner" in fields:
            demand_able(fields["owner"])
        pivot.full_clean()
        pivot.save()
        if rules is not None:
            rules_part.write(pivot, rules)
        changed = sorted(name for name in was if was[name] != getattr(pivot, name))
        record("pivot.changed", pivot, by=by, made=made, fields=changed, rules=rules is not None)
    return pivot


def set_gate(pivot: Pivot, gate: str, *, by: Any, reason: str = "", seen: bool = False) -> Pivot:
    """Open, checked or closed; what already waits still waits for a person. `seen`: as for `save`."""
    return save({"gate": gate}, by=by, pivot=pivot, reason=reason, seen=seen)


def set_escalation(
    pivot: Pivot, steps: Sequence[Mapping[str, Any]], *, by: Any, reason: str = "", over: int | None = None
) -> list[EscalationStep]:
    """Another path: {"after_hours", "to", "person", "gives"} each; none is the usual one. `over`: as for `save`."""
    demand(by, "pivot.change")
    wanted = [{**one, "person": one["person"].email if one.get("person") else None} for one in steps]
    with changing(pivot, by=by, reason=reason, over=over):
        escalation_part.write(pivot, wanted)
        rows = list(pivot.escalation_steps.select_related("person"))
        record("pivot.changed", pivot, by=by, fields=["escalation"], steps=[str(row) for row in rows])
    return rows


def set_playbook(
    pivot: Pivot, steps: Sequence[Mapping[str, Any]], *, by: Any, reason: str = "", over: int | None = None
) -> list[PlaybookStep]:
    """Other steps: {"text", "who", "team", "person", "due_hours", "checklist", "answer"} each, as the file has them.

    Loops that have begun keep theirs. `over`: as for `save`.
    """
    demand(by, "pivot.change")
    with changing(pivot, by=by, reason=reason, over=over):
        playbook_part.write(pivot, steps)
        rows = list(pivot.playbook_steps.select_related("team", "person"))
        record("pivot.changed", pivot, by=by, fields=["playbook"], steps=len(rows))
    return rows


def order(pivots: Sequence[Pivot], *, by: Any, reason: str = "") -> None:
    """The first pivot whose rules catch an insight takes it, so the order is a decision."""
    demand(by, "pivot.change")
    with changing(*pivots, by=by, reason=reason):
        for position, pivot in enumerate(pivots):
            if pivot.position != position:
                save({"position": position}, by=by, pivot=pivot)


def close(pivot: Pivot, *, by: Any, reason: str = "") -> Pivot:
    """Takes nothing new. Its open loops go on; a pivot with insights at its gate is not closed."""
    demand(by, "pivot.change")
    with changing(pivot, by=by, reason=reason):
        was_open = pivot.closed_at is None
        closing.write(pivot, True)
        if was_open:
            going_on = Loop.objects.open().filter(pivot=pivot).count()
            record("pivot.changed", pivot, by=by, fields=["closed_at"], loops_open=going_on)
    return pivot


def save_destination(
    pivot: Pivot,
    *,
    name: str,
    kind: str,
    config: Mapping[str, Any],
    by: Any,
    destination: Destination | None = None,
    key: str = "",
    reason: str = "",
    place: int | None = None,
    over: int | None = None,
    **terms: Any,
) -> Destination:
    """A new destination, or this one changed. Its connector checks `config` (enterprise/check.py).

    `key` is the secret that the other side gave us; empty leaves what there is. `terms` are TERMS; those not named stay.
    `place`: the how manieth it is; None leaves it where it is, a new one last. `over`: as in `changing`.
    """
    demand(by, "pivot.change")
    demand_known(terms, TERMS, "A destination")
    with changing(pivot, by=by, reason=reason, over=over):
        namesakes = pivot.destinations.filter(name=name, closed_at=None)
        if (namesakes.exclude(pk=destination.pk) if destination else namesakes).exists():
            raise Refused(f"{pivot} leads to {name} already; give the new destination another name.")
        if destination is None:
            destination = Destination(pivot=pivot, position=pivot.destinations.count())
        for term, value in terms.items():
            setattr(destination, term, value)
        destination.name, destination.kind, destination.config = name, kind, dict(config)
        destination.failures, destination.rests_until = 0, None
        if key:
            destination.secret = key
        destination.full_clean(exclude=["config", "secret"])
        destination.save()
        if place is not None:
            _place(destination, place)
        record("pivot.changed", pivot, by=by, destination=destination.pk, fields=["destinations"])
    return destination


def _place(destination: Destination, place: int) -> None:
    """Before whatever stood there; their order says whom a fall-back stands in for."""
    others = Destination.objects.filter(pivot=destination.pivot_id, closed_at=None).exclude(pk=destination.pk)
    rows = list(others)
    rows.insert(max(0, place - 1), destination)
    for position, row in enumerate(rows):
        Destination.objects.filter(pk=row.pk).update(position=position)
    destination.position = rows.index(destination)


def close_destination(destination: Destination, *, by: Any, reason: str = "") -> None:
    """Nothing new goes there; hand-offs on their way still arrive."""
    demand(by, "pivot.change")
    if destination.closed_at is not None:
        return
    with changing(destination.pivot, by=by, reason=reason):
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
