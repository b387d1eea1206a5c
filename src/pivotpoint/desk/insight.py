"""One insight: what they said, who stands behind it, where it should go, its room."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.models import Installation, User
from pivotpoint.accounts.permissions import needs
from pivotpoint.collaboration import experts, room
from pivotpoint.desk.alerts import of_insight
from pivotpoint.desk.around import around
from pivotpoint.desk.attach import along_with, reachable
from pivotpoint.desk.behind import behind
from pivotpoint.desk.chart import days_chart
from pivotpoint.desk.classes import parts
from pivotpoint.desk.community_room import elsewhere
from pivotpoint.desk.correction import corrections
from pivotpoint.desk.fits import fits
from pivotpoint.desk.frame import organisation
from pivotpoint.desk.gleaned import within
from pivotpoint.desk.inbox_reading import FEELINGS
from pivotpoint.desk.places import places
from pivotpoint.desk.quoted import readable
from pivotpoint.desk.suggestions import title_for
from pivotpoint.insights.evidence import besides
from pivotpoint.insights.evidence.aspects import of_texts, of_theme
from pivotpoint.insights.evidence.quotes import quotes
from pivotpoint.insights.ladder.words import LEFT, SAID, SOME
from pivotpoint.insights.models import Insight, InsightMark, Membership, Theme, ThemeAction, ThemePart
from pivotpoint.insights.similar import neighbours
from pivotpoint.pivot.models import Pivot
from textanalytics.quotes import marks

QUOTES, MANY, SIMILAR, MESSAGES, ACTIONS = 5, 12, 5, 25, 20


@require_safe
@needs("desk.view")
def insight_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A theme that was merged shows the one that took it over."""
    rows = Insight.objects.visible_to(request.user).select_related("theme", "community_room__destination")
    insight = get_object_or_404(rows, pk=pk)
    if insight.theme.merged_into_id:
        return redirect("desk:insight", _survivor(insight.theme).pk)
    user: Any = request.user
    reach, pivots, here = reachable(user), _pivots(user), organisation(request)
    around_it, there = neighbours(insight.theme, experts.LOOK_AT, seen_by=user), room.enter(insight, user)
    context = {
        "insight": insight,
        "theme": insight.theme,
        "behind": behind(insight.theme),
        "chart": days_chart(insight.theme),
        **_parts(insight.theme),
        "gleaned": within(insight.theme, user),
        "quotes": _said(insight, user),
        "fits": fits(insight, user, pivots),
        "place": places([insight])[insight.pk],
        "proposals": experts.propose(insight, around_it.near, there),
        "similar": around_it.near[:SIMILAR],
        **_twins(insight.theme, around_it.twins),
        "see_also": _see_also(insight.theme, user),
        "room": there,
        "actions": _actions(insight.theme),
        "corrections": corrections(here),
        "classes": parts(insight.theme),
        "aspects": of_theme(insight.theme, here),
        **around(insight, user),
        **of_insight(insight, user),
        **along_with(insight, user, reach),
        **elsewhere(insight, user, reach),
        **_choices(user, pivots),
        **title_for(insight, user),
    }
    return render(request, "desk/insight.html", context)


def _twins(theme: Theme, twins: list[Theme]) -> dict[str, Any]:
    """Those that can be merged with it, and which of all would take the others in: the one that most people stand behind."""
    found = [one for one in twins if hasattr(one, "insight")]
    return {"twins": found, "stays": max((theme, *found), key=lambda one: (one.people, -one.pk))}


def _see_also(theme: Theme, user: Any) -> Insight | None:
    """The insight that is told in like words; none that is muted."""
    if theme.see_also_id is None:
        return None
    muted = InsightMark.objects.standing().filter(kind=InsightMark.Kind.MUTE)
    rows = Insight.objects.visible_to(user).live().exclude(marks__in=muted)
    return rows.select_related("theme").filter(pk=theme.see_also_id).first()


def _survivor(theme: Theme) -> Theme:
    while theme.merged_into is not None:
        theme = theme.merged_into
    return theme


def _said(insight: Insight, user: Any) -> list[dict[str, Any]]:
    """Quotes; of what no word holds together more, since nothing else tells what is in it."""
    most = MANY if insight.theme.mixed else QUOTES
    return readable(quotes([insight.pk], per_theme=most)[insight.pk], user)


def _parts(theme: Theme) -> dict[str, Any]:
    """What is said in its parts, or of what it is called by, under the heading of `listen`; and how many of its messages are about something
    else and say it, too."""
    parts = list(theme.parts.shown())
    untold = sum(part.people for part in parts if not part.said)
    return {
        "parts": parts,
        "parts_called": SOME if untold > LEFT * theme.people else SAID,
        "more_beside": max(0, theme.messages - sum(part.messages for part in parts)) if parts else 0,
    }


def _actions(theme: Theme) -> list[ThemeAction]:
    """What people did to it, newest first."""
    rows = ThemeAction.objects.filter(Q(theme=theme) | Q(other=theme)).select_related("by", "theme", "other")
    return list(rows.order_by("-at")[:ACTIONS])


def _pivots(user: Any) -> list[Pivot]:
    """The live ones that this person sees, with their rules."""
    rows = Pivot.objects.visible_to(user).live().select_related("team", "owner").prefetch_related("rules")
    return list(rows) if user.may("pivot.view") else []


def _choices(user: Any, pivots: list[Pivot]) -> dict[str, Any]:
    """What the dialogs offer."""
    if not user.may("room.write"):
        return {}
    return {
        "pivots": pivots if user.may("insight.change") else [],
        "colleagues": User.objects.visible_to(user).active(),
    }


@require_safe
@needs("customer.view")
def insight_messages(request: HttpRequest, pk: int) -> HttpResponse:
    """Every message of the theme, or of one of its parts, newest first, to choose from for a split."""
    insight = get_object_or_404(Insight.objects.visible_to(request.user).select_related("theme"), pk=pk)
    part = _part(insight.theme, request.GET.get("part", ""))
    rows = part.members if part else Membership.objects.filter(cluster__theme=pk)
    rows = rows.select_related("message__reading", "message__customer", "message__channel")
    paginator = Paginator(rows.order_by("-said_at", "-pk"), MESSAGES)
    paginator.__dict__["count"] = rows.count()
    page = paginator.get_page(request.GET.get("page"))
    moods = Installation.here().reads_mood
    shown = list(page.object_list)
    named = of_texts(insight.theme, [row.message.text for row in shown]) if moods else [[] for _ in shown]
    about = (part.said if part else "") or insight.theme.title
    said = [
        {
            "message": row.message,
            "named": {one.term: FEELINGS[one.mood] for one in things}.items(),
            "spans": marks(about, row.message.text, row.message.reading.language),
        }
        for row, things in zip(shown, named, strict=True)
    ]
    context = {
        "insight": insight,
        "theme": insight.theme,
        "part": part,
        "page": page,
        "said": said,
        "address": f"part={part.pk}" if part else "",
        "besides": besides.of_theme(insight.theme) if page.number == 1 and part is None else [],
    }
    return render(request, "desk/insight_messages.html", context)


def _part(theme: Theme, asked: str) -> ThemePart | None:
    """The part that the address asks for; none where the theme falls into other parts now."""
    known = asked.isdecimal() and len(asked) < 19
    return ThemePart.objects.shown().filter(theme=theme, pk=int(asked)).first() if known else None
