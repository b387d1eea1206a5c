"""Loops go with their insight when its theme is merged into another, and come back when that is undone."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q, QuerySet

from pivotpoint.insights.models import Insight, Theme
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import any_of
from pivotpoint.pivot import stages
from pivotpoint.pivot.models import Attachment, Loop, Passage, Stage


def survivor(insight: Insight) -> Insight:
    """The insight that stands for this one after all merges."""
    theme: Theme = insight.theme
    while theme.merged_into is not None:
        theme = theme.merged_into
    if theme.pk == insight.pk:
        return insight
    return Insight.objects.get_or_create(theme=theme, defaults={"severity": insight.severity})[0]


def follow_merged() -> int:
    """Move every open loop and waiting passage whose theme was merged away; the number moved."""
    moved = 0
    for loop in _loops_left().order_by("opened_at", "pk") if _any_loop() else ():
        insight = survivor(loop.insight)
        moved += _follow(loop, insight, f"Its insight was merged into “{insight}”.")
    for passage in _passages_left() if _any_passage() else ():
        moved += _passage_follows(passage, survivor(passage.insight))
    return moved + (_attached_follow() if _any_attached() else 0)


def _loops_left() -> QuerySet[Loop]:
    return Loop.objects.open().exclude(insight__theme__merged_into=None)


def _passages_left() -> QuerySet[Passage]:
    return Passage.objects.waiting().exclude(insight__theme__merged_into=None)


def _attached_left() -> QuerySet[Attachment]:
    gone = Q(insight__theme__merged_into__isnull=False) | ~Q(insight=F("attached"))
    return Attachment.objects.standing().filter(gone)


_any_loop, _any_passage, _any_attached = any_of(_loops_left), any_of(_passages_left), any_of(_attached_left)


def _attached_follow() -> int:
    """What was attached goes along as whatever stands for it now, after merges and after their undoing."""
    moved = 0
    for row in _attached_left().select_related("attached__theme"):
        now = survivor(row.attached)
        moved += Attachment.objects.filter(pk=row.pk).exclude(insight=now).update(insight=now)
    return moved


def come_back() -> int:
    """After a merge was undone: loops that had followed it go home; the number moved."""
    moved = 0
    for loop in Loop.objects.open().filter(insight__theme__merged_into=None):
        home = Insight.objects.filter(pk=_left_last(loop), theme__merged_into=None).first()
        if home is not None:
            moved += _follow(loop, home, "The merge was undone.")
    return moved + _attached_follow()


def _left_last(loop: Loop) -> int | None:
    """The insight that it left last and has not come back to; none where it is at home."""
    left: list[int] = []
    for event in Event.objects.about(loop).filter(name="pivot.loop_followed").order_by("pk"):
        if left and left[-1] == event.data["to"]:
            left.pop()
        else:
            left.append(event.data["was"])
    return left[-1] if left else None


@transaction.atomic
def _follow(loop: Loop, insight: Insight, reason: str) -> int:
    """When both insights have a loop at this pivot, the younger one ends with the reason."""
    stages.lock(loop)
    if loop.closed_at or loop.insight_id == insight.pk:
        return 0
    other = Loop.objects.open().filter(insight=insight, pivot=loop.pivot).first()
    if other is not None:
        younger, older = sorted((loop, other), key=lambda each: (each.opened_at, each.pk), reverse=True)
        end_as_double(younger, older)
        if younger.pk == loop.pk:
            return 1
    was, loop.insight = loop.insight_id, insight
    stages.write(loop, None, reason=reason)
    record("pivot.loop_followed", loop, was=was, to=insight.pk)
    return 1


def end_as_double(loop: Loop, older: Loop) -> None:
    """Its people are the older loop's people now, so nobody is told that this was declined."""
    for row in Attachment.objects.standing().filter(loop=loop):
        if Attachment.objects.standing().filter(loop=older, attached=row.attached_id).exists():
            Attachment.objects.filter(pk=row.pk).update(detached_at=clock.now())
        else:
            Attachment.objects.filter(pk=row.pk).update(loop=older)
    loop.stage, loop.closed_at = Stage.DECLINED, clock.now()
    stages.write(loop, None, reason=f"The same as loop {older.pk}, which goes on for both.")
    record("pivot.loop_closed", loop, stage=loop.stage, goes_on_as=older.pk)


def _passage_follows(passage: Passage, insight: Insight) -> int:
    """One passage a pivot and insight: where there is one already, this one is settled by it."""
    waiting = Passage.objects.waiting().filter(pk=passage.pk)
    if not Passage.objects.filter(insight=insight, pivot=passage.pivot_id).exists():
        return waiting.update(insight=insight)
    reason = f"Merged into “{insight}”."[:300]
    return waiting.update(state=Passage.State.HELD, decided_at=clock.now(), reason=reason)
