"""What taking an import back would touch here."""

from __future__ import annotations

from pivotpoint.channels.imports import take_back
from pivotpoint.channels.models import ImportRun
from pivotpoint.insights.gathering.leave import touched
from pivotpoint.pivot.attach import loops_of
from pivotpoint.pivot.models import Loop


@take_back.counts
def loops(run: ImportRun) -> list[tuple[str, int]]:
    """Open loops stay open, with their owners: they decide."""
    theirs = touched(run).order_by().values("pk")
    return [
        ("Open loops that would lose people", Loop.objects.open().filter(loops_of(theirs)).distinct().count())
    ]
