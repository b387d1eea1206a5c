"""Pin an insight, so that it stands first for everybody; mute it, so that its rises wake nobody."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.insights import events
from pivotpoint.insights.models import Insight, InsightMark
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

PERMISSION = "insight.change"


@transaction.atomic
def mark(insight: Insight, kind: str, *, by: Any) -> InsightMark:
    """Twice is once."""
    demand(by, PERMISSION)
    if kind not in InsightMark.Kind.values:
        raise ValidationError("An insight is pinned or muted.")
    Insight.objects.select_for_update(of=("self",)).get(pk=insight.pk)
    standing = insight.marks.standing().filter(kind=kind).first()
    if standing is not None:
        return standing
    row = InsightMark.objects.create(insight=insight, kind=kind, by=user_of(by))
    record(events.MARKED, insight, by=by, kind=kind, ended=False)
    return row


@transaction.atomic
def unmark(insight: Insight, kind: str, *, by: Any) -> None:
    """As if it had not been marked; who had marked it stays written."""
    demand(by, PERMISSION)
    standing = insight.marks.standing().filter(kind=kind)
    if standing.update(ended_at=clock.now(), ended_by=user_of(by)):
        record(events.MARKED, insight, by=by, kind=kind, ended=True)
