"""People behind a theme who may be one person. Until somebody decides, a rung counts them once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from django.db.models import F

from pivotpoint.customers.models import MergeSuggestion


def doubtful(themes: Collection[int]) -> Counter[int]:
    """By theme: how many fewer people stand behind it if every suggestion is right. One query."""
    rows = (
        MergeSuggestion.objects.waiting()
        .filter(one__backings__theme__in=themes, other__backings__theme=F("one__backings__theme"))
        .values_list("one__backings__theme", "one", "other")
    )
    pairs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for theme, one, other in rows:
        pairs[theme].append((one, other))
    return Counter({theme: _fewer(some) for theme, some in pairs.items()})


def _fewer(pairs: Iterable[tuple[int, int]]) -> int:
    """Three who may all be one are two fewer, however many pairs say so."""
    stands_for: dict[int, int] = {}

    def first(person: int) -> int:
        while (other := stands_for.get(person, person)) != person:
            person = other
        return person

    fewer = 0
    for one, other in pairs:
        a, b = first(one), first(other)
        if a != b:
            stands_for[b] = a
            fewer += 1
    return fewer
