"""A page on which a pivot's steps are written in their order, with empty rows for more: playbook, escalation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pivotpoint.desk.doing import over
from pivotpoint.pivot import calendars, versions
from pivotpoint.pivot.models import Pivot

EMPTY_ROWS = 2


@dataclass(frozen=True)
class StepsPage:
    """`formset` of the steps, at most `most`; `template` shows them as `steps`, with `refused` and `business`, and `row` one of
    them. `empty` begins a row at its place. `has_usual`: without steps of its own a pivot has the usual ones."""

    template: str
    row: str
    formset: type[forms.BaseFormSet[Any]]
    most: int
    empty: Callable[[int], dict[str, Any]]
    has_usual: bool = False

    def show(
        self,
        request: HttpRequest,
        pivot: Pivot,
        rows: list[dict[str, Any]],
        keep: Callable[[Any], str],
        **more: Any,
    ) -> HttpResponse:
        """`keep` takes the valid steps, None for the usual ones, and returns the sentence that says so."""
        usual = self.has_usual and "usual" in request.POST
        count = len(rows)
        more_rows = range(count + 1, count + 1 + min(EMPTY_ROWS, self.most - count))
        initial = rows + [self.empty(number) for number in more_rows]
        # A row that is as it was is a step, too.
        whole = {"empty_permitted": False}
        steps: Any = self.formset(None if usual else request.POST or None, initial=initial, form_kwargs=whole)
        refused: list[str] = []
        if usual or steps.is_valid():
            try:
                done = keep(None if usual else steps)
            except ValidationError as refusal:
                refused = refusal.messages
            else:
                messages.success(request, done)
                return redirect("desk:pivot", pivot.pk)
        wrong = bool(refused) or (steps.is_bound and not steps.is_valid())
        business = calendars.of(pivot) is not None
        context = {
            "pivot": pivot,
            "steps": steps,
            "row": self.row,
            "refused": refused,
            "business": business,
            "version": over(request) or versions.current(pivot).number,
        }
        return render(request, self.template, context | more, status=422 if wrong else 200)
