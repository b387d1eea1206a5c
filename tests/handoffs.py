"""What became of a hand-off, and what time it is for it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

from pivotpoint.lib import clock
from pivotpoint.pivot.models import Answer, Handoff


def stage(handoff: Handoff) -> str:
    handoff.loop.refresh_from_db()
    return handoff.loop.stage


def answers(handoff: Handoff) -> list[tuple[str, str]]:
    """The outcome and the note of each, as they came."""
    return list(Answer.objects.filter(handoff=handoff).order_by("pk").values_list("outcome", "note"))


def later(seconds: float) -> AbstractContextManager[None]:
    return clock.at(clock.now() + timedelta(seconds=seconds))
