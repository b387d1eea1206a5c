"""Find similar insights."""

from __future__ import annotations

from collections.abc import Sequence

from pivotpoint.insights.models import Insight, Theme


def nearby(insight: Insight, alike: Sequence[tuple[Theme, float]], k: int) -> list[Insight]:
    """The most similar first; if too few are `alike`, the largest that concern the same function follow."""
    function = insight.theme.function
    near = [theme.insight for theme, _ in alike if hasattr(theme, "insight")]
    if len(near) < k and function:
        same = Insight.objects.live().filter(theme__function=function)
        others = same.exclude(pk__in=[insight.pk, *(theme.pk for theme, _ in alike)]).select_related("theme")
        near += others.order_by("-theme__people", "pk")[: k - len(near)]
    return near
