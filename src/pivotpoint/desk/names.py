"""The names that messages are read with: learnt from customers' fields, left out by people."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.listening.models import Gazetteer, LeftOutName
from pivotpoint.listening.names import gazetteer
from textanalytics.mentions.gazetteer import LEAST


@require_safe
@needs("desk.view")
def names_page(request: HttpRequest) -> HttpResponse:
    """By field, the names of most people first; and what people left out."""
    live = Gazetteer.objects.visible_to(request.user).live()
    known: list[Any] = sorted(live.names if live else [], key=lambda name: (name[0], -name[2], name[1]))
    context = {
        "live": live,
        "fields": [
            (field, [(value, people) for _, value, people in rows])
            for field, rows in groupby(known, key=lambda name: name[0])
        ],
        "left_out": LeftOutName.objects.visible_to(request.user).standing().select_related("by"),
        "least": LEAST,
    }
    return render(request, "desk/names.html", context)


@require_POST
@needs("reading.manage")
def names_learn(request: HttpRequest) -> HttpResponse:
    done = "Learnt from the records as they are now."
    return do(request, lambda: gazetteer.learn_now(by=request.user), done, reverse("desk:names"))


@require_POST
@needs("reading.manage")
def names_leave_out(request: HttpRequest) -> HttpResponse:
    """`field`, and maybe `value`."""
    field, value = request.POST.get("field", ""), request.POST.get("value", "")
    done = f"{value or field} is left out. New messages are read without it."
    return do(
        request, lambda: gazetteer.leave_out(field, value, by=request.user), done, reverse("desk:names")
    )


@require_POST
@needs("reading.manage")
def names_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(LeftOutName.objects.visible_to(request.user), pk=pk)
    done = f"{said} may be a name again."
    return do(request, lambda: gazetteer.take_back(said, by=request.user), done, reverse("desk:names"))
