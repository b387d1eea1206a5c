"""Which planted matter an insight is about: the story knows who said what, the product does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pivotpoint.desk.demo.script import Story
from pivotpoint.insights.models import IndexState, Membership
from pivotpoint.lib.among import among


class Matters:
    """Worked out anew only once something has moved: the index's stamp changes with every message's theme."""

    def __init__(self, story: Story) -> None:
        self._planted = {message.external_id: message.matter for message in story.said}
        self._said: dict[int, str] = {}
        self._stamp = 0
        self._found: dict[int, str] = {}

    def of(self, themes: Iterable[int]) -> dict[int, str]:
        """Theme id to the matter that most of its messages are about; '' when no matter has half of them."""
        stamp = IndexState.objects.values_list("stamp", flat=True).first() or 0
        if stamp != self._stamp:
            self._stamp, self._found = stamp, self._count()
        return {theme: self._found[theme] for theme in themes if theme in self._found}

    def _count(self) -> dict[int, str]:
        rows = list(Membership.objects.exclude(cluster__theme=None).values_list("cluster__theme", "pk"))
        self._hear([pk for _, pk in rows if pk not in self._said])
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for theme, message in rows:
            counts[theme][self._said[message]] += 1
        return {theme: _majority(count) for theme, count in counts.items()}

    def _hear(self, messages: list[int]) -> None:
        new = Membership.objects.filter(among("pk", messages)).values_list("pk", "message__external_id")
        self._said |= {pk: self._planted.get(name, "") for pk, name in new}


def _majority(count: Counter[str]) -> str:
    matter, messages = count.most_common(1)[0]
    return matter if 2 * messages > count.total() else ""
