"""Which pivot takes an insight. The first pivot by position whose rules catch it, and none that excludes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from pivotpoint.insights.models import Insight
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.among import among
from pivotpoint.pivot import targets
from pivotpoint.pivot.conditions import describe, first_rule, switchable
from pivotpoint.pivot.conditions.clause import clause
from pivotpoint.pivot.conditions.fields import asks_before
from pivotpoint.pivot.conditions.match import Ruled, ruled, taken
from pivotpoint.pivot.covering import covering
from pivotpoint.pivot.loops import open_loop
from pivotpoint.pivot.models import Attachment, Gate, Loop, Passage, Pivot, Rule, Stage
from pivotpoint.pivot.owners import owner_for

STATES = {
    Gate.OPEN: Passage.State.PASSED,
    Gate.CHECKED: Passage.State.WAITING,
    Gate.CLOSED: Passage.State.COLLECTED,
}


def undecided() -> QuerySet[Insight]:
    """Live insights that no pivot has yet seen, and that nobody has set aside."""
    here = OuterRef("pk")
    aside = Q(set_aside_until__gt=clock.now())
    return (
        switchable()
        .exclude(aside)
        .exclude(
            Exists(Passage.objects.filter(insight=here))
            | Exists(Loop.objects.open().filter(insight=here))
            | Q(pk__in=Attachment.objects.deciding().values("insight"))  # few: looked up once
        )
    )


def decide(insight: Insight) -> Passage | None:
    """Put the insight at the gate of the pivot that takes it, if any; an insight with an open loop stays as it is.

    One that was held or only collected returns to the gate once it has climbed a rung since.
    """
    return next(iter(decide_these([insight.pk])), None)


def decide_these(insights: Collection[int]) -> list[Passage]:
    """`decide` for many insights, with one query for the rules; returns the passages made."""
    aside = Q(set_aside_until__gt=clock.now())
    pivots = _pivots()
    asked = switchable().filter(among("pk", insights)).exclude(aside)
    return _stand(pivots, [ruled(pivot) for pivot in pivots], asked)


def decide_all(limit: int = 200) -> int:
    """Decide every undecided insight that a rule catches, also after growth between two rungs; returns the number."""
    pivots = _pivots()
    new = _stand(pivots, [ruled(pivot) for pivot in pivots], undecided(), limit)
    return len(new) + len(_follow_on(pivots, limit))


def caught() -> list[tuple[int, int]]:
    """Undecided insights that a rule catches, each with the id of the first such rule."""
    return taken(undecided(), [ruled(pivot) for pivot in _pivots()])


def travelled() -> QuerySet[Insight]:
    """Live insights that have been at a gate before, and that neither wait nor travel now."""
    seen = Passage.objects.filter(insight=OuterRef("pk"))
    travels = Exists(seen.waiting()) | Exists(Loop.objects.open().filter(insight=OuterRef("pk")))
    return switchable().exclude(Q(set_aside_until__gt=clock.now())).filter(Exists(seen)).exclude(travels)


def _follow_on(pivots: list[Pivot], limit: int) -> list[Passage]:
    """What has been somewhere already goes on only by a rule that asks what became of it, and to where it was not yet."""
    if not any(asks_before(clause(rule)) for pivot in pivots for rule in pivot.rules.all()):
        return []
    follow = [replace(ruled(pivot), counts=asks_before, among=~_seen_at(pivot)) for pivot in pivots]
    return _stand(pivots, follow, travelled(), limit)


def _seen_at(pivot: Pivot) -> Q:
    return Q(Exists(Passage.objects.filter(insight=OuterRef("pk"), pivot=pivot.pk)))


def uncovered() -> QuerySet[Insight]:
    """Undecided insights that no pivot's rules catch: the switchyard shows them."""
    return undecided().annotate(rule=first_rule(_pivots(), undecided())).filter(rule=None)


def _pivots() -> list[Pivot]:
    live = Pivot.objects.live().select_related("team__lead", "owner").prefetch_related("rules")
    return list(live.order_by("position", "name"))


def _stand(
    pivots: list[Pivot], order: list[Ruled], insights: QuerySet[Insight], limit: int | None = None
) -> list[Passage]:
    """Those of them that a rule catches, each in front of the pivot of the first such rule."""
    rules = {rule.pk: rule for pivot in pivots for rule in pivot.rules.all()}
    if not rules:
        return []
    stood = [_stand_one(pk, rules[rule]) for pk, rule in taken(insights, order, limit)]
    return [passage for passage in stood if passage is not None]


@transaction.atomic
def _stand_one(insight_id: int, rule: Rule) -> Passage | None:
    insight = Insight.objects.select_for_update().get(pk=insight_id)
    if not _may_stand(insight, rule.pivot):
        return None
    pivot, now = rule.pivot, clock.now()
    owner, state = owner_for(pivot), STATES[Gate(pivot.gate_for(insight.severity))]
    standing = covering(insight, pivot)
    state = Passage.State.ANSWERED if standing else state
    passage, _ = Passage.objects.update_or_create(
        insight=insight,
        pivot=pivot,
        defaults={
            "rule": rule,
            "why": describe(rule)[:300],
            "state": state,
            "owner": owner,
            "due_at": targets.due(pivot, Stage.HEARD, now),
            "at": now,
            "decided_at": None,
            "decided_by": None,
            "reason": "",
            "standing": standing,
        },
    )
    record("pivot.matched", passage, insight=insight.pk, pivot=pivot.pk, rule=rule.pk, state=state)
    if state == Passage.State.PASSED:
        open_loop(insight, pivot, by=None, owner=owner, why=passage.why)
        passage.refresh_from_db()
    return passage


def _may_stand(insight: Insight, pivot: Pivot) -> bool:
    """Not while it travels or waits somewhere; not again at this gate unless it climbed after the last decision."""
    if Loop.objects.open().filter(insight=insight).exists():
        return False
    if Attachment.objects.deciding().filter(insight=insight).exists():
        return False
    seen = list(Passage.objects.filter(insight=insight))
    if any(passage.state == Passage.State.WAITING for passage in seen):
        return False
    here = next((passage for passage in seen if passage.pivot_id == pivot.pk), None)
    if here is None:
        return True
    if here.state == Passage.State.COLLECTED and pivot.gate_for(insight.severity) != Gate.CLOSED:
        return True
    climbed = insight.climbed_at
    return climbed is not None and climbed > (here.decided_at or here.at)
