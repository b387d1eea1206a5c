"""Count the people of wider themes; one who stands behind several inner themes counts once."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q, Sum

from pivotpoint.insights.models import Backing, Theme, WiderTheme
from pivotpoint.lib import bulk

AT_ONCE = 50
LARGE = 50_000
"""Messages of a wider theme past which one more is counted by the sweep, and not while somebody waits."""

KEPT = ("themes", "people", "messages", "negative", "uncounted")


def note(themes: Collection[int], *, count: bool) -> None:
    """These themes were counted: count the wider themes around them too; large ones, or all without `count`, are
    postponed."""
    wider = WiderTheme.objects.filter(inside__in=themes)
    WiderTheme.objects.filter(pk__in=wider.values("pk")).update(uncounted=True)
    if count:
        count_wider(list(wider.filter(messages__lt=LARGE).distinct().values_list("pk", flat=True)))


def count_wider_due() -> int:
    """Count the wider themes that were postponed; returns how many."""
    due = list(
        WiderTheme.objects.filter(uncounted=True).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    )
    count_wider(due)
    return len(due)


def count_wider(wider: Collection[int]) -> None:
    """From the people behind the themes inside; two statements to read, one to write."""
    if not wider:
        return
    people = {
        row["theme__part_of"]: row
        for row in Backing.objects.filter(
            theme__part_of__in=wider, theme__merged_into=None, theme__about_us=True
        )
        .order_by()
        .values("theme__part_of")
        .annotate(people=Count("customer", distinct=True), said=Sum("messages"), upset=Sum("negative"))
    }
    inside = dict(
        Theme.objects.filter(part_of__in=wider)
        .live()
        .order_by()
        .values_list("part_of")
        .annotate(themes=Count("pk", filter=Q(vague=False)))
    )
    rows = list(WiderTheme.objects.filter(pk__in=wider).order_by("pk"))
    for row in rows:
        counted = people.get(row.pk, {"people": 0, "said": 0, "upset": 0})
        row.people, row.messages, row.negative = counted["people"], counted["said"], counted["upset"]
        row.themes, row.uncounted = inside.get(row.pk, 0), False
    bulk.change(rows, KEPT)
