"""Which of the organisation's own classes the people behind an insight speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from pivotpoint.insights.models import Theme
from pivotpoint.jobs import kept
from pivotpoint.listening.models import Tag, Taxonomy

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Part:
    """So many of the people behind it speak of the class."""

    taxonomy: str
    name: str
    people: int
    share: float


def parts(theme: Theme) -> list[Part]:
    """The most common first; one query, or a kept figure for a large theme; none where nothing was taught."""
    if not Taxonomy.objects.exclude(version="").exists():
        return []
    rows: list[dict[str, Any]] = kept.look("desk.classes", str(theme.pk)).value
    return [Part(**row, share=row["people"] / max(theme.people, 1)) for row in rows]


@kept.figure("desk.classes")
def count(theme: str) -> list[dict[str, Any]]:
    """People by class, of the theme with this key."""
    tags = Tag.objects.filter(message__membership__cluster__theme=int(theme), of__taxonomy__closed_at=None)
    rows = (
        tags.order_by()
        .values("of__taxonomy__name", "of__name")
        .annotate(people=Count("message__membership__customer", distinct=True))
    )
    return [
        {"taxonomy": row["of__taxonomy__name"], "name": row["of__name"], "people": row["people"]}
        for row in rows.order_by("-people", "of__name")[:SHOWN]
    ]
