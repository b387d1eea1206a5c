"""Where an insight stands before a pivot: rows that gate, decide and loops write."""

from __future__ import annotations

from typing import Any

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.insights.models import Insight
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Passage, Pivot


def note_passed(insight: Insight, pivot: Pivot, owner: User, by: Any, why: str) -> None:
    """The passage of a loop that was just opened, also of one that a person opened without a rule."""
    now = clock.now()
    passed = {"state": Passage.State.PASSED, "decided_at": now, "decided_by": user_of(by)}
    Passage.objects.update_or_create(
        insight=insight,
        pivot=pivot,
        defaults=passed,
        create_defaults=passed
        | {"why": why[:300] or "Handed over by a person.", "owner": owner, "due_at": now},
    )
