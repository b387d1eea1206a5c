"""The versions of a pivot: what was changed by whom and why, any two compared, the way back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do, seen
from pivotpoint.pivot import versions
from pivotpoint.pivot.content import differences
from pivotpoint.pivot.loop_version import elsewhere, move_loops
from pivotpoint.pivot.models import Pivot, PivotVersion

A_PAGE = 25


@require_safe
@needs("pivot.view")
def pivot_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest first; `a` and `b` are the numbers of two that are compared."""
    pivot = get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk)
    latest = versions.current(pivot)
    rows = PivotVersion.objects.filter(pivot=pivot).order_by("-number")
    open_loops = Count("loops", filter=Q(loops__closed_at=None))
    page = Paginator(rows.annotate(open_loops=open_loops), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "pivot": pivot,
        "page": page,
        "latest": latest,
        "elsewhere": elsewhere(latest).count(),
        "numbers": [number for (number,) in rows.values_list("number")],
        **_compared(request, rows, latest),
    }
    return render(request, "desk/pivot_versions.html", context)


def _compared(request: HttpRequest, rows: Any, latest: PivotVersion) -> dict[str, Any]:
    """The two that were asked for; otherwise which two the form offers first."""
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    found = {str(one.number): one for one in rows.filter(number__in=[n for n in asked if n.isdecimal()][:2])}
    if not all(number in found for number in asked):
        return {"a": max(1, latest.number - 1), "b": latest.number}
    one, other = (found[number] for number in asked)
    said = differences(one.content, other.content)
    return {"a": one.number, "b": other.number, "compared": True, "differences": said}


def _version(request: HttpRequest, pk: int, number: int) -> PivotVersion:
    rows = PivotVersion.objects.visible_to(request.user).select_related("pivot")
    return get_object_or_404(rows, pivot=pk, number=number)


@require_POST
@needs("pivot.change")
def version_return(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A new version with the old content."""
    version = _version(request, pk, number)
    reason = request.POST.get("reason", "")
    return do(
        request,
        lambda: versions.go_back(version, by=request.user, reason=reason, seen=seen(request)),
        f"{version.pivot} is as in version {number} again.",
        reverse("desk:pivot_versions", args=[pk]),
    )


@require_POST
@needs("pivot.change")
def version_loops(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Its open loops take this version's targets."""
    version = _version(request, pk, number)
    reason = request.POST.get("reason", "")
    return do(
        request,
        lambda: move_loops(version, by=request.user, reason=reason),
        f"All open loops of {version.pivot} have the targets of version {number}.",
        reverse("desk:pivot_versions", args=[pk]),
    )
