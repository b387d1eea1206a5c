"""How far the demo story is that the wizard was asked for; Today shows it, and it asks for itself again."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from pivotpoint.accounts.models import Installation
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.demo.script import DAYS


@dataclass(frozen=True, slots=True)
class Playing:
    """`day` of `days` is through; 0 while it still waits for the worker."""

    day: int
    days: int = DAYS


def playing() -> Playing | None:
    """None when no story was asked for, or all of it is there."""
    here = Installation.objects.filter(demo_played_at=None).exclude(demo_asked_at=None).first()
    return Playing(here.demo_day) if here else None


@require_safe
@needs("desk.view")
def story_page(request: HttpRequest) -> HttpResponse:
    """The line on Today alone; the whole page again once the story is through."""
    now = playing()
    if now is None:
        return HttpResponseClientRefresh()
    return render(request, "desk/_story.html", {"story": now})
