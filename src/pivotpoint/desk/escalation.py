"""A pivot's way of escalation: who is told when something is late, after how many hours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.hours_form import PLACES, Steps, steps_of
from pivotpoint.pivot import calendars, edit, escalation_path
from pivotpoint.pivot.models import Pivot

EMPTY_ROWS = 2


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def escalation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Steps in their order; without any, the usual ones."""
    pivot = get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk)
    usual = "usual" in request.POST
    # A row that is as it was is a step, too.
    whole = {"empty_permitted": False}
    steps: Any = Steps(None if usual else request.POST or None, initial=_rows(pivot), form_kwargs=whole)
    refused: list[str] = []
    if usual or steps.is_valid():
        try:
            edit.set_escalation(pivot, [] if usual else steps_of(steps), by=request.user)
        except ValidationError as refusal:
            refused = refusal.messages
        else:
            messages.success(request, f"Kept. Late loops of {pivot} go this way.")
            return redirect("desk:pivot", pk)
    wrong = bool(refused) or (steps.is_bound and not steps.is_valid())
    context = {
        "pivot": pivot,
        "steps": steps,
        "refused": refused,
        "own": pivot.escalation_steps.exists(),
        "business": calendars.of(pivot) is not None,
    }
    return render(request, "desk/escalation.html", context, status=422 if wrong else 200)


def _rows(pivot: Pivot) -> list[dict[str, Any]]:
    """The steps there are, and empty rows for more."""
    path = [
        {"to": step.to, "person": step.person, "after_hours": step.after_hours, "gives": step.gives}
        for step in escalation_path.path(pivot)
    ]
    return path + [{"to": ""}] * min(EMPTY_ROWS, PLACES - len(path))
