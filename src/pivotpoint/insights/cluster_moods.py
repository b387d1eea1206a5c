"""How many of each cluster's messages praise and blame: kept until one of them comes, goes, or is read otherwise.

So to put the themes in order, and to name them, nobody counts a history of which only the end is new.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import Count, Q

from pivotpoint.insights.models import ClusterMood, IndexState, Membership
from pivotpoint.lib.among import among

Moods = dict[int, tuple[int, int]]
"""Messages that praise and that blame, by cluster."""

COUNT = """INSERT INTO insights_clustermood (cluster_id, praise, blame)
    SELECT c.id, sum(CASE WHEN m.positive THEN 1 ELSE 0 END), sum(CASE WHEN m.negative THEN 1 ELSE 0 END)
    FROM insights_microcluster c JOIN insights_membership m ON m.cluster_id = c.id
    WHERE NOT EXISTS (SELECT 1 FROM insights_clustermood k WHERE k.cluster_id = c.id)
    GROUP BY c.id"""


@transaction.atomic(savepoint=False)
def all_moods() -> Moods:
    """Of every cluster with messages; those of which it is not known are counted, and kept."""
    _alone()
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
    return {pk: (praise, blame) for pk, praise, blame in ClusterMood.objects.values_list()}


def moods_of(clusters: Collection[int]) -> Moods:
    """Of these clusters, if they have messages. Two queries, which keep nothing and so need no lock."""
    rows = ClusterMood.objects.filter(among("cluster", clusters)).values_list()
    known = {pk: (praise, blame) for pk, praise, blame in rows}
    unknown = Membership.objects.filter(among("cluster", set(clusters) - known.keys())).order_by()
    counts = unknown.values_list("cluster").annotate(
        praise=Count("pk", filter=Q(positive=True)), blame=Count("pk", filter=Q(negative=True))
    )
    return known | {cluster: (praise, blame) for cluster, praise, blame in counts}


def forget_moods(clusters: Collection[int]) -> None:
    """Their messages change, or have changed, in the caller's transaction."""
    _alone()
    ClusterMood.objects.filter(among("cluster", clusters)).delete()


def _alone() -> None:
    """Nobody counts what another is changing, until the transaction ends."""
    list(IndexState.objects.select_for_update().filter(pk=1).values_list("pk"))
