"""What a customer's messages tell about them, for their record in another system: only with their consent to that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pivotpoint.customers.consent import allowed
from pivotpoint.customers.models import Customer, Purpose
from pivotpoint.insights.models import Backing
from pivotpoint.listening.threats import last_threat
from pivotpoint.pivot.models import Loop

FACTS = ("insights", "waits_for", "last_said", "threatened_to_leave")
"""`facts.<name>` in a mapping of customers. They go there and never come here."""
MOST = 5
PREFIX = "facts."


def is_fact(field: str) -> bool:
    return field.startswith(PREFIX)


def facts_of(customer: Customer) -> dict[str, str]:
    """Facts by name; all empty unless the customer consented to Purpose.SHARE on any channel."""
    person = customer.person
    if person.erased_at or not allowed([person.pk], Purpose.SHARE)[person.pk]:
        return dict.fromkeys(FACTS, "")
    rows = Backing.objects.filter(
        customer=person, theme__merged_into=None, theme__about_us=True, theme__insight__isnull=False
    )
    behind = list(rows.select_related("theme").order_by("-last_at", "-pk")[:MOST])
    threat = last_threat(person.pk)
    stages = _stages([row.theme_id for row in behind])
    waits = [row for row in behind if stages.get(row.theme_id, ("", True))[1] is False]
    return {
        "insights": "\n".join(_line(row, stages) for row in behind),
        "waits_for": "\n".join(row.theme.title for row in waits),
        "threatened_to_leave": threat.said_at.date().isoformat() if threat else "",
        "last_said": behind[0].last_at.date().isoformat() if behind else "",
    }


def _stages(insights: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """Insight → the stage of its last loop, and whether that has ended."""
    rows = Loop.objects.filter(insight__in=insights).order_by("pk")
    return {loop.insight_id: (loop.get_stage_display().lower(), loop.closed_at is not None) for loop in rows}


def _line(row: Backing, stages: Mapping[int, tuple[str, bool]]) -> str:
    stage = stages.get(row.theme_id, ("heard", False))[0]
    return f"{row.theme.title} ({row.theme.people} people, {stage})"
