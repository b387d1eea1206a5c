"""Put a change right: edit it until the first notice has left, add a correction afterwards."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.desk.telling import ChangeForm
from pivotpoint.experiences import put_right
from pivotpoint.experiences.models import Change
from pivotpoint.ui.stale import mark, unless_changed, values

SHOWN = values(*put_right.FIELDS)


class EditForm(ChangeForm):
    loops = None  # type: ignore[assignment]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change.record")
def change_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form as when it was recorded; its loops stay."""
    change = _find(request, pk)
    form = EditForm(request.POST or None, initial=SHOWN(change))
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            unless_changed(request, change, SHOWN, lambda: put_right.edit(change, by=request.user, **said))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return redirect("desk:change", pk)
    now = _find(request, pk)
    context = {
        "change": now,
        "form": form,
        "told": put_right.has_left(now),
        "was": mark(SHOWN(now)),
    }
    return render(request, "desk/change_edit.html", context, status=422 if form.errors else 200)


@require_POST
@needs("change.record")
def change_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of its own, for customers to read."""
    change, text = _find(request, pk), request.POST.get("text", "").replace("\0", "")
    back = reverse("desk:change", args=[pk])
    done = "The correction is kept. It stands below the change, on the portal too."
    return do(request, lambda: put_right.correct(change, text, by=request.user), done, back)


@require_POST
@needs("change.record")
def change_public(request: HttpRequest, pk: int) -> HttpResponse:
    """On the portal (`as=show`), or not."""
    change, show = _find(request, pk), request.POST.get("as") == "show"
    done = "The portal shows it." if show else "The portal does not show it any more."
    back = reverse("desk:change", args=[pk])
    return do(request, lambda: put_right.edit(change, by=request.user, public=show), done, back)


def _find(request: HttpRequest, pk: int) -> Change:
    return get_object_or_404(Change.objects.visible_to(request.user), pk=pk)
