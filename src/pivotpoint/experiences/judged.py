"""What the people who were told say about a pivot's changes: shown before its gate is opened."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery

from pivotpoint.experiences.models import Verdict
from pivotpoint.pivot.models import Pivot


def judged(pivot: Pivot, since: datetime) -> dict[str, int]:
    """Each person's last word about each notice: how many there are, and how many say no or only in part."""
    last = Verdict.objects.filter(notice=OuterRef("notice")).order_by("-at", "-pk").values("pk")[:1]
    rows = Verdict.objects.filter(notice__loop__pivot=pivot, at__gte=since, pk=Subquery(last)).order_by()
    unhelped = ~Q(answer=Verdict.Answer.HELPED)
    return rows.aggregate(
        verdicts=Count("notice__customer", distinct=True),
        unhelped=Count("notice__customer", distinct=True, filter=unhelped),
    )
