"""Changes: what is different now, since when, and what the people who asked for it say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import do
from pivotpoint.experiences import put_right
from pivotpoint.experiences.changes import take_back
from pivotpoint.experiences.models import Change, Notice, Verdict
from pivotpoint.journal.models import Event
from pivotpoint.pivot.models import Loop

A_PAGE = 25


@dataclass(slots=True)
class Outcome:
    """People by the state of their notice, and the last word of each who gave one."""

    states: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    answers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def people(self) -> int:
        return sum(self.states.values())

    @property
    def told(self) -> int:
        return self.states.get(Notice.State.TOLD, 0)

    @property
    def waiting(self) -> int:
        return self.states.get(Notice.State.DRAFT, 0)

    @property
    def verdicts(self) -> int:
        return sum(self.answers.values())

    @property
    def helped(self) -> int:
        return self.answers.get(Verdict.Answer.HELPED, 0)

    @property
    def share(self) -> int:
        """Of those who answered, per cent who say that it helped."""
        return round(100 * self.helped / self.verdicts) if self.verdicts else 0


def outcomes(changes: Collection[int]) -> dict[int, Outcome]:
    """By change; two queries for any number."""
    found: dict[int, Outcome] = {pk: Outcome() for pk in changes}
    rows = Notice.objects.filter(change__in=changes).order_by()
    for change, state, people in rows.values_list("change", "state").annotate(Count("pk")):
        found[change].states[state] = people
    last = Verdict.objects.filter(notice=OuterRef("notice")).order_by("-at", "-pk").values("pk")[:1]
    said = Verdict.objects.filter(notice__change__in=changes, pk=Subquery(last)).order_by()
    for change, answer, people in said.values_list("notice__change", "answer").annotate(Count("pk")):
        found[change].answers[answer] = people
    return found


@require_safe
@needs("desk.view")
def changes_page(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    rows = Change.objects.visible_to(request.user).select_related("by").order_by("-live_since", "-pk")
    page = Paginator(rows.prefetch_related("loops__team"), A_PAGE).get_page(request.GET.get("page"))
    changes = list(page.object_list)
    found = outcomes([change.pk for change in changes])
    context = {
        "page": page,
        "address": "",
        "lines": [{"change": change, "outcome": found[change.pk]} for change in changes],
    }
    return render(request, "desk/changes.html", context)


@require_safe
@needs("desk.view")
def change_page(request: HttpRequest, pk: int) -> HttpResponse:
    change = _find(request, pk)
    loops = Loop.objects.visible_to(request.user).filter(changes=change)
    outcome = outcomes([change.pk])[change.pk]
    why_not = Notice.objects.filter(change=change).exclude(why_not="").values_list("why_not")
    comments = (
        Verdict.objects.filter(notice__change=change).exclude(comment="").select_related("notice__customer")
    )
    user: Any = request.user
    context = {
        "change": change,
        "loops": loops.select_related("insight__theme", "pivot", "team", "owner").order_by("pk"),
        "outcome": outcome,
        "states": [(key, label, outcome.states.get(key, 0)) for key, label in Notice.State.choices],
        "answers": [
            (key, label, outcome.answers.get(key, 0), _share(outcome.answers.get(key, 0), outcome.verdicts))
            for key, label in Verdict.Answer.choices
        ],
        "why_not": why_not.annotate(people=Count("pk")).order_by("-people"),
        "corrections": change.corrections.select_related("by"),
        "told": put_right.has_left(change),
        "edits": Event.objects.about(change).filter(name="experiences.change_edited").order_by("-pk")[:5],
        "comments": comments.order_by("-at")[:5] if user.may("customer.view") else [],
    }
    return render(request, "desk/change.html", context)


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _find(request: HttpRequest, pk: int) -> Change:
    return get_object_or_404(Change.objects.visible_to(request.user).select_related("by"), pk=pk)


@require_POST
@needs("change.record")
def change_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It did not last, and why."""
    change = _find(request, pk)
    reason = request.POST.get("reason", "").replace("\0", "")
    done = "Taken back. Nobody else is told about it, and its loops are open again."
    back = reverse("desk:change", args=[pk])
    return do(request, lambda: take_back(change, reason, by=request.user), done, back)
