"""Versions of a pivot: the current one, an earlier one, and going back to one."""

from __future__ import annotations

import copy
from typing import Any

from django.db import transaction

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import demand
from pivotpoint.journal.record import record
from pivotpoint.pivot.changing import changing, keep
from pivotpoint.pivot.content import apply, changed, columns, content
from pivotpoint.pivot.models import Loop, Pivot, PivotVersion
from pivotpoint.pivot.owners import able
from pivotpoint.pivot.refused import Refused

TARGETS = ("pass_hours", "accept_hours", "act_hours", "tell_hours", "calendar")
"""What a loop keeps from the version that it opened under."""


@transaction.atomic
def current(pivot: Pivot) -> PivotVersion:
    """The latest version; makes the first one of a pivot that has none yet."""
    return pivot.versions.first() or keep(pivot)


def as_opened(loop: Loop) -> Pivot:
    """The loop's pivot with the targets that apply to this loop. An unsaved copy: never save it."""
    if loop.version is None:
        return loop.pivot
    return at(loop.version, loop.pivot)


def at(version: PivotVersion, pivot: Pivot) -> Pivot:
    """The pivot with the targets of a version. If its calendar was deleted, today's is used."""
    then = copy.copy(pivot)
    for name, field in columns.fields(Pivot).items():
        if name not in TARGETS:
            continue
        value = version.content.get(name, field.get_default())
        now = getattr(pivot, name)
        if not field.is_relation:
            setattr(then, name, value)
        elif value is None or now is None or getattr(now, "name", None) != value:
            rows = field.related_model._default_manager.filter(name=value)
            setattr(then, name, rows.first() if value is not None else None)
    return then


def go_back(version: PivotVersion, *, by: Any, reason: str = "", seen: bool = False) -> Pivot:
    """Make a new version with this one's content. If its owner can no longer own, today's owner stays.

    `seen`: as for `edit.save`, where that version's gate was open.
    """
    demand(by, "pivot.change")
    pivot = Pivot.objects.get(pk=version.pivot_id)
    wanted = dict(version.content)
    owner = User.objects.get_queryset().filter(email=wanted["owner"]).first()
    if not able(owner):
        wanted["owner"] = pivot.owner.email
    now = content(pivot)
    if wanted == now:
        raise Refused(f"{pivot} is as in version {version.number} already.")
    why = f"Back to version {version.number}. {reason}".strip()
    with changing(pivot, by=by, reason=why, seen=seen):
        apply(pivot, wanted)
        record("pivot.changed", pivot, by=by, fields=changed(now, wanted), back_to=version.number)
    return pivot
