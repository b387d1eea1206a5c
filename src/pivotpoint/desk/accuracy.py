"""How right the reader is, and which reader it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.correction import CORRECTIONS
from pivotpoint.desk.doing import do
from pivotpoint.desk.inbox_reading import LANGUAGES
from pivotpoint.insights.alerts.figures import figures
from pivotpoint.listening.correcting.accuracy import Card, accuracy
from pivotpoint.listening.learning.versions import return_to
from pivotpoint.listening.models import ModelVersion

LATEST = 12
NAMES = {
    "mood": ("Mood", "Mood"),
    "intent": ("Intent", "Intent"),
    "about_us": ("About us", "About us"),
    "actionable": ("To act on", "To act on"),
    "function": ("Function", "Function"),
    "language": ("Language", ""),
}
"""A judgement's name on pages, and its group among the corrections."""


@require_safe
@needs("desk.view")
def accuracy_page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    found, raised = accuracy(), figures()
    versions = ModelVersion.objects.visible_to(user).select_related("live_by")[:LATEST]
    context = {
        "accuracy": found,
        "cards": [(card, NAMES[card.field][0], _words(card)) for card in found.cards],
        "languages": LANGUAGES,
        "versions": versions,
        "alerts": raised,
        "leads": [
            ("Before somebody would have noticed", raised.noticed),
            ("Before the first loop", raised.taken_up),
            ("Before ten people had said it", raised.many),
        ],
    }
    return render(request, "desk/accuracy.html", context)


def _words(card: Card) -> dict[str, str]:
    """What a value is called."""
    if card.field == "language":
        return LANGUAGES
    pairs = CORRECTIONS[NAMES[card.field][1]]
    return {value.partition("=")[2]: words for value, words in pairs}


@require_POST
@needs("reading.manage")
def reader_return(request: HttpRequest, version: str) -> HttpResponse:
    row = get_object_or_404(ModelVersion.objects.visible_to(request.user), version=version)
    done = f"Version {row.version} reads from now on."
    return do(request, lambda: return_to(row, by=request.user), done, reverse("desk:accuracy"))
