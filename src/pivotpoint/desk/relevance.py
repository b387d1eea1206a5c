"""What is about us: sentences that say so, tried on a sentence and on the latest messages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.models import Installation
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.listening.learning import examples, relevance
from pivotpoint.listening.models import RelevanceExample
from textanalytics.reading.examples import LEAST

KINDS = {"us": "About us", "rival": "About a rival", "trade": "About the trade", "noise": "Noise"}
HISTORY = 10


class SentencesForm(forms.Form):
    """A line each is a sentence."""

    about = forms.ChoiceField(label="They are", choices=list(KINDS.items()))
    sentences = forms.CharField(
        label="Sentences",
        help_text="Three to five, a line each, as customers would write them. Leave names out.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@require_safe
@needs("desk.view")
def relevance_page(request: HttpRequest) -> HttpResponse:
    """The sentences by kind; with `text`, what that one would be."""
    return _show(request, SentencesForm())


@require_POST
@needs("reading.manage")
def relevance_give(request: HttpRequest) -> HttpResponse:
    form = SentencesForm(request.POST)
    if form.is_valid() and _given(request, form):
        return redirect("desk:relevance")
    return _show(request, form, status=422)


def _given(request: HttpRequest, form: SentencesForm) -> bool:
    """The verb's refusal becomes the form's error."""
    try:
        examples.give(
            form.cleaned_data["sentences"].splitlines(), form.cleaned_data["about"], by=request.user
        )
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return False
    messages.success(request, "Kept. The reader learns them within seconds.")
    return True


@require_safe
@needs("customer.view")
def relevance_moves(request: HttpRequest) -> HttpResponse:
    """The same page with what would move among the latest messages."""
    return _show(request, SentencesForm(), moves=relevance.would_move(request.user))


def _show(request: HttpRequest, form: SentencesForm, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = RelevanceExample.objects.visible_to(request.user).select_related("by", "undone_by")
    standing = list(rows.standing())
    text = request.GET.get("text", "")[:2_000]
    here = Installation.here()
    context = {
        "kinds": [
            (kind, label, [one for one in standing if one.about == kind]) for kind, label in KINDS.items()
        ],
        "taken_back": [
            (one, KINDS[one.about]) for one in rows.exclude(undone_at=None).order_by("-undone_at")[:HISTORY]
        ],
        "state": relevance.standing(),
        "least": LEAST,
        "form": form,
        "text": text,
        "tried": _tried(text) if text.strip() else None,
        "names": here.brand_names or [here.name],
        "rivals": here.rival_names,
        **more,
    }
    return render(request, "desk/relevance.html", context, status=status)


def _tried(text: str) -> dict[str, Any]:
    read = relevance.tried(text)
    return {"read": read, "label": KINDS[read.about], "like": KINDS.get(read.like_about, "")}


@require_POST
@needs("reading.manage")
def relevance_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(RelevanceExample.objects.visible_to(request.user), pk=pk)
    done = "Taken back. The reader forgets it within seconds."
    return do(request, lambda: examples.take_back(one, by=request.user), done, reverse("desk:relevance"))
