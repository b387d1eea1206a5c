"""What rises: since when, how sure, who; and whether people say that it was real."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.desk.frame import organisation
from pivotpoint.desk.places import places
from pivotpoint.insights.alerts.figures import figures
from pivotpoint.insights.alerts.judge import judge, take_back
from pivotpoint.insights.alerts.listed import STATES, counts, listed
from pivotpoint.insights.decisions import marks
from pivotpoint.insights.models import Alert, AlertVerdict, Insight, InsightMark
from pivotpoint.insights.severity import unfelt

A_PAGE = 30
DONE = {
    "real": "It was real. That counts for the alerts.",
    "false": "A false alarm. Its next rise has to be plainer.",
    "known": "Known already. That is kept apart from news.",
}
MARKED = {
    "pin": ("Pinned: it stands first for everybody.", "No longer pinned."),
    "mute": ("Muted: its rises wake nobody.", "No longer muted."),
}


@require_safe
@needs("desk.view")
def alerts_page(request: HttpRequest) -> HttpResponse:
    """`?state=` says which: rising, judged, quiet, over, all."""
    user: Any = request.user
    state = request.GET.get("state", "rising")
    state = state if state in STATES else "rising"
    number = counts(user)
    paginator = Paginator(listed(user, state), A_PAGE)
    paginator.__dict__["count"] = number[state]
    page = paginator.get_page(request.GET.get("page"))
    rows = list(page.object_list)
    where = places([alert.insight for alert in rows])
    if not organisation(request).reads_mood:
        for alert in rows:
            alert.severity_why = unfelt(alert.severity_why)
    context = {
        "state": state,
        "states": [(key, label, number[key]) for key, label in STATES.items()],
        "alerts": [(alert, where[alert.insight_id]) for alert in rows],
        "page": page,
        "address": f"state={state}",
        "figures": figures(),
        "none_yet": not number["all"],
    }
    return render(request, "desk/alerts.html", context)


@require_POST
@needs("insight.change")
def alert_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: `value` is real, false or known; `noticed_at` may be added."""
    alert = get_object_or_404(Alert.objects.visible_to(request.user), pk=pk)
    value, typed = request.POST.get("value", ""), request.POST.get("noticed_at", "")
    return do(
        request,
        lambda: judge(alert, value, noticed_at=_moment(typed), by=request.user),
        DONE.get(value, ""),
        reverse("desk:alerts"),
    )


def _moment(typed: str) -> datetime | None:
    """As a browser sends it, where we are."""
    if not typed:
        return None
    try:
        moment = parse_datetime(typed)
    except ValueError:
        moment = None
    if moment is None:
        raise ValidationError("Give the day and the time at which somebody would have noticed.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


@require_POST
@needs("insight.change")
def verdict_undo(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Alert.objects.visible_to(request.user)
    verdict = get_object_or_404(AlertVerdict, pk=pk, alert__in=mine)
    return do(request, lambda: take_back(verdict, by=request.user), "Undone.", reverse("desk:alerts"))


@require_POST
@needs("insight.change")
def insight_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """`kind` is pin or mute; `end` takes it away."""
    insight = get_object_or_404(Insight.objects.visible_to(request.user), pk=pk)
    kind, end = request.POST.get("kind", ""), bool(request.POST.get("end"))
    verb = marks.unmark if end else marks.mark
    done = MARKED.get(kind, ("", ""))[end]
    back = reverse("desk:insight", args=[pk])
    return do(request, lambda: verb(insight, kind, by=request.user), done, back)


def of_insight(insight: Insight, user: Any) -> dict[str, Any]:
    """Its rises, the latest first, and whether it is pinned or muted: for the insight's page."""
    standing = {mark.kind: mark for mark in insight.marks.standing().select_related("by")}
    return {
        "rises": list(listed(user).filter(insight=insight)[:5]),
        "pinned": standing.get(InsightMark.Kind.PIN),
        "muted": standing.get(InsightMark.Kind.MUTE),
    }
