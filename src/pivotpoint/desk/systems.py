"""Settings: the systems that loops go to, how it goes with each, and what can be done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.desk.feeds import offered
from pivotpoint.desk.yard_verbs import add_destination
from pivotpoint.enterprise.connectors import kinds, offers
from pivotpoint.enterprise.feeds.figures import open_feeds
from pivotpoint.enterprise.pacing import pause
from pivotpoint.enterprise.pacing.pace import same_system
from pivotpoint.enterprise.systems.systems import check_system, systems
from pivotpoint.pivot import handoffs
from pivotpoint.pivot.models import Destination, Pivot

CALM = ("well", "paused")
"""Nobody is needed."""


@require_safe
@needs("pivot.change")
def systems_page(request: HttpRequest) -> HttpResponse:
    """Those that need a person first."""
    choices = {kind: offers(kind) for kind in kinds()}
    found = sorted(systems(request.user, choices), key=lambda system: system.state in CALM)
    feeds = list(open_feeds(request.user))
    context = {
        "systems": found,
        "feeds": feeds,
        "feeds_troubled": sum(feed.dead > 0 for feed in feeds),  # type: ignore[attr-defined]
        "offered": offered(),
        "troubled": sum(system.state not in CALM for system in found),
        "pivots": Pivot.objects.visible_to(request.user).live().order_by("position", "name"),
        "kinds": kinds(),
        "choices": choices,
    }
    return render(request, "desk/systems.html", context)


@require_POST
@needs("pivot.change")
def system_new(request: HttpRequest) -> HttpResponse:
    """Connect one to the pivot that the form names."""
    value = request.POST.get("pivot", "")
    rows = Pivot.objects.visible_to(request.user).live()
    pivot = rows.filter(pk=value).first() if value.isdecimal() and len(value) < 19 else None
    if pivot is None:
        messages.error(request, "Choose the pivot whose loops go there.")
        return redirect("desk:systems")
    return add_destination(request, pivot, reverse("desk:systems"))


@require_POST
@needs("pivot.change")
def system_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Try every destination of the system now, and say what is wrong."""
    destination = _destination(request, pk)
    wrong = check_system(destination)
    for sentence in wrong:
        messages.error(request, sentence)
    if not wrong:
        messages.success(request, f"{destination} answers.")
    return redirect(_back(pk))


@require_POST
@needs("pivot.change")
def system_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it rest, or (`as=end`) go on."""
    destination, said = _destination(request, pk), request.POST
    if said.get("as") == "end":
        done = f"{destination} goes on; what waited goes out."
        return do(request, lambda: pause.resume(destination, by=request.user), done, _back(pk))
    done = f"{destination} is paused. What is for it waits."
    why = said.get("why", "")
    return do(request, lambda: pause.pause(destination, by=request.user, why=why), done, _back(pk))


@require_POST
@needs("loop.act")
def system_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything again that stopped on its way there, for every pivot that leads to it."""
    destination = _destination(request, pk)

    def act() -> None:
        for each in same_system(destination).order_by("pk"):
            handoffs.replay_dead(each, by=request.user)

    return do(request, act, f"All goes out to {destination} again.", _back(pk))


def _destination(request: HttpRequest, pk: int) -> Destination:
    pivots: Any = Pivot.objects.visible_to(request.user)
    return get_object_or_404(Destination.objects.select_related("pivot"), pivot__in=pivots, pk=pk)


def _back(pk: int) -> str:
    return f"{reverse('desk:systems')}#system-{pk}"
