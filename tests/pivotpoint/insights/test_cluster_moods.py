"""What is kept of each cluster's moods is what a count of all messages gives, whatever happens to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pivotpoint.channels.models import Message
from pivotpoint.insights import cluster_moods as moods
from pivotpoint.insights.gathering import moods as felt
from pivotpoint.insights.models import ClusterMood, Membership, MicroCluster
from pivotpoint.listening.correcting.correct import correct
from pivotpoint.listening.models import Reading

pytestmark = pytest.mark.django_db(transaction=True)
Heard = dict[str, list[Message]]


def counted() -> dict[int, list[int]]:
    """From nothing."""
    found: dict[int, list[int]] = {}
    for cluster, positive, negative in Membership.objects.values_list("cluster", "positive", "negative"):
        sums = found.setdefault(cluster, [0, 0])
        sums[0] += bool(positive)
        sums[1] += bool(negative)
    return found


def agrees() -> bool:
    known = {pk: list(both) for pk, both in moods.all_moods().items()}
    members = list(MicroCluster.objects.values_list("pk", flat=True))
    asked = {pk: list(both) for pk, both in moods.moods_of(members).items()}
    return known == asked == counted()


def test_only_clusters_that_changed_are_counted_again(
    heard: Heard, say: Callable[..., Any], listen: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert agrees()
    before = set(ClusterMood.objects.values_list("pk", flat=True))
    text = heard["late"][0].text
    say(text)
    listen()
    known = set(ClusterMood.objects.values_list("pk", flat=True))
    mine = set(Membership.objects.filter(message__text=text).values_list("cluster", flat=True))
    assert before
    assert before - known <= mine
    assert agrees()


def test_a_corrected_mood_counts(heard: Heard, maren: Any) -> None:
    assert agrees()
    message = heard["late"][0]
    mood = Reading.objects.get(pk=message.pk).mood
    correct(message, "mood", "positive" if mood != "positive" else "negative", by=maren)
    assert agrees()


def test_nothing_is_counted_twice_where_all_is_known(heard: Heard) -> None:
    assert agrees()
    with CaptureQueriesContext(connection) as asked:
        moods.moods_of(list(MicroCluster.objects.values_list("pk", flat=True)))
    assert len(asked) <= 3


def test_moods_that_were_not_noted_are_forgotten_when_they_are(heard: Heard) -> None:
    Membership.objects.update(positive=None)
    ClusterMood.objects.all().delete()
    assert agrees()
    assert felt.recall_moods() > 0
    assert agrees()
