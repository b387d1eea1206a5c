"""How far the demo story is that the wizard was asked for; Today shows it, and it asks for itself again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from pivotpoint.accounts.models import Installation
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.demo.script import DAYS
from pivotpoint.lib import clock

NEW = timedelta(hours=2)
"""So long Today says where to look first."""


@dataclass(frozen=True, slots=True)
class Playing:
    """`day` of `days` is through; 0 while it still waits for the worker. `done`: it has just been played."""

    day: int
    days: int = DAYS
    done: bool = False


def playing() -> Playing | None:
    """None when no story was asked for, or all of it has been there for a while."""
    here = Installation.objects.exclude(demo_asked_at=None).first()
    if here is None:
        return None
    if here.demo_played_at is None:
        return Playing(here.demo_day)
    return Playing(DAYS, done=True) if clock.now() - here.demo_played_at < NEW else None


@require_safe
@needs("desk.view")
def story_page(request: HttpRequest) -> HttpResponse:
    """The line on Today alone; the whole page again once the story is through."""
    now = playing()
    if now is None or now.done:
        return HttpResponseClientRefresh()
    return render(request, "desk/_story.html", {"story": now})
