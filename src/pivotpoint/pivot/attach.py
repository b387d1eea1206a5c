"""Attach an insight to an existing loop, and detach it. The loop then stands for the people of both insights."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.insights.models import Backing, Insight
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot import stages
from pivotpoint.pivot.follow import survivor
from pivotpoint.pivot.models import Attachment, Handoff, Loop, Passage
from pivotpoint.pivot.passages import stand_again
from pivotpoint.pivot.refused import Refused

Role = Attachment.Role


@transaction.atomic
def attach(insight: Insight, loop: Loop, *, by: Any, role: str = Role.EVIDENCE, why: str = "") -> Attachment:
    """The insight's people become people of the loop: its change answers them, and they are told. Idempotent.

    It no longer waits at any gate.
    """
    demand(by, "insight.change")
    if role not in Role.values:
        raise Refused(f"“{role}” is no role; an insight is {' or '.join(Role.values)}.")
    stages.lock(loop)
    insight = survivor(insight)
    there = Attachment.objects.standing().filter(loop=loop, insight=insight).first()
    if there:
        return there
    if loop.closed_at:
        raise Refused(f"Loop {loop.pk} has ended; reopen it, or hand the insight over.")
    if survivor(loop.insight).pk == insight.pk:
        raise Refused(f"Loop {loop.pk} is this insight's own.")
    own = Loop.objects.open().filter(insight=insight, pivot=loop.pivot_id).first()
    if own:
        raise Refused(
            f"This insight travels through the same pivot as loop {own.pk}; merge the two insights."
        )
    row = Attachment.objects.create(
        loop=loop, insight=insight, attached=insight, role=role, why=why.strip()[:300], by=user_of(by)
    )
    settled = {"decided_at": row.at, "decided_by": user_of(by), "reason": _settled(loop)}
    Passage.objects.waiting().filter(insight=insight).update(state=Passage.State.HELD, **settled)
    record("pivot.insight_attached", loop, by=by, insight=insight.pk, attachment=row.pk, role=role)
    return row


def _settled(loop: Loop) -> str:
    return f"Attached to loop {loop.pk}."


@transaction.atomic
def detach(attachment: Attachment, *, by: Any) -> Attachment:
    """Detach: the insight stands for itself again, at the gates where it waited. Notices that were sent stay sent."""
    demand(by, "insight.change")
    standing = Attachment.objects.standing().filter(pk=attachment.pk)
    if standing.update(detached_at=clock.now(), detached_by=user_of(by)):
        waited = Passage.objects.filter(insight=attachment.insight_id, decided_at=attachment.at)
        for passage in waited.filter(state=Passage.State.HELD, reason=_settled(attachment.loop)):
            stand_again(passage)
        about = {"insight": attachment.insight_id, "attachment": attachment.pk}
        record("pivot.insight_detached", attachment.loop, by=by, **about)
    attachment.refresh_from_db()
    return attachment


def to_record(reference: str, user: Any) -> Loop:
    """The open loop that is known outside as `reference` (a number, a name or an address there). Refused when none
    is, or several are."""
    wanted = reference.strip()
    known = Handoff.objects.visible_to(user).filter(Q(external_ref=wanted) | Q(external_url=wanted))
    found = list(Loop.objects.open().filter(pk__in=known.values("loop")).order_by("-pk")[:2])
    if not wanted or not found:
        raise Refused(f"No open loop is known outside as “{wanted[:80]}”.")
    if len(found) > 1:
        raise Refused(f"Loops {found[0].pk} and {found[1].pk} are both known as “{wanted[:80]}”; choose one.")
    return found[0]


def insights_of(loop: Loop) -> list[int]:
    """Ids of all insights that the loop stands for, its own first."""
    attached = loop.attachments.standing().values_list("insight_id", flat=True)  # type: ignore[attr-defined]
    return list(dict.fromkeys([loop.insight_id, *attached]))


def loops_of(insights: Any) -> Q:
    """Loops that stand for any of these insights: as their own, or because it goes along."""
    along = Attachment.objects.standing().filter(insight__in=insights).order_by()
    return Q(insight__in=insights) | Q(pk__in=along.values("loop"))


class _Different(Func):
    """As an expression, so that one loop is one row whatever is counted for it."""

    template, output_field = "COUNT(DISTINCT %(expressions)s)", IntegerField()


def with_people(loops: QuerySet[Loop]) -> QuerySet[Loop]:
    """Annotates `people`: the number of different customers that each loop stands for."""
    return loops.annotate(people=_people("pk", "insight"))


def handoffs_with_people(rows: QuerySet[Handoff]) -> QuerySet[Handoff]:
    """Annotates `people`: the number of different customers that each hand-off's loop stands for."""
    return rows.annotate(people=_people("loop", "loop__insight"))


def _people(loop: str, insight: str) -> Case:
    """`loop` and `insight` are the ways there from a row."""
    along = Attachment.objects.standing()
    insights = along.filter(loop=OuterRef(OuterRef(loop))).order_by().values("insight")
    behind = Backing.objects.filter(Q(theme=OuterRef(insight)) | Q(theme__in=insights)).order_by()
    several = Subquery(behind.annotate(n=_Different(F("customer"))).values("n"))
    return Case(
        When(Exists(along.filter(loop=OuterRef(loop))), then=several), default=F(f"{insight}__theme__people")
    )


def standing_for(loops: QuerySet[Loop]) -> QuerySet[Any, Any]:
    """Ids of the insights that any of these loops stands for, for `…__in`."""
    bare = loops.order_by()
    attached = Attachment.objects.standing().filter(loop__in=bare.values("pk")).order_by()
    return bare.values("insight").union(attached.values("insight"))
