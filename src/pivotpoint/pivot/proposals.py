"""A second pair of eyes: proposed changes are approved or rejected by somebody else, and the waiting is counted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.actor import actor_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.changing import changing
from pivotpoint.pivot.conditions.names import Names
from pivotpoint.pivot.content import apply, changed, clashes, content, merged
from pivotpoint.pivot.models import Pivot, Proposal, ProposedChange
from pivotpoint.pivot.refused import Refused


@transaction.atomic
def approve(proposal: Proposal, *, by: Any, reason: str = "", seen: bool = False) -> Proposal:
    """Apply a proposed change. Refused for its author, and when somebody has changed the same since.

    If it opens a gate, the approver must have `seen` how the pivot has worked, as its author had.
    """
    demand(by, "pivot.change")
    proposal = _open(proposal)
    if proposal.by_id is not None and proposal.by_id == getattr(user_of(by), "pk", None):
        raise Refused("You proposed this; another person has to look at it.")
    author = f" Approved by {actor_of(by).name}."
    why = f"{proposal.reason or 'Proposed.'}"[: 300 - len(author)] + author
    changes = list(proposal.changes.select_related("pivot", "base"))
    pivots = [change.pivot or Pivot() for change in changes]
    with changing(*pivots, by=proposal.by, reason=why, agreed=True, seen=seen, looked=by):
        _carry_out(proposal, changes, pivots, by)
    return _decide(proposal, Proposal.Verdict.APPROVED, by, reason)


def _carry_out(proposal: Proposal, changes: list[ProposedChange], pivots: list[Pivot], by: Any) -> None:
    """Apply each change to its pivot; new pivots are made first, without rules, so that rules of others can name them."""
    made = [pivot.pk is None for pivot in pivots]
    for change, pivot in zip(changes, pivots, strict=True):
        if pivot.pk is None:
            apply(pivot, {key: value for key, value in change.content.items() if key != "rules"})
    names = Names()
    for change, pivot, new in zip(changes, pivots, made, strict=True):
        fields = [] if new else changed(change.base.content if change.base else {}, change.content)
        wanted = _merged(change)
        apply(pivot, wanted | {"rules": names.numbered(wanted.get("rules", []))})
        record("pivot.changed", pivot, by=by, made=new, fields=fields, proposal=proposal.pk)


def _merged(change: ProposedChange) -> dict[str, Any]:
    """What its author changed, on the pivot as it is now; Refused when somebody has changed the same since."""
    if change.pivot is None or change.base is None:
        return dict(change.content)
    base, wanted, now = change.base.content, change.content, content(change.pivot)
    if clash := clashes(base, wanted, now):
        what = ", ".join(clash)
        raise Refused(f"{change.pivot} has changed since, too: {what}; reject this and propose it anew.")
    return merged(base, wanted, now)


@transaction.atomic
def reject(proposal: Proposal, reason: str, *, by: Any) -> Proposal:
    """Reject a proposed change with a reason. Its author withdraws it in the same way."""
    demand(by, "pivot.change")
    if not reason.strip():
        raise Refused("Rejecting needs a reason; the author will read it.")
    return _decide(_open(proposal), Proposal.Verdict.REJECTED, by, reason)


def _open(proposal: Proposal) -> Proposal:
    row = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if row.decided_at:
        raise Refused(f"{row.decider_name} has decided this already: {row.get_verdict_display().lower()}.")
    return row


def _decide(proposal: Proposal, verdict: str, by: Any, reason: str) -> Proposal:
    proposal.verdict, proposal.answer = verdict, reason.strip()[:300]
    proposal.decided_at, proposal.decided_by = clock.now(), user_of(by)
    proposal.decider_name = actor_of(by).name
    proposal.save()
    record("pivot.proposal_decided", proposal, by=by, verdict=verdict, hours=round(proposal.waited_hours, 1))
    return proposal


@dataclass(frozen=True, slots=True)
class Drag:
    """What waiting for approval took in one month: of so many changes, so many hours. `waiting` have no answer yet."""

    month: str
    changes: int
    hours: float
    waiting: int


def drag(months: int = 12) -> list[Drag]:
    """The newest month first. A change counts in the month of its verdict; without one, up to now."""
    found: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in Proposal.objects.order_by("-pk").only("at", "decided_at"):
        found[f"{timezone.localtime(proposal.decided_at or clock.now()):%Y-%m}"].append(proposal)
    return [
        Drag(
            month,
            len(found[month]),
            sum(each.waited_hours for each in found[month]),
            sum(each.decided_at is None for each in found[month]),
        )
        for month in sorted(found, reverse=True)[:months]
    ]
