"""Where an insight stands before a pivot: rows that gate, decide and loops write."""

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


def stand_again(passage: Passage) -> None:
    """At the gate where it waited. Its owner may have left meanwhile."""
    passage.state, passage.reason = Passage.State.WAITING, ""
    passage.decided_at, passage.decided_by = None, None
    passage.owner = owner_for(passage.pivot, passage.owner)
    passage.save()


def hold_foreign(insight: int, by: int | None) -> None:
    """A person said that it is not about us: it waits at no gate."""
    settled = {"decided_at": clock.now(), "decided_by_id": by, "reason": FOREIGN}
    Passage.objects.waiting().filter(insight=insight).update(state=Passage.State.HELD, **settled)


def let_stand(insight: int) -> None:
    """It is about us after all."""
    for passage in Passage.objects.filter(insight=insight, state=Passage.State.HELD, reason=FOREIGN):
        stand_again(passage)
