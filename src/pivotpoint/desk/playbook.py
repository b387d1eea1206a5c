"""A pivot's playbook: the steps that become tasks of a loop once it is accepted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from pivotpoint.accounts.models import Team, User
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import over
from pivotpoint.desk.steps_page import StepsPage
from pivotpoint.pivot import edit
from pivotpoint.pivot.content.playbook import LONGEST, MOST
from pivotpoint.pivot.models import Pivot, PlaybookStep

_ROWS = {"rows": 3, "class": "input"}


class StepForm(forms.Form):
    """One step; a row that says nothing is no step. `position` orders them."""

    text = forms.CharField(max_length=200, required=False, label="What is to be done")
    who = forms.ChoiceField(choices=PlaybookStep.Who.choices, label="Who")
    team = forms.ModelChoiceField(
        Team.objects.all(),
        required=False,
        to_field_name="key",
        label="Of function",
        empty_label="The pivot's own",
    )
    person = forms.ModelChoiceField(
        User.objects.active(), required=False, to_field_name="email", label="Which person", empty_label="–"
    )
    due_hours = forms.IntegerField(min_value=0, max_value=LONGEST, initial=24, label="Hours after acceptance")
    position = forms.IntegerField(min_value=1, max_value=99, label="Order")
    checklist = forms.CharField(
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs=_ROWS),
        label="Checklist",
        help_text="A thing to tick on each line.",
    )
    answer = forms.CharField(
        required=False, max_length=5_000, widget=forms.Textarea(attrs=_ROWS), label="Words for the customer"
    )


Steps = forms.formset_factory(StepForm, extra=0, max_num=MOST, absolute_max=MOST)


PAGE = StepsPage(
    "desk/playbook.html", "desk/_playbook_step.html", Steps, MOST, lambda number: {"position": number}
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def playbook_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Steps in their order; without any there is no playbook."""
    pivot = get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk)

    def keep(steps: Any) -> str:
        why, wanted = request.POST.get("reason", ""), [] if steps is None else _said(steps)
        edit.set_playbook(pivot, wanted, by=request.user, reason=why, over=over(request))
        return f"Kept. Loops of {pivot} that open from now on begin with it."

    return PAGE.show(request, pivot, _rows(pivot), keep)


def _said(steps: Any) -> list[dict[str, Any]]:
    """As a version has them."""
    rows = [form.cleaned_data for form in steps if form.cleaned_data.get("text", "").strip()]
    return [
        {
            "text": row["text"].strip(),
            "who": row["who"],
            "team": row["team"].key if row["team"] else None,
            "person": row["person"].email if row["person"] else None,
            "due_hours": row["due_hours"],
            "checklist": row["checklist"],
            "answer": row["answer"],
        }
        for row in sorted(rows, key=lambda row: row["position"])
    ]


def _rows(pivot: Pivot) -> list[dict[str, Any]]:
    steps = pivot.playbook_steps.select_related("team", "person")  # type: ignore[attr-defined]
    rows = [
        {name: getattr(step, name) for name in ("text", "who", "due_hours", "checklist", "answer")}
        | {"team": step.team.key if step.team else None, "person": step.person.email if step.person else None}
        for step in steps
    ]
    return [row | {"position": number} for number, row in enumerate(rows, 1)]
