"""Wider themes over the API: what the Insights page shows by the second level."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts import moods
from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.insights import api_shapes
from pivotpoint.insights.decisions import place
from pivotpoint.insights.models import Insight, ThemeAction, WiderTheme
from pivotpoint.lib.paging import Page, Paged, page

router = Router()
SEE, CHANGE = needs_scope("desk.view"), needs_scope("insight.change")


class WiderOut(Schema):
    """Themes that are about one thing. `people` are different persons over all of them; `GET insights?part_of=` lists
    what is inside."""

    id: int
    title: str
    themes: int
    people: int
    messages: int
    negative_share: float | None

    @staticmethod
    def resolve_negative_share(row: WiderTheme, context: Any) -> float | None:
        return row.negative_share if moods.shown_in(context) else None


class PartOfIn(Schema):
    """None: it is part of nothing, until a person says otherwise."""

    part_of: int | None = None


def _wider(request: Call) -> Any:
    return WiderTheme.objects.visible_to(user_of(request.auth))


@router.get("wider-themes", response=Paged[WiderOut], auth=SEE)
def wider_themes(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    """Those with at least two themes inside, most people first."""
    return page(_wider(request).live(), cursor, limit, key="-people")


@router.get("wider-themes/{pk}", response=WiderOut, auth=SEE)
def wider_theme(request: Call, pk: int) -> WiderTheme:
    """One wider theme; its id stays while themes come and go."""
    return get_object_or_404(_wider(request), pk=pk)


@router.post("wider-themes/{pk}/title", response={201: WiderOut}, auth=CHANGE)
def rename(request: Call, pk: int, body: api_shapes.TitleIn) -> Status[WiderTheme]:
    """Rename the wider theme. The title is not changed automatically any more."""
    wider = get_object_or_404(_wider(request), pk=pk)
    place.rename_wider(wider, body.title, by=request.auth)
    wider.refresh_from_db()
    return Status(201, wider)


@router.post("insights/{pk}/part-of", response={201: api_shapes.ActionOut}, auth=CHANGE)
def part_of(request: Call, pk: int, body: PartOfIn) -> Status[ThemeAction]:
    """Set the wider theme that a theme is part of. No later run changes it."""
    by = request.auth
    insight = get_object_or_404(Insight.objects.visible_to(user_of(by)).select_related("theme"), pk=pk)
    wider = None if body.part_of is None else get_object_or_404(_wider(request), pk=body.part_of)
    return Status(201, place.place(insight.theme, wider, by=by))
