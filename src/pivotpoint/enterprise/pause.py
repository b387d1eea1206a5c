"""Let a system rest, such as while it is being serviced, and go on. Nothing is lost: what is for it waits."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.enterprise.models import Pause
from pivotpoint.enterprise.pace import same_system
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Destination


def paused() -> list[int]:
    """Ids of the destinations that rest because a person said so: also one that was added at a paused address since."""
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
    """Its whole system: every open destination of the kind at the same address. Twice is once.

    What is on its way at this moment still arrives, and what the system tells us by itself is still taken.
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
    """What waited goes out, and it is asked again. Twice is once."""
    demand(by, "pivot.change")
    for row in Pause.objects.standing().filter(destination__in=same_system(destination)).order_by("pk"):
        ended = {"ended_at": clock.now(), "ended_by": user_of(by)}
        if Pause.objects.standing().filter(pk=row.pk).update(**ended):
            record("enterprise.system_resumed", row.destination, by=by)
