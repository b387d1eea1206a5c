"""Who joins after the telling is told what has already come of it."""

from __future__ import annotations

from django.db.models import Q

from pivotpoint.experiences.again import CHANGED
from pivotpoint.experiences.draft import draft
from pivotpoint.experiences.hold import REOPENED
from pivotpoint.experiences.models import Notice, Telling
from pivotpoint.journal.models import Event
from pivotpoint.pivot.models import Loop, Stage


def on_declined(event: Event) -> None:
    """Everybody behind the insight hears the reason; who heard one before is left in peace."""
    loop = Loop.objects.filter(pk=event.subject_id, stage=Stage.DECLINED).first()
    if loop is None:
        return
    # A loop that was declined, reopened and declined again: its held notices begin anew with this reason.
    held = Notice.objects.filter(loop=loop, change=None, state=Notice.State.SKIPPED, why_not=REOPENED)
    if held.delete()[0]:
        Telling.objects.filter(loop=loop).update(drafted_at=None)
    draft(loop, None)


def draft_for_joiners() -> int:
    """Whoever joined a theme after its telling gets a notice of what has already changed; how many."""
    live = Q(loop__stage__in=CHANGED, change__isnull=False, change__taken_back_at=None)
    declined = Q(loop__stage=Stage.DECLINED, change=None)
    tellings = Telling.objects.incomplete().filter(live | declined)
    rows = tellings.select_related("loop__insight__theme", "loop__pivot", "change")
    return sum(draft(telling.loop, telling.change) for telling in rows)
