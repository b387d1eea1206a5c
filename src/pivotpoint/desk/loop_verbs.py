"""What people do with a loop and its hand-offs: each view calls one verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.pivot import gate, handoffs, loops
from pivotpoint.pivot.models import Destination, Handoff, Loop, Passage

Act = Callable[[Loop, HttpRequest, str], Any]

STEPS: dict[str, tuple[Act, str]] = {
    "accept": (lambda loop, request, why: loops.accept(loop, by=request.user, reason=why), "Accepted."),
    "start": (
        lambda loop, request, why: loops.start(loop, by=request.user, reason=why),
        "The change is under way.",
    ),
    "decline": (
        lambda loop, request, why: loops.decline(
            loop, why, by=request.user, inside=request.POST.get("inside", "").replace("\0", "")
        ),
        "Declined. The people who asked are told why.",
    ),
    "say-why": (
        lambda loop, request, why: loops.say_why(loop, why, by=request.user),
        "Kept. The people who asked are told why.",
    ),
    "confirm": (lambda loop, request, why: loops.confirmed(loop, by=request.user, reason=why), "Confirmed."),
    "reopen": (
        lambda loop, request, why: loops.reopen(loop, why, by=request.user),
        "Reopened; its owner has the reason.",
    ),
}
"""Verb → what it calls with the reason of the form, and what is said then."""


def _loop(request: HttpRequest, pk: int) -> Loop:
    rows = Loop.objects.visible_to(request.user).select_related("pivot", "insight__theme", "owner", "team")
    return get_object_or_404(rows, pk=pk)


@require_POST
@needs("loop.act")
def loop_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One of STEPS; there is no other."""
    loop = _loop(request, pk)
    if step not in STEPS:
        raise Http404
    act, done = STEPS[step]
    reason = request.POST.get("reason", "").strip()
    return do(request, lambda: act(loop, request, reason), done, reverse("desk:loop", args=[pk]))


@require_POST
@needs("loop.act")
def loop_reassign(request: HttpRequest, pk: int) -> HttpResponse:
    loop, value = _loop(request, pk), request.POST.get("owner", "")
    chosen = int(value) if value.isdecimal() and len(value) < 19 else 0
    owner = get_object_or_404(User.objects.visible_to(request.user).active(), pk=chosen)
    reason = request.POST.get("reason", "")
    return do(
        request,
        lambda: loops.reassign(loop, owner, by=request.user, reason=reason),
        f"{owner} owns it now.",
        reverse("desk:loop", args=[pk]),
    )


@require_POST
@needs("loop.act")
def handoff_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Also hand it to another of the pivot's destinations."""
    loop, value = _loop(request, pk), request.POST.get("destination", "")
    chosen = int(value) if value.isdecimal() and len(value) < 19 else 0
    destination = get_object_or_404(Destination, pivot=loop.pivot, pk=chosen)
    done = f"On its way to {destination}."
    return do(
        request,
        lambda: handoffs.add(loop, destination, by=request.user),
        done,
        reverse("desk:loop", args=[pk]),
    )


@require_POST
@needs("loop.act")
def handoff_replay(request: HttpRequest, pk: int) -> HttpResponse:
    handoff = get_object_or_404(Handoff.objects.visible_to(request.user), pk=pk)
    back = reverse("desk:loop", args=[handoff.loop_id])
    return do(
        request,
        lambda: handoffs.replay(handoff, by=request.user),
        "It goes out again, under the same key.",
        back,
    )


def _passage(request: HttpRequest, pk: int) -> Passage:
    rows = Passage.objects.visible_to(request.user).select_related("insight__theme", "pivot")
    return get_object_or_404(rows, pk=pk)


@require_POST
@needs("insight.change")
def let_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Through the gate."""
    passage = _passage(request, pk)
    done = f"It passed: {passage.pivot} has it."
    return do(request, lambda: gate.let_pass(passage, by=request.user), done, reverse("desk:today"))


@require_POST
@needs("insight.change")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Not through here, and why."""
    passage, reason = _passage(request, pk), request.POST.get("reason", "")
    done = "Held back. It stands here again when more people say it."
    return do(request, lambda: gate.hold(passage, reason, by=request.user), done, reverse("desk:today"))
