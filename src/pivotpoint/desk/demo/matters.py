"""Which planted matter an insight is about: the story knows who said what, the product does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pivotpoint.desk.demo.script import Story
from pivotpoint.insights.models import Membership


def matters_of(themes: Iterable[int], story: Story) -> dict[int, str]:
    """Theme id to the matter that most of its messages are about; '' when no matter has half of them."""
    known = {m.external_id: m.matter for m in story.said}
    rows = Membership.objects.filter(cluster__theme__in=list(themes)).values_list(
        "cluster__theme", "message__external_id"
    )
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for theme, external_id in rows:
        counts[theme][known.get(external_id, "")] += 1
    return {theme: _majority(count) for theme, count in counts.items()}


def _majority(count: Counter[str]) -> str:
    matter, messages = count.most_common(1)[0]
    return matter if 2 * messages > count.total() else ""
