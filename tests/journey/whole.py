"""Whether everything that came in was worked off exactly once: the state that a worker leaves when it is quiet."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Sum

from pivotpoint.channels.models import Message
from pivotpoint.insights.counting.count import recount_all
from pivotpoint.insights.models import Backing, IndexState, Membership, MicroCluster, Theme, ThemeDay
from pivotpoint.journal.models import Dispatch
from pivotpoint.listening.models import Reading
from pivotpoint.metrics.ledger import ledger
from tests.pivotpoint.insights.test_cluster_moods import agrees as moods_agree


def check_whole() -> None:
    """Nothing was gathered twice; and the sums are those of the rows."""
    assert IndexState.objects.get().gathered == Membership.objects.count()
    check_sums()


def check_sums() -> None:
    """Each message has one reading, each that is about us one place in a theme; all sums are those of the rows."""
    heard = Message.objects.heard().filter(quarantined="")
    assert not heard.filter(read_at=None).exists()
    assert Reading.objects.count() == heard.count()
    assert not Reading.objects.filter(gathered_at=None).exists()
    ours = Reading.objects.filter(about_us=True, message__customer__isnull=False)
    assert set(Membership.objects.values_list("pk", flat=True)) == set(ours.values_list("pk", flat=True))
    assert _index() == _members()
    assert moods_agree()
    kept = _counted()
    recount_all()
    assert _counted() == kept
    assert not Dispatch.objects.exists()
    counted = ledger(fresh=True)
    assert (counted.balances, counted.received) == (True, Message.objects.heard().count())


def _index() -> dict[int, int]:
    """How many messages each cluster says that it holds."""
    return dict(MicroCluster.objects.filter(folded_into=None, count__gt=0).values_list("pk", "count"))


def _members() -> dict[int, int]:
    """How many joined it, or one that was folded into it."""
    rows = Membership.objects.values_list("cluster", "cluster__folded_into").annotate(n=Count("pk"))
    found: Counter[int] = Counter()
    for cluster, folded, n in rows:
        found[cluster if folded is None else folded] += n
    return dict(found)


def _counted() -> list[Any]:
    """What is kept of people and messages, by theme."""
    themes = Theme.objects.order_by("pk").values_list("pk", "people", "messages", "negative", "rung")
    backings = Backing.objects.order_by("theme", "customer").values_list("theme", "customer", "messages")
    days = ThemeDay.objects.order_by("theme", "day").values_list("theme", "day", "people", "messages")
    total = Theme.objects.aggregate(n=Sum("messages"))
    return [list(themes), list(backings), list(days), total]
