"""What several people state here and there, for pages: all over, and in single themes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from pivotpoint.insights.evidence.quotes import Quote, of_each
from pivotpoint.insights.models import Gleaned, GleanedMessage, Rung, Theme, lying

MOST, SEVERAL = 20, 3
"""Told at once, and people who state each."""

ASKED, QUOTED = 12, 5
"""Latest messages of each among which its quotes are chosen."""


@dataclass(frozen=True)
class Told:
    """`here`: the people of the one theme that was asked for, else all."""

    gleaned: Gleaned
    here: int
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Within:
    """What people of one theme state, and how many they are."""

    said: str
    people: int


def all_over(user: Any) -> list[Told]:
    """What most people state first; three queries."""
    return told(Gleaned.objects.visible_to(user).shown(SEVERAL)[:MOST])


def of_theme(theme: Theme, user: Any) -> list[Told]:
    """What people of this theme state with others; three queries, one if none do, none for a sure trend."""
    if theme.rung == Rung.TREND and not (theme.mixed or theme.is_unsure):
        return []
    own = GleanedMessage.objects.filter(lying("membership__"), membership__cluster__theme=theme)
    rows = Gleaned.objects.visible_to(user).shown().filter(pk__in=own.values("gleaned"))
    return told(rows[:MOST], theme)


def of_themes(themes: Collection[int], user: Any) -> dict[int, list[Within]]:
    """For each, the most people first; one query, or none."""
    if not themes:
        return {}
    rows = GleanedMessage.objects.filter(
        lying("membership__"),
        membership__cluster__theme__in=themes,
        gleaned__in=Gleaned.objects.visible_to(user).values("pk"),
    )
    counted = rows.values_list("membership__cluster__theme", "gleaned__said").annotate(
        people=Count("membership__customer", distinct=True)
    )
    found: dict[int, list[Within]] = {}
    for theme, said, people in counted.order_by("-people", "gleaned"):
        found.setdefault(theme, []).append(Within(said, people))
    return found


def told(rows: Iterable[Gleaned], theme: Theme | None = None) -> list[Told]:
    """Each with its quotes, those of one theme or all; two queries."""
    about = {row.pk: row for row in rows}
    members = GleanedMessage.objects.filter(lying("membership__"), gleaned__in=about)
    if theme is not None:
        members = members.filter(membership__cluster__theme=theme)
    said: dict[int, dict[int, int]] = {pk: {} for pk in about}
    latest = members.order_by("-membership").values_list("gleaned", "membership", "membership__customer")
    for pk, message, customer in latest if about else ():
        said[pk][message] = customer
    asked = {pk: list(messages)[:ASKED] for pk, messages in said.items()}
    quotes = of_each(asked, QUOTED, {pk: row.said for pk, row in about.items()}) if about else {}
    return [Told(row, len(set(said[pk].values())), quotes[pk]) for pk, row in about.items()]
