"""Which insights are like this one."""

from __future__ import annotations

from pivotpoint.insights.models import Insight
from pivotpoint.insights.similar import similar


def nearby(insight: Insight, k: int) -> list[Insight]:
    """The most alike first; when too few are alike, then the largest that concern the same function."""
    theme = insight.theme
    alike = [other.pk for other, _ in similar(theme, k)]
    found = Insight.objects.select_related("theme").in_bulk(alike)
    near = [found[pk] for pk in alike if pk in found]
    if len(near) < k and theme.function:
        same = Insight.objects.live().filter(theme__function=theme.function)
        others = same.exclude(pk__in=[insight.pk, *alike]).select_related("theme")
        near += others.order_by("-theme__people", "pk")[: k - len(near)]
    return near
