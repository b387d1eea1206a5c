"""The second level around an insight: what it is part of, and what else is."""

from __future__ import annotations

from typing import Any

from pivotpoint.insights.models import Insight, WiderTheme

SHOWN = 6


def around(insight: Insight, user: Any) -> dict[str, Any]:
    """The wider theme, the insights beside this one in it, and the others that it could be part of; two queries."""
    every = list(WiderTheme.objects.visible_to(user).live().order_by("-people", "pk"))
    here = next((one for one in every if one.pk == insight.theme.part_of_id), None)
    beside = Insight.objects.visible_to(user).live().filter(theme__part_of=here).exclude(pk=insight.pk)
    others = list(beside.select_related("theme").order_by("-theme__people", "pk")[:SHOWN]) if here else []
    return {"part_of": here, "beside": others, "wider": every}
