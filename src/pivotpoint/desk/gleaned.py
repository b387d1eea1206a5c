"""What several people state here and there, as the pages show it; and the click that brings it together."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.desk.quoted import brief, readable
from pivotpoint.insights.decisions.edit import bring_together
from pivotpoint.insights.evidence.gleaned import Told, all_over, of_theme
from pivotpoint.insights.models import Gleaned, Theme


def everywhere(user: Any) -> list[dict[str, Any]]:
    return _lines(all_over(user), user)


def within(theme: Theme, user: Any) -> list[dict[str, Any]]:
    return _lines(of_theme(theme, user), user)


def _lines(told: list[Told], user: Any) -> list[dict[str, Any]]:
    """Each with one quote on a line, and the others behind it."""
    lines = []
    for one in told:
        said = readable(one.quotes, user)
        lines.append({"gleaned": one.gleaned, "here": one.here, "first": brief(said), "quotes": said})
    return lines


@require_POST
@needs("insight.change")
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever states it moves to where it is said already, or becomes an insight of its own."""
    gleaned = get_object_or_404(Gleaned.objects.visible_to(request.user).select_related("home"), pk=pk)
    home, said = gleaned.home, gleaned.said
    done = f"Moved to “{home.title}”." if home else f"“{said}” is an insight of its own now."
    return do(
        request,
        lambda: bring_together(gleaned, by=request.user),
        f"{done} It can be undone on its page.",
        f"{reverse('desk:insights')}?view=mixed",
    )
