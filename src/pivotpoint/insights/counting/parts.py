"""Count the people in the parts of themes. Clusters that are new go to the nearest part; to none where parts are told by words."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Case, Count, F, When

from pivotpoint.insights.models import Membership, MicroCluster, PartCluster, ThemePart
from pivotpoint.insights.naming.parts import NONE, nearest
from pivotpoint.lib import bulk

KNOWN = 2_000
"""Clusters of a theme, the biggest, that say where its parts lie."""

PART = Case(
    When(cluster__folded_into=None, then=F("cluster__in_part__part")),
    default=F("cluster__folded_into__in_part__part"),
)
"""Of a membership: the part of the cluster that stands for its own."""


def count_parts(themes: Collection[int]) -> None:
    """A constant number of queries for all, and two more for each theme whose parts have grown by a cluster; one if none has parts."""
    parts = list(ThemePart.objects.filter(theme__in=themes))
    if not parts:
        return
    parted = sorted({part.theme_id for part in parts})
    _take_in(parted)
    rows = Membership.objects.filter(cluster__theme__in=parted).order_by()
    counted = rows.values_list("cluster__theme", PART).annotate(Count("customer", distinct=True), Count("pk"))
    counts = {(theme, part): (people, messages) for theme, part, people, messages in counted}
    for part in parts:
        part.people, part.messages = counts.get((part.theme_id, part.pk), (0, 0))
    bulk.change(parts, ("people", "messages"))


def _take_in(themes: list[int]) -> None:
    """What came into these themes since, or from another one, is in no part of theirs yet."""
    standing = MicroCluster.objects.filter(theme__in=themes, folded_into=None, count__gt=0)
    new: dict[int, dict[int, bytes]] = {}
    for theme, pk, vector in standing.exclude(in_part__part__theme=F("theme")).values_list(
        "theme", "pk", "vector"
    ):
        new.setdefault(theme, {})[pk] = bytes(vector)
    worded = dict(ThemePart.objects.filter(theme__in=new, worded=True, said=NONE).values_list("theme", "pk"))
    for theme, vectors in new.items():
        found = dict.fromkeys(vectors, worded[theme]) if theme in worded else _nearest(theme, vectors)
        bulk.insert(PartCluster, ("cluster", "part"), list(found.items()), renew=("part",))


def _nearest(theme: int, vectors: dict[int, bytes]) -> dict[int, int]:
    known = PartCluster.objects.filter(part__theme=theme, cluster__theme=theme, cluster__count__gt=0)
    biggest = list(
        known.order_by("-cluster__count", "pk").values_list("pk", "part", "cluster__vector")[:KNOWN]
    )
    there = {pk: bytes(vector) for pk, _, vector in biggest}
    found = nearest(there | vectors, {pk: part for pk, part, _ in biggest})
    return {pk: found[pk] for pk in vectors if pk in found}
