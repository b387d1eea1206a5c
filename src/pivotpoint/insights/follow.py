"""Recount themes when customers are merged or erased and when readings change (law 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from pivotpoint.insights.cluster_moods import forget_moods
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.gathering import clusters
from pivotpoint.insights.gathering.matters import themes_with
from pivotpoint.insights.models import Gleaned, IndexState, Membership, Theme, ThemePart
from pivotpoint.insights.naming.titles import name_new
from pivotpoint.insights.wider.widen import rename_anew
from pivotpoint.journal.models import Event
from pivotpoint.listening.models import Reading


def spoken_by(identities: list[int]) -> Iterable[int]:
    """The memberships of messages that came through these handles."""
    return Membership.objects.filter(message__identity__in=identities).values_list("pk", flat=True)


def count_again(event: Event) -> None:
    """After a merge or its undoing: recount only the themes behind which these customers stand."""
    people = [event.data["kept"], event.data["gone"]]
    recount(_themes_of(people) | _backed_by(people))


def count_doubt(event: Event) -> None:
    """After a merge was suggested or rejected: recount the themes behind which both stand."""
    recount(_backed_by([event.data["one"]]) & _backed_by([event.data["other"]]))


def _themes_of(people: list[int]) -> set[int]:
    members = Membership.objects.filter(customer__in=people).exclude(cluster__theme=None)
    return set(members.values_list("cluster__theme", flat=True).distinct())


def _backed_by(people: list[int]) -> set[int]:
    return set(Theme.objects.filter(backings__customer__in=people).values_list("pk", flat=True))


def leave_nothing(people: list[int]) -> dict[str, Any]:
    """Before an erasure, in its transaction: remove their messages from cluster sums, kept texts and fingerprints; and what is told in
    words that may be theirs."""
    members = Membership.objects.filter(customer__in=people)
    gone = set(members.values_list("cluster", flat=True))
    themes = _themes_of(people) | _backed_by(people)
    if gone:
        clusters.locked()
        _forget(Gleaned.objects.filter(rows__membership__in=members))
        members.delete()
        clusters.rebuild(gone)
    return {"themes": sorted(themes)}


def _forget(gleaned: QuerySet[Gleaned]) -> None:
    """Until it is looked for anew."""
    if gleaned.delete()[0]:
        IndexState.objects.update(gleaned=0)


@transaction.atomic
def erase(event: Event) -> None:
    """After an erasure: recount, and rename themes whose titles used their words; what is said in their parts is found anew."""
    themes = event.data.get("themes", [])
    ThemePart.objects.filter(theme__in=themes).delete()
    Theme.objects.filter(pk__in=themes).update(parted_for=0)
    _forget(Gleaned.objects.filter(home__in=themes))
    named = Theme.objects.filter(pk__in=themes, titled_by=None, vague=False)
    named.update(titled_for=0, keywords=[], stakes={}, title=Concat(Value("Theme "), Cast("pk", CharField())))
    name_new()
    recount(themes)
    rename_anew(themes)
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
    besides = themes_with([reading.pk])
    if not reading.about_us:
        clusters.locked()
        membership.delete()
        clusters.rebuild([membership.cluster_id])
    else:
        forget_moods([membership.cluster_id])
        Membership.objects.filter(pk=reading.pk).update(
            negative=reading.mood == "negative",
            positive=reading.mood == "positive",
            actionable=reading.actionable,
            function=reading.function,
            intent=reading.intent,
        )
    recount(besides | ({membership.cluster.theme_id} if membership.cluster.theme_id is not None else set()))
