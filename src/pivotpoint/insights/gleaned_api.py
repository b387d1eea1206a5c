"""What several people state here and there, over the API: what Insights shows under Mixed."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.insights import api_shapes
from pivotpoint.insights.decisions.edit import bring_together
from pivotpoint.insights.evidence.gleaned import told
from pivotpoint.insights.evidence.quotes import Quote
from pivotpoint.insights.models import Gleaned, ThemeAction

router = Router()
SEE, CHANGE = needs_scope("desk.view"), needs_scope("insight.change")
WORDS = needs_scope("customer.view")


class GleanedOut(Schema):
    """What different people state in the same few words, though their messages lie in mixed themes, in less sure ones, or alone. `home` is the
    insight whose title says it already."""

    id: int
    said: str
    home: int | None
    people: int
    messages: int

    @staticmethod
    def resolve_home(row: Gleaned) -> int | None:
        return row.home_id


def _gleaned(request: Call) -> Any:
    return Gleaned.objects.visible_to(user_of(request.auth)).shown()


@router.get("gleaned", response=list[GleanedOut], auth=SEE)
def gleaned(request: Call) -> list[Gleaned]:
    """What most people state first, at most 200."""
    return list(_gleaned(request)[:200])


@router.get("gleaned/{pk}/quotes", response=list[api_shapes.QuoteOut], auth=WORDS)
def said(request: Call, pk: int) -> list[Quote]:
    """What up to five different people said who state it, with the words that decided."""
    row = get_object_or_404(_gleaned(request), pk=pk)
    return told([row])[0].quotes


@router.post("gleaned/{pk}/bring-together", response={201: api_shapes.ActionOut}, auth=CHANGE)
def bring(request: Call, pk: int) -> Status[ThemeAction]:
    """Move the messages that state it into its `home`, or into a new insight that is called by it. Deleting the action undoes it."""
    row = get_object_or_404(Gleaned.objects.visible_to(user_of(request.auth)), pk=pk)
    return Status(201, bring_together(row, by=request.auth))
