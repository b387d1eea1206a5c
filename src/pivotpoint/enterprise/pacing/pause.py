"""Pause a system, during maintenance for example, and resume it. Nothing is lost: what is for it waits."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.enterprise.models import Pause
from pivotpoint.enterprise.pacing.pace import same_system
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination


def paused() -> list[int]:
    """Ids of paused destinations, including those added later at a paused address."""
    standing = Pause.objects.standing().values_list(
        "destination", "destination__kind", "destination__config__url"
    )
    found = list(standing)
    places = {(kind, url) for _, kind, url in found if isinstance(url, str) and url}
    same = [Q(kind=kind, config__url=url) for kind, url in sorted(places)]
    added = Destination.objects.filter(reduce(or_, same)).values_list("pk", flat=True) if same else ()
    return sorted({*(pk for pk, _, _ in found), *added})


@transaction.atomic
def pause(destination: Destination, *, by: Any, why: str = "") -> None:
    """Pause the whole system: every open destination of the kind at the same address. Idempotent.

    What is already on its way still arrives, and what the system sends us is still taken.
    """
    demand(by, "pivot.change")
    rows = same_system(destination).filter(closed_at=None).select_for_update().order_by("pk")
    for each in rows:
        said = {"why": why.strip()[:300], "by": user_of(by)}
        _, new = Pause.objects.get_or_create(destination=each, ended_at=None, defaults=said)
        if new:
            record("enterprise.system_paused", each, by=by, why=said["why"])


@transaction.atomic
def resume(destination: Destination, *, by: Any) -> None:
    """Resume: what waited is sent, and the system is polled again. Idempotent."""
    demand(by, "pivot.change")
    for row in Pause.objects.standing().filter(destination__in=same_system(destination)).order_by("pk"):
        ended = {"ended_at": clock.now(), "ended_by": user_of(by)}
        if Pause.objects.standing().filter(pk=row.pk).update(**ended):
            record("enterprise.system_resumed", row.destination, by=by)
