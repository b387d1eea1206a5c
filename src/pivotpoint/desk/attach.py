"""Attach an insight to a loop or to a record outside, take it back, and show what goes along with what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.enterprise.handoffs import adopt
from pivotpoint.insights.models import Insight
from pivotpoint.pivot import attach
from pivotpoint.pivot.models import Attachment, Destination, Loop, Pivot

OFFERED = 100
"""So many open loops a form offers; the others are found by their reference outside."""


@require_POST
@needs("insight.change")
def insight_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """`loop`, or `reference`: what the other system calls it."""
    insight = get_object_or_404(Insight.objects.visible_to(request.user).select_related("theme"), pk=pk)
    said = request.POST
    role, why = said.get("role", Attachment.Role.EVIDENCE), said.get("why", "")

    def act() -> None:
        attach.attach(insight, _loop(request), by=request.user, role=role, why=why)

    done = "Attached: its people are told with that loop."
    return do(request, act, done, reverse("desk:insight", args=[pk]))


def _loop(request: HttpRequest) -> Loop:
    reference, value = request.POST.get("reference", ""), request.POST.get("loop", "")
    if reference.strip():
        return attach.to_record(reference, request.user)
    loops = Loop.objects.visible_to(request.user)
    found = loops.filter(pk=value).first() if value.isdecimal() and len(value) < 19 else None
    if found is None:
        raise ValidationError("Choose a loop, or write what the other system calls it.")
    return found


@require_POST
@needs("insight.change")
def insight_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """A record that is there already, by `destination` and what people there call it."""
    insight = get_object_or_404(Insight.objects.visible_to(request.user).select_related("theme"), pk=pk)
    said, value = request.POST, request.POST.get("destination", "")
    chosen = int(value) if value.isdecimal() and len(value) < 19 else 0
    destination = get_object_or_404(_open_ones(request.user), pk=chosen)

    def act() -> None:
        adopt.adopt(insight, destination, said.get("reference", ""), by=request.user, why=said.get("why", ""))

    done = f"Its loop goes on with that record in {destination}."
    return do(request, act, done, reverse("desk:insight", args=[pk]))


def _open_ones(user: Any) -> QuerySet[Destination]:
    pivots = Pivot.objects.visible_to(user).live()
    return Destination.objects.filter(pivot__in=pivots, closed_at=None).select_related("pivot__team__lead")


def reachable(user: Any) -> list[Destination]:
    """What an insight's page can offer: systems to look a record up in, or to make a room in."""
    return list(_open_ones(user).order_by("pk")) if user.may("room.write") else []


@require_POST
@needs("insight.change")
def attachment_undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Attachment.objects.visible_to(request.user).select_related("loop"), pk=pk)
    back = reverse("desk:insight", args=[row.insight_id])
    return do(request, lambda: attach.detach(row, by=request.user), "It stands for itself again.", back)


def along_with(insight: Insight, user: Any, reach: Sequence[Destination]) -> dict[str, Any]:
    """For an insight's page: the loops that it goes along with, and those that it could."""
    rows = Attachment.objects.visible_to(user).standing().filter(insight=insight)
    return {
        "attachments": rows.select_related("loop__insight__theme", "loop__pivot", "by"),
        "attachable": _attachable(insight, user) if user.may("insight.change") else [],
        "adopting": [each for each in reach if adopt.adopts(each.kind)] if user.may("insight.change") else [],
    }


def _attachable(insight: Insight, user: Any) -> Any:
    """Open loops of others, those of the same function first."""
    loops = Loop.objects.visible_to(user).open().exclude(insight=insight)
    rows = loops.select_related("insight__theme", "pivot").order_by("-insight__theme__people", "pk")[:OFFERED]
    return sorted(rows, key=lambda loop: loop.insight.theme.function != insight.theme.function)


def attached_to(loop: Loop, user: Any) -> Any:
    """For a loop's page: the insights that go along with it."""
    rows = Attachment.objects.visible_to(user).standing().filter(loop=loop)
    return rows.select_related("insight__theme", "by")
