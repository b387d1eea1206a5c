"""Changes that wait for a second pair of eyes, what became of the others, and what the waiting costs."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.models import Installation
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do, seen
from pivotpoint.pivot import proposals
from pivotpoint.pivot.models import Proposal

A_PAGE = 20


@require_safe
@needs("pivot.view")
def proposals_page(request: HttpRequest) -> HttpResponse:
    """What waits first, the longest first; then the newest verdicts."""
    rows = Proposal.objects.visible_to(request.user).prefetch_related("changes")
    context = {
        "waiting": list(rows.open().order_by("at")),
        "page": Paginator(rows.exclude(decided_at=None).order_by("-decided_at"), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "drag": proposals.drag(),
        "here": Installation.here(),
    }
    return render(request, "desk/proposals.html", context)


@require_POST
@needs("pivot.change")
def proposal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or reject; its author may only take it back."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    reason = request.POST.get("reason", "")
    back = reverse("desk:proposals")
    if request.POST.get("verdict") == Proposal.Verdict.APPROVED:
        return do(
            request,
            lambda: proposals.approve(proposal, by=request.user, reason=reason, seen=seen(request)),
            "Approved. It counts from now on.",
            back,
        )
    return do(
        request,
        lambda: proposals.reject(proposal, reason, by=request.user),
        "Rejected. Nothing has changed.",
        back,
    )
