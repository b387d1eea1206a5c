"""What is said in a room there, and what it is called."""

from __future__ import annotations

from django.conf import settings
from django.utils.formats import date_format

from pivotpoint.collaboration.models import Comment
from pivotpoint.enterprise.models import CommunityRoom
from pivotpoint.lib.digest import digest
from pivotpoint.pivot.models import Loop, Stage, StageMove

BEGINNING = (Stage.HEARD, Stage.HANDED_OVER)
"""Steps that a loop's own message says already."""
END = "Every loop of this insight has ended. This room is closed; what was said stays readable here and in Pivotpoint."


def name(room: CommunityRoom) -> str:
    """The same whenever it is asked for, and another one in a second installation with the same numbers."""
    mark = digest(f"{settings.SITE_URL} {room.pk} {room.opened_at.isoformat()}", 8)
    return f"pivotpoint-{room.insight_id}-{mark.lower()}"


def title(room: CommunityRoom) -> str:
    return str(room.insight)[:200]


def about(room: CommunityRoom) -> str:
    """The room's topic."""
    theme = room.insight.theme
    return f"{theme.people} people said so. {settings.SITE_URL}/insights/{room.insight_id}/"


def loop(row: Loop) -> str:
    due = date_format(row.due_at, "j F Y")
    return (
        f"Loop {row.pk} through {row.pivot}. {row.owner} answers for it; the next step is due on {due}.\n"
        f"{settings.SITE_URL}/loops/{row.pk}/"
    )


def move(step: StageMove) -> str:
    why = f": {step.reason}" if step.reason else "."
    return f"{step.get_stage_display()}{why}"


def comment(said: Comment) -> str:
    return f"{said.author}: {said.text}"
