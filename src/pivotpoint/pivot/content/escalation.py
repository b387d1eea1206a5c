"""A pivot's own escalation path as data; without one it goes the usual way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pivotpoint.pivot import expected
from pivotpoint.pivot.content import columns
from pivotpoint.pivot.content.parts import Part
from pivotpoint.pivot.escalation_path import replan
from pivotpoint.pivot.models import EscalationStep, Pivot
from pivotpoint.pivot.owners import demand_able
from pivotpoint.pivot.refused import Refused

MOST, LONGEST = 8, 24 * 365
WITHOUT = ("position",)
To = EscalationStep.To


def read(pivot: Pivot) -> list[dict[str, Any]]:
    return [{"to": step.to} | columns.read(step, WITHOUT) for step in pivot.escalation_steps.all()]


def write(pivot: Pivot, wanted: Any) -> None:
    """Replace the path. Loops that are open go on along it from the step that they have reached."""
    wanted = expected.mappings(wanted, "escalation is a list of steps, each with to and after_hours.")
    if wanted == read(pivot):
        return
    rows = [_row(pivot, one, position) for position, one in enumerate(wanted)]
    _check(rows)
    EscalationStep.objects.filter(pivot=pivot).delete()
    EscalationStep.objects.bulk_create(rows)
    replan(pivot)


def _row(pivot: Pivot, wanted: Mapping[str, Any], position: int) -> EscalationStep:
    expected.demand_known(wanted, columns.fields(EscalationStep, WITHOUT), "An escalation step")
    if wanted.get("to", To.LEAD) not in To.values:
        raise Refused(f"“{wanted['to']}” is nobody; there are {', '.join(To.values)}.")
    row = EscalationStep(pivot=pivot, position=position)
    columns.write(row, wanted, WITHOUT)
    return row


def _check(rows: Sequence[EscalationStep]) -> None:
    if len(rows) > MOST:
        raise Refused(f"A path has {MOST} steps at most.")
    before = 0
    for row in rows:
        if not before <= row.after_hours <= LONGEST:
            raise Refused("Each step comes after the one before it, within a year.")
        before = row.after_hours
        if row.to != To.PERSON:
            row.person = None
        elif row.person is None:
            raise Refused("Say which person is told.")
        else:
            demand_able(row.person)


def words(old: Any, new: Any) -> list[str]:
    return [f"When it is late: {_said(old)} → {_said(new)}"]


def _said(steps: Any) -> str:
    return "; ".join(_step(one) for one in steps or []) or "the usual way"


def _step(one: Mapping[str, Any]) -> str:
    whom = one.get("person") or dict(To.choices).get(one.get("to", ""), one.get("to", ""))
    return f"{whom} {'owns it' if one.get('gives') else 'is told'} after {one.get('after_hours', 0)} h"


PART = Part(
    "escalation",
    read,
    write,
    words,
    default=[],
    label="When it is late",
    rows=("escalation_steps__person",),
)
