"""Look who states the same here and there, once the themes have been put in order and their parts are told. The state is the queue entry."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from pivotpoint.insights.counting.climb import ACTIONABLE_FROM
from pivotpoint.insights.gathering.busy import is_busy
from pivotpoint.insights.gathering.parts import LONGEST, due
from pivotpoint.insights.models import Gleaned, GleanedMessage, IndexState
from pivotpoint.insights.naming.gleaned import Lying, glean
from pivotpoint.lib import bulk


def look_who_states_the_same() -> int:
    """Look again if the themes were put in order since; how many are told. Nothing while more is on its way in."""
    state = IndexState.objects.first()
    if state is None or state.gleaned == state.consolidated or is_busy() or due(1):
        return 0
    found = [
        (one.title[:LONGEST], one.home if one.home >= 0 else None, said)
        for one, said in glean()
        if one.home >= 0 or _is_for_somebody(said)
    ]
    with transaction.atomic():
        if IndexState.objects.select_for_update().get(pk=1).stamp != state.stamp:
            return 0  # Clusters changed meanwhile: the next sweep looks again.
        _write(found)
        IndexState.objects.update(gleaned=state.consolidated)
    return len(found)


def _is_for_somebody(said: Sequence[Lying]) -> bool:
    """Whether a theme of them would be an insight."""
    return sum(one.actionable for one in said) >= ACTIONABLE_FROM * len(said)


def _write(found: Sequence[tuple[str, int | None, Sequence[Lying]]]) -> None:
    """What is called as before is the one that it was: links to it stay."""
    known = Gleaned.objects.filter(said__in=[said for said, *_ in found])
    Gleaned.objects.exclude(pk__in=list(known.values_list("pk", flat=True))).delete()
    GleanedMessage.objects.all().delete()
    bulk.insert(Gleaned, ("said", "home"), [(said, home) for said, home, _ in found], new_only=True)
    rows = {row.said: row for row in Gleaned.objects.all()}
    for said, home, _ in found:
        rows[said].home_id = home
    bulk.change(list(rows.values()), ("home",))
    members = [(one.pk, rows[said].pk) for said, _, some in found for one in some]
    bulk.insert(GleanedMessage, ("membership", "gleaned"), members)
