"""Make, change and end standing answers. What one covers does not go through its pivot while it is live.

The pivot's owner sets the limits, being accountable for its decisions; so may whoever changes pivots. The owner of
a standing answer may end it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pivotpoint.accounts.permissions import user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import any_of
from pivotpoint.pivot.covering import checked, covered
from pivotpoint.pivot.decide import decide_these
from pivotpoint.pivot.expected import demand_known
from pivotpoint.pivot.models import Passage, Pivot, StandingAnswer
from pivotpoint.pivot.owners import demand_able, owner_for
from pivotpoint.pivot.refused import Refused

FIELDS = ("name", "match", "conditions", "may", "template", "most_amount", "unit", "most_a_week", "owner")


def may_limit(pivot: Pivot, who: Any) -> bool:
    """Whether `who` (user, token, or None for the system) sets the limits of the front line at this pivot."""
    if who is None or who.may("pivot.change"):
        return True
    return bool(who.may("loop.act") and user_of(who).pk == pivot.owner_id)


def may_end(standing: StandingAnswer, who: Any) -> bool:
    """Whether `who` may set its limits, or owns it."""
    answers = who is not None and who.may("loop.act") and user_of(who).pk == standing.owner_id
    return answers or may_limit(standing.pivot, who)


def demand_limit(pivot: Pivot, who: Any) -> None:
    """Raises PermissionDenied unless `may_limit`."""
    if not may_limit(pivot, who):
        raise PermissionDenied(f"{pivot.owner} sets these limits; they answer for {pivot}.")


@transaction.atomic
def make(pivot: Pivot, fields: Mapping[str, Any], *, by: Any, evidence: Any = None) -> StandingAnswer:
    """Make a standing answer. Insights at the gate that it covers stop waiting."""
    demand_limit(pivot, by)
    if pivot.closed_at:
        raise Refused(f"{pivot} is closed; nothing waits for it.")
    owner = fields.get("owner") or owner_for(pivot)
    standing = StandingAnswer(pivot=pivot, made_by=user_of(by), evidence=evidence or {})
    _fill(standing, {**fields, "owner": owner})
    record("pivot.standing_made", standing, by=by, pivot=pivot.pk, relieved=_relieve(standing))
    return standing


@transaction.atomic
def change(standing: StandingAnswer, fields: Mapping[str, Any], *, by: Any) -> StandingAnswer:
    """Change the given fields. Insights that it no longer covers return to the gate."""
    demand_limit(standing.pivot, by)
    _lock(standing)
    was = {name: getattr(standing, name) for name in fields if name in FIELDS}
    _fill(standing, fields)
    changed = sorted(name for name in was if was[name] != getattr(standing, name))
    if changed:
        record("pivot.standing_changed", standing, by=by, fields=changed, relieved=_relieve(standing))
        _release(standing, keep_covered=True)
    return standing


@transaction.atomic
def end(standing: StandingAnswer, why: str, *, by: Any) -> StandingAnswer:
    """End it, with a reason. What it covered returns to the gate."""
    if not may_end(standing, by):
        demand_limit(standing.pivot, by)
    if not why.strip():
        raise Refused("Ending it needs a reason; those who use it will read it.")
    standing.refresh_from_db(from_queryset=StandingAnswer.objects.select_for_update())
    if standing.ended_at is None:
        standing.ended_at, standing.ended_by = clock.now(), user_of(by)
        standing.why_ended = why.strip()[:300]
        standing.save(update_fields=["ended_at", "ended_by", "why_ended"])
        released = _release(standing)
        record("pivot.standing_ended", standing, by=by, pivot=standing.pivot_id, released=released)
    return standing


def settle() -> int:
    """Cover insights that have come to meet a standing answer, and send back those that no longer do; returns the
    number."""
    if not _any_live():
        return 0
    return sum(_settle(standing) for standing in StandingAnswer.objects.live().order_by("pk"))


_any_live = any_of(lambda: StandingAnswer.objects.live())


@transaction.atomic
def _settle(standing: StandingAnswer) -> int:
    return _relieve(standing) + _release(standing, keep_covered=True)


def _lock(standing: StandingAnswer) -> None:
    standing.refresh_from_db(from_queryset=StandingAnswer.objects.select_for_update())
    if standing.ended_at:
        raise Refused(f"“{standing}” ended on {standing.ended_at:%-d %B}; make a new one.")


def _fill(standing: StandingAnswer, fields: Mapping[str, Any]) -> None:
    demand_known(fields, FIELDS, "A standing answer")
    for name, value in fields.items():
        setattr(standing, name, value)
    clause = checked(standing.match, standing.conditions)
    standing.match, standing.conditions = clause.match, clause.conditions
    demand_able(standing.owner)
    if standing.most_amount is not None and not standing.unit.strip():
        raise Refused("Say what the amount is in: EUR, days or the like.")
    if (standing.most_amount is not None and standing.most_amount <= 0) or standing.most_a_week == 0:
        raise Refused("A limit of nothing allows nothing; leave it empty or end the standing answer.")
    standing.full_clean(exclude=["made_by", "ended_by"])
    standing.save()


def _relieve(standing: StandingAnswer) -> int:
    """What waits at the pivot's gate and is covered; the number relieved."""
    waiting = Passage.objects.waiting().filter(
        pivot=standing.pivot, insight__in=covered(standing).values("pk")
    )
    return waiting.update(state=Passage.State.ANSWERED, standing=standing)


def _release(standing: StandingAnswer, *, keep_covered: bool = False) -> int:
    """What it answered so far stands before the pivots again, as if it had just opened."""
    held = Passage.objects.filter(standing=standing, state=Passage.State.ANSWERED)
    if keep_covered:
        held = held.exclude(insight__in=covered(standing).values("pk"))
    insights = list(held.values_list("insight_id", flat=True))
    Passage.objects.filter(pk__in=list(held.values_list("pk", flat=True))).delete()
    decide_these(insights)
    return len(insights)
