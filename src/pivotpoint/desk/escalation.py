"""A pivot's way of escalation: who is told when something is late, after how many hours."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import over
from pivotpoint.desk.hours_form import PLACES, Steps, steps_of
from pivotpoint.desk.steps_page import StepsPage
from pivotpoint.pivot import edit, escalation_path
from pivotpoint.pivot.models import Pivot

PAGE = StepsPage(
    "desk/escalation.html", "desk/_escalation_step.html", Steps, PLACES, lambda _: {"to": ""}, has_usual=True
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def escalation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Steps in their order; without any, the usual ones."""
    pivot = get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk)

    def keep(steps: Any) -> str:
        why, wanted = request.POST.get("reason", ""), [] if steps is None else steps_of(steps)
        edit.set_escalation(pivot, wanted, by=request.user, reason=why, over=over(request))
        return f"Kept. Late loops of {pivot} go this way."

    return PAGE.show(request, pivot, _rows(pivot), keep, own=pivot.escalation_steps.exists())


def _rows(pivot: Pivot) -> list[dict[str, Any]]:
    return [
        {"to": step.to, "person": step.person, "after_hours": step.after_hours, "gives": step.gives}
        for step in escalation_path.path(pivot)
    ]
