"""Insights over the API: the same verbs as the pages."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from pivotpoint.accounts import moods
from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.channels.models import Message
from pivotpoint.insights import api_shapes, gleaned_api, wider_api
from pivotpoint.insights.alerts import api as alerts
from pivotpoint.insights.decisions import edit
from pivotpoint.insights.decisions.aside import set_aside
from pivotpoint.insights.decisions.foreign import doubtful, not_about_us
from pivotpoint.insights.decisions.undo import undo
from pivotpoint.insights.evidence import besides
from pivotpoint.insights.evidence.aspects import Summary, of_message, of_theme
from pivotpoint.insights.evidence.besides import Beside
from pivotpoint.insights.evidence.quotes import Quote, quotes
from pivotpoint.insights.models import Insight, Theme, ThemeAction, ThemeChannel, ThemeDay, ThemePart
from pivotpoint.insights.similar import similar
from pivotpoint.lib.paging import Page, Paged, page
from textanalytics.aspects import Aspect

router = Router(tags=["insights"])
router.add_router("", alerts.router, tags=["alerts"])
router.add_router("", wider_api.router, tags=["insights"])
router.add_router("", gleaned_api.router, tags=["insights"])
SEE, CHANGE = needs_scope("desk.view"), needs_scope("insight.change")
WORDS = needs_scope("customer.view")


class InsightFilters(Schema):
    """What is left out is not asked for."""

    rung: Literal["voice", "pattern", "trend"] | None = None
    function: str | None = None
    severity: Literal["low", "medium", "high"] | None = None
    title: str | None = None
    part_of: int | None = None
    about_us: Literal["yes", "no", "doubtful"] = "yes"
    mixed: bool | None = None
    cursor: str | None = None
    limit: int = 50


def _insights(request: Call) -> Any:
    return Insight.objects.visible_to(user_of(request.auth)).select_related("theme")


def _theme(request: Call, pk: int) -> Theme:
    """The theme of an insight that the caller may see."""
    return get_object_or_404(_insights(request), pk=pk).theme


@router.get("insights", response=Paged[api_shapes.InsightOut], auth=SEE)
def insights(request: Call, ask: Query[InsightFilters]) -> Page:
    """Live insights, the newest first. `about_us=no` lists those that a person marked as not about us instead."""
    wanted = {
        "theme__rung": ask.rung,
        "theme__function": ask.function,
        "severity": ask.severity,
        "theme__title__icontains": ask.title,
        "theme__part_of": ask.part_of,
        "theme__mixed": ask.mixed,
    }
    rows = _insights(request).standing().filter(theme__about_us=ask.about_us != "no")
    if ask.about_us == "doubtful":
        rows = rows.filter(pk__in=list(doubtful()))
    rows = rows.filter(**{key: value for key, value in wanted.items() if value is not None})
    rows = rows.prefetch_related(Prefetch("theme__parts", ThemePart.objects.shown(), "shown_parts"))
    return page(rows, ask.cursor, ask.limit, key="-opened_at")


@router.get("insights/{pk}", response=api_shapes.InsightOut, auth=SEE)
def insight(request: Call, pk: int) -> Insight:
    """One insight. If it was merged, `merged_into` says into which one."""
    return get_object_or_404(_insights(request), pk=pk)


@router.get("insights/{pk}/quotes", response=list[api_shapes.QuoteOut], auth=WORDS)
def said(request: Call, pk: int, limit: int = 3) -> list[Quote]:
    """Quotes of different people, with the words that decided."""
    theme = _theme(request, pk)
    return quotes([theme.pk], max(1, min(limit, 20)))[theme.pk]


@router.get("insights/{pk}/days", response=list[api_shapes.DayOut], auth=SEE)
def days(request: Call, pk: int) -> list[ThemeDay]:
    """Different people on each day that had any."""
    return list(_theme(request, pk).days.order_by("day"))


@router.get("insights/{pk}/channels", response=list[api_shapes.ThemeChannelOut], auth=SEE)
def channels(request: Call, pk: int) -> list[ThemeChannel]:
    """Different people on each channel."""
    return list(_theme(request, pk).channels.select_related("channel").order_by("-people", "pk"))


@router.get("insights/{pk}/aspects", response=api_shapes.AspectsOut, auth=SEE)
def aspects(request: Call, pk: int) -> Summary:
    """What the latest people feel about each thing that at least two of them name; nothing where moods are not shown."""
    theme = _theme(request, pk)
    return of_theme(theme) if moods.shown() else Summary(0, 0, [], [])


@router.get("messages/{pk}/aspects", response=list[api_shapes.AspectOut], auth=WORDS)
def feelings(request: Call, pk: int) -> list[Aspect]:
    """What one message feels about each thing that it names, with the words that decided; nothing without moods."""
    message = get_object_or_404(Message.objects.visible_to(user_of(request.auth)), pk=pk)
    return of_message(message) if moods.shown() else []


@router.get("messages/{pk}/matters", response=list[api_shapes.BesideOut], auth=WORDS)
def matters(request: Call, pk: int) -> list[Beside]:
    """The other insights that one message counts in, besides its own, with the part that says so."""
    return besides.of_message(get_object_or_404(Message.objects.visible_to(user_of(request.auth)), pk=pk))


@router.get("insights/{pk}/matters", response=list[api_shapes.BesideOut], auth=WORDS)
def matters_counted(request: Call, pk: int) -> list[Beside]:
    """The latest parts of messages about something else that count in this insight; at most 25."""
    return besides.of_theme(_theme(request, pk))


@router.get("insights/{pk}/similar", response=list[api_shapes.LikeOut], auth=SEE)
def alike(request: Call, pk: int, limit: int = 5) -> list[dict[str, Any]]:
    """The most similar themes and their similarity, 0 to 1."""
    near = similar(_theme(request, pk), max(1, min(limit, 20)), seen_by=user_of(request.auth))
    return [
        {"id": theme.pk, "title": theme.title, "people": theme.people, "likeness": likeness}
        for theme, likeness in near
    ]


@router.get("insights/{pk}/actions", response=list[api_shapes.ActionOut], auth=SEE)
def actions(request: Call, pk: int) -> list[ThemeAction]:
    """What people did to the theme, the latest first."""
    return list(_theme(request, pk).actions.all())


@router.post("insights/{pk}/merge", response={201: api_shapes.ActionOut}, auth=CHANGE)
def merge(request: Call, pk: int, body: api_shapes.IntoIn) -> Status[ThemeAction]:
    """Merge this insight into another one."""
    action = edit.merge(_theme(request, pk), _theme(request, body.into), by=request.auth)
    return Status(201, action)


@router.post("insights/{pk}/split", response={201: api_shapes.ActionOut}, auth=CHANGE)
def split(request: Call, pk: int, body: api_shapes.SplitIn) -> Status[ThemeAction]:
    """Split: some messages become a theme of their own."""
    return Status(201, edit.split(_theme(request, pk), body.messages, body.title, by=request.auth))


@router.post("insights/{pk}/parts/{part}/split", response={201: api_shapes.ActionOut}, auth=CHANGE)
def split_part(request: Call, pk: int, part: int) -> Status[ThemeAction]:
    """Split: what is said in one of its parts becomes an insight of its own, which is called by it."""
    row = get_object_or_404(ThemePart, theme=_theme(request, pk), pk=part)
    return Status(201, edit.split_part(row, by=request.auth))


@router.post("insights/{pk}/title", response={201: api_shapes.ActionOut}, auth=CHANGE)
def rename(request: Call, pk: int, body: api_shapes.TitleIn) -> Status[ThemeAction]:
    """Rename the insight. The title is not changed automatically any more."""
    return Status(201, edit.rename(_theme(request, pk), body.title, by=request.auth))


@router.post("insights/{pk}/not-about-us", response={201: api_shapes.ActionOut}, auth=CHANGE)
def not_ours(request: Call, pk: int) -> Status[ThemeAction]:
    """Mark the insight as not about us, with all that will join it. Deleting the action undoes it."""
    return Status(201, not_about_us(_theme(request, pk), by=request.auth))


@router.post("messages/{pk}/theme", response={201: api_shapes.ActionOut}, auth=CHANGE)
def move(request: Call, pk: int, body: api_shapes.MessageMoveIn) -> Status[ThemeAction]:
    """Move a message to another theme, or to a new one."""
    message = get_object_or_404(Message.objects.visible_to(user_of(request.auth)), pk=pk)
    theme = None if body.theme is None else _theme(request, body.theme)
    return Status(201, edit.move(message, theme, by=request.auth))


@router.delete("actions/{pk}", response=api_shapes.ActionOut, auth=CHANGE)
def take_back(request: Call, pk: int) -> ThemeAction:
    """Undo what a person did to a theme."""
    action = get_object_or_404(ThemeAction, pk=pk)
    undo(action, by=request.auth)
    action.refresh_from_db()
    return action


@router.put("insights/{pk}/aside", response=api_shapes.InsightOut, auth=CHANGE)
def aside(request: Call, pk: int, body: api_shapes.AsideIn) -> Insight:
    """Set the insight aside: hidden until a given day."""
    row = get_object_or_404(_insights(request), pk=pk)
    set_aside(row, body.until, by=request.auth)
    return row
