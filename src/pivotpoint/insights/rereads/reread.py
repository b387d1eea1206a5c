"""Rereading a history: what would happen to themes, and what happens to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from pivotpoint.accounts.models import Installation
from pivotpoint.insights.cluster_moods import forget_moods
from pivotpoint.insights.counting.climb import rung_of
from pivotpoint.insights.gathering.leave import leave
from pivotpoint.insights.gathering.matters import look_again, themes_with
from pivotpoint.insights.models import Matter, Membership, Theme, ThemeShare
from pivotpoint.lib import bulk
from pivotpoint.lib.among import among
from pivotpoint.listening.models import CandidateReading, Reading, Reread
from pivotpoint.listening.rereads.moves import changed, reports
from textanalytics.entities import NAME

SHOWN = 20
KEPT = ("negative", "positive", "actionable", "function", "intent")


def follow_exchange(messages: Sequence[int]) -> None:
    """Apply exchanged readings to the memberships of these messages, and have their themes recounted.

    A message that is no longer about us leaves its theme; one that is now about us waits to be gathered.
    """
    members = Membership.objects.filter(among("pk", list(messages))).select_related("cluster")
    rows = {row.pk: row for row in members}
    readings = Reading.objects.filter(among("pk", list(messages))).in_bulk()
    gone = [row for row in rows.values() if not readings[row.pk].about_us]
    stay = [row for row in rows.values() if readings[row.pk].about_us]
    moved = [row for row in stay if _taken_over(row, readings[row.pk])]
    forget_moods({row.cluster_id for row in moved})
    bulk.change(moved, KEPT)
    besides = themes_with([row.pk for row in gone])
    leave(gone)
    back = [pk for pk, reading in readings.items() if reading.about_us and pk not in rows]
    Reading.objects.filter(among("pk", back)).update(gathered_at=None)
    kept = [row.pk for row in stay]
    themes = Counter(row.cluster.theme_id for row in (*gone, *moved) if row.cluster.theme_id is not None)
    themes.update(_named(kept) | besides)
    look_again(kept)
    bulk.add(Theme, "uncounted", dict(themes))


def _named(messages: Sequence[int]) -> set[int]:
    """The themes of these messages in which a name was named, or is now."""
    named = Q(cluster__theme__shares__judgement=ThemeShare.Judgement.NAME) | Q(message__mentions__kind=NAME)
    rows = Membership.objects.filter(named, among("pk", list(messages)), cluster__theme__isnull=False)
    return set(rows.values_list("cluster__theme", flat=True))


def _taken_over(row: Membership, reading: Reading) -> bool:
    """Whether the membership changed."""
    mood = reading.mood
    now = (mood == "negative", mood == "positive", reading.actionable, reading.function, reading.intent)
    if now == tuple(getattr(row, name) for name in KEPT):
        return False
    for name, value in zip(KEPT, now, strict=True):
        setattr(row, name, value)
    return True


@reports("themes")
def themes_report(run: Reread) -> list[dict[str, Any]]:
    """The themes from which most people would leave or move, with the figures before and after.

    By key, without their titles: those are made of customers' words, and an erasure must find them in one place.
    """
    theme = "message__membership__cluster__theme"
    touched = changed(run, "about_us", "actionable", "function").exclude(**{theme: None})
    most = touched.order_by().values(theme).annotate(n=Count("message__customer", distinct=True))
    counts = dict(most.order_by("-n", theme).values_list(theme, "n")[:SHOWN])
    rows = Theme.objects.in_bulk(counts)
    after = _after(run, list(rows))
    here = Installation.here()
    return [
        {
            "theme": pk,
            "touched": touched_people,
            "people": [rows[pk].people, after[pk]["people"]],
            "rung": [rows[pk].rung, str(rung_of(after[pk]["people"], here))],
            "function": [rows[pk].function, after[pk]["function"]],
            "actionable": [rows[pk].actionable, after[pk]["actionable"]],
        }
        for pk, touched_people in counts.items()
        if pk in rows
    ]


def _after(run: Reread, themes: Sequence[int]) -> dict[int, dict[str, Any]]:
    """People, function and actionable messages of these themes, as the candidates have them; four queries.

    What is said besides something else counts as it does now, while its message stays about us.
    """
    theme = F("message__membership__cluster__theme")
    mine = CandidateReading.objects.filter(
        run=run, about_us=True, message__membership__cluster__theme__in=themes
    ).order_by()
    found: dict[int, dict[str, Any]] = {pk: {"people": 0, "actionable": 0, "function": ""} for pk in themes}
    sums = mine.values(theme=theme).annotate(
        people=Count("message__membership__customer", distinct=True),
        actionable=Count("pk", filter=Q(actionable=True)),
    )
    for row in sums:
        found[row["theme"]] |= {"people": row["people"], "actionable": row["actionable"]}
    besides = _besides(run, themes)
    for pk, customers, actionable in besides.values_list("cluster__theme").annotate(
        others=Count("membership__customer", distinct=True, filter=~Exists(_as_members(run))),
        to_act_on=Count("pk", filter=Q(actionable=True)),
    ):
        found[pk]["people"] += customers
        found[pk]["actionable"] += actionable
    named = Counter(_named_functions(mine, theme)) + Counter(_named_functions(besides, F("cluster__theme")))
    for (pk, name), _ in sorted(sorted(named.items(), reverse=True), key=lambda one: one[1]):
        found[pk]["function"] = name
    return found


def _besides(run: Reread, themes: Sequence[int]) -> QuerySet[Matter]:
    """What messages of other themes say of these, too."""
    about_us = CandidateReading.objects.filter(run=run, about_us=True, message=OuterRef("membership"))
    return Matter.objects.counted().filter(Exists(about_us), cluster__theme__in=themes).order_by()


def _as_members(run: Reread) -> QuerySet[CandidateReading]:
    """Of a matter's person, what they say of its theme and nothing else."""
    return CandidateReading.objects.filter(
        run=run,
        about_us=True,
        message__membership__cluster__theme=OuterRef("cluster__theme"),
        message__membership__customer=OuterRef("membership__customer"),
    )


def _named_functions(rows: QuerySet[Any], theme: F) -> dict[tuple[int, str], int]:
    counted = rows.exclude(function="").values_list(theme, "function").annotate(Count("pk"))
    return {(pk, name): said for pk, name, said in counted}


@reports("coming")
def coming_in(run: Reread) -> dict[str, int]:
    """Messages and people that would join or leave, because they are about us or not."""
    rows = changed(run, "about_us")
    counts = {"in": rows.filter(about_us=True), "out": rows.filter(about_us=False)}
    found: dict[str, int] = {}
    for name, some in counts.items():
        sums = some.aggregate(messages=Count("pk"), people=Count("message__customer", distinct=True))
        found |= {f"{name}_messages": sums["messages"], f"{name}_people": sums["people"]}
    return found
