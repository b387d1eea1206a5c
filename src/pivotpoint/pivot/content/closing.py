"""A closed pivot takes nothing new; its open loops go on."""

from __future__ import annotations

from typing import Any

from pivotpoint.lib import clock
from pivotpoint.pivot.content.parts import Part
from pivotpoint.pivot.models import Passage, Pivot
from pivotpoint.pivot.refused import Refused


def read(pivot: Pivot) -> bool:
    return pivot.closed_at is not None


def write(pivot: Pivot, wanted: Any) -> None:
    """With insights at its gate it is not closed."""
    if bool(wanted) == read(pivot):
        return
    waiting = Passage.objects.waiting().filter(pivot=pivot).count() if wanted else 0
    if waiting:
        many = "1 insight waits" if waiting == 1 else f"{waiting} insights wait"
        raise Refused(f"{many} at this gate; let through or hold back what waits first.")
    pivot.closed_at = clock.now() if wanted else None
    pivot.save(update_fields=["closed_at"])


def words(old: Any, new: Any) -> list[str]:
    return ["It is closed" if new else "It is open again"]


PART = Part("closed", read, write, words, default=False, label="Closing")
