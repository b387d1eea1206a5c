"""Which insights are like this one."""

from __future__ import annotations

from pivotpoint.insights.models import Insight


def nearby(insight: Insight, k: int) -> list[Insight]:
    """The most alike first; when too few are, the largest that concern the same function."""
    function = insight.theme.function
    same = Insight.objects.live().filter(theme__function=function).exclude(pk=insight.pk)
    return list(same.select_related("theme").order_by("-theme__people", "pk")[:k]) if function else []
