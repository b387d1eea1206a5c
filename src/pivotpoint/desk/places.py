"""Where an insight is on its way, in a few words: one look-up for a whole page of insights."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pivotpoint.insights.models import Insight, Rung
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Attachment, Loop, Passage, Stage


@dataclass(frozen=True, slots=True)
class Place:
    """`tone` is a class of the tag: signal needs a person, told is closed and told, line is quiet, empty is under way."""

    words: str
    tone: str = ""
    loop: Loop | None = None
    passage: Passage | None = None


def places(insights: Collection[Insight]) -> dict[int, Place]:
    """By insight; at most three queries. What goes along with a loop is where that loop is."""
    ids = [insight.pk for insight in insights]
    loops = (
        Loop.objects.filter(insight__in=ids).select_related("pivot", "owner", "team").order_by("opened_at")
    )
    by_loop = {loop.insight_id: loop for loop in sorted(loops, key=lambda loop: loop.closed_at is None)}
    others = [pk for pk in ids if pk not in by_loop]
    along = Attachment.objects.standing().filter(insight__in=others)
    for row in along.select_related("loop__pivot", "loop__owner", "loop__team"):
        by_loop.setdefault(row.insight_id, row.loop)
    passages = Passage.objects.filter(insight__in=others).select_related("pivot", "owner").order_by("at")
    by_passage = {passage.insight_id: passage for passage in passages}
    return {one.pk: _place(one, by_loop.get(one.pk), by_passage.get(one.pk)) for one in insights}


def _place(insight: Insight, loop: Loop | None, passage: Passage | None) -> Place:
    if loop:
        return _of_loop(loop)
    if passage and passage.state != Passage.State.PASSED:
        return _at_gate(passage)
    if insight.set_aside_until and insight.set_aside_until > clock.now():
        return Place(f"set aside until {insight.set_aside_until:%-d %b}", "line")
    if insight.severity == "high":
        return Place("no owner yet" if insight.theme.rung == Rung.TREND else "severe, no owner yet", "signal")
    if insight.theme.rung == Rung.TREND:
        return Place("no owner yet", "signal" if insight.severity == "medium" else "line")
    return Place("waits for others to say it", "plain")


def _of_loop(loop: Loop) -> Place:
    stage = loop.get_stage_display().lower()
    if loop.closed_at:
        tone = "told" if loop.stage == Stage.CONFIRMED else "line"
        return Place("declined, told" if loop.stage == Stage.DECLINED else stage, tone, loop)
    if loop.due_at < clock.now():
        return Place(f"{stage}, late", "signal", loop)
    return Place(stage, "told" if loop.stage in (Stage.DELIVERED, Stage.TOLD) else "", loop)


def _at_gate(passage: Passage) -> Place:
    words = {
        Passage.State.WAITING: Place("waits at the gate", "signal", passage=passage),
        Passage.State.HELD: Place("held back", "line", passage=passage),
        Passage.State.COLLECTED: Place("gate closed, collecting", "line", passage=passage),
        Passage.State.ANSWERED: Place("answered at the front line", "line", passage=passage),
    }
    return words[Passage.State(passage.state)]
