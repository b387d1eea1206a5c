"""Checked before automated: how the pivot has worked, then the gate opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.pivot import edit, opening
from pivotpoint.pivot.models import Gate, Pivot


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def pivot_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures; below them the button. Whoever presses it has seen them, and the journal keeps them."""
    rows = Pivot.objects.visible_to(request.user).select_related("team", "owner")
    pivot = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return render(request, "desk/pivot_open.html", {"pivot": pivot, "worked": opening.worked(pivot)})
    back = reverse("desk:pivot", args=[pk])
    done = f"The gate of {pivot} is open."
    return do(request, lambda: edit.set_gate(pivot, Gate.OPEN, by=request.user, seen=True), done, back)
