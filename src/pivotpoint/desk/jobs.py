"""The wizard's wish for the demo story, and the figures of the switchyard and of an insight's classes."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from pivotpoint.accounts.models import Installation
from pivotpoint.desk import classes as classes  # declares a figure, as flows does
from pivotpoint.desk import flows as flows  # declares a figure; the worker loads no pages
from pivotpoint.jobs.beat import every
from pivotpoint.lib import clock

GONE = timedelta(minutes=3)
"""A worker that has not finished a day of the story for so long was killed; another goes on with the next day."""
MESSAGES = 1_000
"""Enough to look around in, and played in half the time of `make demo`."""


@every("desk.demo", seconds=10)
def play_if_asked() -> int:
    """Play the story where somebody asked for it, or what is left of it. One worker at a time."""
    now = clock.now()
    asked = Installation.objects.exclude(demo_asked_at=None).filter(demo_played_at=None)
    free = Q(demo_beat_at=None) | Q(demo_beat_at__lt=now - GONE)
    if not asked.filter(free).update(demo_beat_at=now):
        return 0
    from pivotpoint.desk.demo.play import play, story_here

    play(story_here(seed=1, messages=MESSAGES))
    return 1
