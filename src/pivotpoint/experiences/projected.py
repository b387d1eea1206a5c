"""Who would be told how, while nothing is written down yet. Dear for a loop with many people: then it is kept."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pivotpoint.channels import outbox
from pivotpoint.customers.models import Purpose
from pivotpoint.experiences import audience
from pivotpoint.experiences.models import Telling
from pivotpoint.jobs import kept
from pivotpoint.pivot.models import Loop

MOST = 5_000
"""People whose routes are looked at, those who spoke first."""


def projected(loop: Loop) -> dict[str, Any]:
    """`people`, `channels`: name → people, `why_not`: reason → people; for a large loop as of half a minute ago."""
    looked: dict[str, Any] = {}
    if loop.closed_at is None:
        looked = kept.look("experiences.projected", str(loop.pk)).value
    return looked or routed(loop)


@kept.figure("experiences.projected")
def count(loop: str) -> dict[str, Any]:
    """For the open loop with this key; nothing once notices are written, so that it is then no longer kept."""
    found = Loop.objects.open().filter(pk=int(loop)).first()
    if found is None or Telling.objects.current().filter(loop=found).exists():
        return {}
    return routed(found)


def routed(loop: Loop) -> dict[str, Any]:
    """Counted now, from the routes of the first people behind the loop."""
    ids = list(audience.behind(loop).order_by("first_at").values_list("customer_id", flat=True)[:MOST])
    channels: Counter[str] = Counter()
    why_not: Counter[str] = Counter()
    for route in outbox.route(ids, Purpose.NOTICE).values():
        if isinstance(route, str):
            why_not[route] += 1
        else:
            channels[route.name] += 1
    return {"people": len(ids), "channels": dict(channels), "why_not": dict(why_not)}
