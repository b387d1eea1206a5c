"""The playbook of a loop, and who does each of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pivotpoint.accounts.models import Team, User
from pivotpoint.lib import clock
from pivotpoint.pivot import calendar, calendars, versions
from pivotpoint.pivot.content.playbook import KEY, Who
from pivotpoint.pivot.models import Loop
from pivotpoint.pivot.owners import in_line


@dataclass(frozen=True, slots=True)
class Step:
    """One to be done. `number` counts from 1 within the loop's playbook."""

    number: int
    text: str
    owner: User
    due_at: datetime
    note: str


def steps(loop: Loop, since: datetime | None = None) -> list[Step]:
    """The steps of the loop's version, due in its business hours from `since` (default: now); [] without a
    playbook."""
    said = (loop.version.content if loop.version else {}).get(KEY, [])
    if not said:
        return []
    begin, hours = since or clock.now(), calendars.of(versions.as_opened(loop))
    return [
        Step(
            number,
            str(one["text"]),
            _owner(loop, one),
            calendar.due(begin, one.get("due_hours", 24), hours),
            _note(one),
        )
        for number, one in enumerate(said, 1)
    ]


def _owner(loop: Loop, step: Mapping[str, Any]) -> User:
    """Whom the step names; where they are gone or away their deputy, else whoever owns the loop."""
    named: User | None = loop.owner
    if step.get("who") == Who.PERSON:
        named = User.objects.active().filter(email=step.get("person")).first()
    elif step.get("who") == Who.LEAD:
        team = (
            Team.objects.filter(key=step["team"]).select_related("lead").first() if step.get("team") else None
        )
        named = (team or loop.team).lead
    return next(in_line(loop.pivot, named, loop.owner), loop.owner)


def _note(step: Mapping[str, Any]) -> str:
    """The checklist, a box a line, then the words for the customer."""
    lines = [line.strip() for line in str(step.get("checklist") or "").splitlines() if line.strip()]
    boxes = "\n".join(f"☐ {line}" for line in lines)
    return "\n\n".join(filter(None, [boxes, str(step.get("answer") or "").strip()]))
