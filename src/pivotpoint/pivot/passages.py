"""Passages: an insight at the gate of a pivot. Written by gate, decide and loops."""

from __future__ import annotations

from typing import Any

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.insights.models import Insight
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Passage, Pivot
from pivotpoint.pivot.owners import owner_for

FOREIGN = "Not about us."


def note_passed(insight: Insight, pivot: Pivot, owner: User, by: Any, why: str) -> None:
    """Record the passage of a loop that was just opened, also by a person without a rule."""
    now = clock.now()
    passed = {"state": Passage.State.PASSED, "decided_at": now, "decided_by": user_of(by)}
    Passage.objects.update_or_create(
        insight=insight,
        pivot=pivot,
        defaults=passed,
        create_defaults=passed
        | {"why": why[:300] or "Handed over by a person.", "owner": owner, "due_at": now},
    )


def stand_again(passage: Passage) -> None:
    """Put the passage back to waiting; a new owner is chosen if the old one has left."""
    passage.state, passage.reason = Passage.State.WAITING, ""
    passage.decided_at, passage.decided_by = None, None
    passage.owner = owner_for(passage.pivot, passage.owner)
    passage.save()


def hold_foreign(insight: int, by: int | None) -> None:
    """An insight was marked as not about us: it waits at no gate any more."""
    settled = {"decided_at": clock.now(), "decided_by_id": by, "reason": FOREIGN}
    Passage.objects.waiting().filter(insight=insight).update(state=Passage.State.HELD, **settled)


def let_stand(insight: int) -> None:
    """An insight is about us after all: it waits again where it waited."""
    for passage in Passage.objects.filter(insight=insight, state=Passage.State.HELD, reason=FOREIGN):
        stand_again(passage)
