"""Counts follow what becomes of people and readings (law 4)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from pivotpoint.insights import clusters
from pivotpoint.insights.count import recount
from pivotpoint.insights.models import Membership, Theme
from pivotpoint.insights.naming import name_new
from pivotpoint.journal.models import Event
from pivotpoint.listening.models import Reading


def spoken_by(identities: list[int]) -> Iterable[int]:
    """The memberships of messages that came through these handles."""
    return Membership.objects.filter(message__identity__in=identities).values_list("pk", flat=True)


def count_again(event: Event) -> None:
    """Two became one, or one two: only the themes behind which they stand are counted again."""
    people = [event.data["kept"], event.data["gone"]]
    recount(_themes_of(people) | _backed_by(people))


def _themes_of(people: list[int]) -> set[int]:
    members = Membership.objects.filter(customer__in=people).exclude(cluster__theme=None)
    return set(members.values_list("cluster__theme", flat=True).distinct())


def _backed_by(people: list[int]) -> set[int]:
    return set(Theme.objects.filter(backings__customer__in=people).values_list("pk", flat=True))


@transaction.atomic
def erase(event: Event) -> None:
    """A person is gone: out of the counts, the sums, the kept texts, and the titles made of their words."""
    Membership.objects.filter(customer=event.subject_id).delete()
    themes = clusters.rebuild_where_members_are_missing() | _backed_by([event.subject_id])
    mine = Theme.objects.filter(pk__in=themes)
    mine.filter(titled_by=None, vague=False).update(titled_for=0, keywords=[], stakes={}, title="Being named")
    for pk in mine.filter(title="Being named").values_list("pk", flat=True):
        Theme.objects.filter(pk=pk).update(title=f"Theme {pk}")
    name_new()
    recount(themes)
    clusters.keep_vectors(themes)


@transaction.atomic
def follow_reading(event: Event) -> None:
    """A corrected reading counts as corrected; one that is no longer about us leaves its theme, or comes in."""
    reading = Reading.objects.filter(pk=event.subject_id).first()
    if reading is None or reading.gathered_at is None:
        return
    membership = Membership.objects.select_related("cluster").filter(pk=reading.pk).first()
    if membership is None:
        if reading.about_us:
            Reading.objects.filter(pk=reading.pk).update(gathered_at=None)
        return
    if not reading.about_us:
        clusters.locked()
        membership.delete()
        clusters.rebuild([membership.cluster_id])
    else:
        Membership.objects.filter(pk=reading.pk).update(
            negative=reading.mood == "negative", actionable=reading.actionable, function=reading.function
        )
    if membership.cluster.theme_id is not None:
        recount([membership.cluster.theme_id])
