"""The room of an insight's community in another system: ask for it, see it, say what one is called there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.enterprise.models import CommunityRoom
from pivotpoint.enterprise.rooms.names import name_of, set_name
from pivotpoint.enterprise.rooms.open import gathers, open_room, where
from pivotpoint.insights.models import Insight
from pivotpoint.pivot.models import Destination


@require_POST
@needs("room.write")
def room_open(request: HttpRequest, pk: int) -> HttpResponse:
    insight = get_object_or_404(Insight.objects.visible_to(request.user).select_related("theme"), pk=pk)
    value = request.POST.get("destination", "")
    chosen = int(value) if value.isdecimal() and len(value) < 19 else 0
    destination = get_object_or_404(where(request.user), pk=chosen)
    done = "The room is being made. Whoever is in this one and has said their Matrix id is asked in."
    back = reverse("desk:insight", args=[pk]) + "#room"
    return do(request, lambda: open_room(insight, destination, by=request.user), done, back)


def elsewhere(insight: Insight, user: Any, reach: Sequence[Destination]) -> dict[str, Any]:
    """For an insight's page: its room there, or where one could be made, and whether this person has a name there."""
    room: CommunityRoom | None = getattr(insight, "community_room", None)
    may = user.may("room.write")
    return {
        "room_there": room,
        "room_places": [each for each in reach if gathers(each.kind)] if may and room is None else [],
        "my_room_name": name_of(user) if may and room is not None else "",
    }


@require_POST
@needs("desk.view")
def my_name(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("room_name", "")
    user: Any = request.user
    return do(request, lambda: set_name(user, name), "Kept.", reverse("desk:me"))
