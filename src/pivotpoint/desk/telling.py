"""From a change to the people: record it, read the notices, let them out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import came_from, do
from pivotpoint.desk.suggestions import notice_for, record_change
from pivotpoint.experiences import changes, notices
from pivotpoint.experiences.models import Change, Notice
from pivotpoint.lib import clock
from pivotpoint.pivot.models import STAGES, Loop, Stage
from pivotpoint.ui.stale import unless_changed, values

A_PAGE = 25
SHOWN = values("subject", "text", "state")


class LoopChoice(forms.ModelMultipleChoiceField):
    """Loops by what they are about."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.insight.theme.title} (loop {obj.pk})"


class ChangeForm(forms.Form):
    """What changed, for whom, since when."""

    title = forms.CharField(max_length=160, label="Title", help_text="The customers read this first.")
    what = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        label="What changed",
        help_text="In words that a customer understands. It goes into every notice.",
    )
    live_since = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), label="Live since"
    )
    hypothesis = forms.CharField(
        max_length=300, required=False, label="What we expect", help_text="If we …, then …"
    )
    process = forms.CharField(max_length=120, required=False, label="Process")
    for_whom = forms.CharField(max_length=200, required=False, label="For whom")
    loops = LoopChoice(
        Loop.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="It settles these loops as well",
    )
    public = forms.BooleanField(required=False, initial=True, label="Show it on the portal")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change.record")
def change_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the change that settles this loop, and perhaps others of the same pivot."""
    loop = get_object_or_404(
        Loop.objects.visible_to(request.user).select_related("insight__theme", "pivot"), pk=pk
    )
    drafted = notice_for(loop, request.user)
    begun = drafted["suggestion"].suggestion if drafted.get("suggestion") else ""
    form = ChangeForm(
        request.POST or None, initial={"live_since": clock.today(), "public": True, "what": begun}
    )
    others = _others(request, loop)
    form.fields["loops"].queryset = others  # type: ignore[attr-defined]
    if not others:
        del form.fields["loops"]
    if request.method == "POST" and form.is_valid():
        loops = [loop, *form.cleaned_data.pop("loops", ())]
        try:
            record_change(
                request.POST.get("suggestion", ""), **form.cleaned_data, loops=loops, by=request.user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("desk:notices", loop.pk)
    context = {
        "loop": loop,
        "form": form,
        "preview": notices.preview(loop),
        "there": _there(request, loop)[:A_PAGE],
        **drafted,
    }
    return render(request, "desk/change_form.html", context)


def _there(request: HttpRequest, loop: Loop) -> QuerySet[Change]:
    """Changes that hold and do not settle this loop yet, the latest first."""
    rows = Change.objects.visible_to(request.user).filter(taken_back_at=None)
    return rows.exclude(loops=loop).order_by("-live_since", "-pk")


@require_POST
@needs("change.record")
def change_settles(request: HttpRequest, pk: int) -> HttpResponse:
    """A change that is there already settles this loop as well."""
    loop = get_object_or_404(Loop.objects.visible_to(request.user), pk=pk)
    asked = request.POST.get("change", "")
    change = get_object_or_404(_there(request, loop), pk=asked if asked.isdecimal() else 0)
    done = f"“{change}” settles it too; the notices are drafted."
    back = reverse("desk:loop", args=[pk])
    return do(request, lambda: changes.settle(change, [loop], by=request.user), done, back)


def _others(request: HttpRequest, loop: Loop) -> Any:
    under_way = STAGES[1 : STAGES.index(Stage.DELIVERED)]
    rows = Loop.objects.visible_to(request.user).open().filter(pivot=loop.pivot, stage__in=under_way)
    return rows.exclude(pk=loop.pk).select_related("insight__theme")


@require_safe
@needs("customer.view")
def notices_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone behind the loop: what they will read, or why they are not written to."""
    loop = get_object_or_404(
        Loop.objects.visible_to(request.user).select_related("insight__theme", "pivot"), pk=pk
    )
    state = request.GET.get("state", "")
    rows = _notices(request, loop, state)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return _listed(request, loop, page, state)


def _notices(request: HttpRequest, loop: Loop, state: str) -> QuerySet[Notice]:
    rows = Notice.objects.visible_to(request.user).filter(loop=loop)
    if state in Notice.State.values:
        rows = rows.filter(state=state)
    rows = rows.select_related("customer", "channel", "change", "approved_by")
    return rows.prefetch_related("verdicts").order_by("state", "pk")


def _listed(
    request: HttpRequest, loop: Loop, page: Any, state: str, refused: dict[str, Any] | None = None
) -> HttpResponse:
    """A page of them; `refused` are words that one of them could not be given, and why."""
    preview = notices.preview(loop)
    context = {
        "loop": loop,
        "preview": preview,
        "page": page,
        "refused": refused,
        "state": state,
        "states": [(key, label, preview.states.get(key, 0)) for key, label in Notice.State.choices],
        "waiting": preview.states.get(Notice.State.DRAFT, 0),
        "address": urlencode({"state": state}) if state else "",
    }
    return render(request, "desk/notices.html", context, status=422 if refused else 200)


@require_POST
@needs("notice.approve")
def notices_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Those chosen, or with `all` every draft of the loop."""
    loop = get_object_or_404(Loop.objects.visible_to(request.user), pk=pk)
    drafts = Notice.objects.visible_to(request.user).filter(loop=loop, state=Notice.State.DRAFT)
    if not request.POST.get("all"):
        drafts = drafts.filter(pk__in=[one for one in request.POST.getlist("notice") if one.isdecimal()])

    def approve() -> None:
        if not notices.approve(drafts, by=request.user):
            raise ValidationError("No draft was chosen.")

    done = "Approved. They leave within consent and the weekly limit."
    return do(request, approve, done, reverse("desk:notices", args=[pk]))


@require_POST
@needs("notice.approve")
def notice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words for one person, or, with a reason, none. Words that are refused come back with the reason."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    back = reverse("desk:notices", args=[notice.loop_id])
    if request.POST.get("as") == "leave-out":
        reason = request.POST.get("reason", "")
        return do(request, lambda: notices.leave_out(notice, reason, by=request.user), "Left out.", back)
    text, subject = request.POST.get("text", ""), request.POST.get("subject", "")
    try:
        unless_changed(
            request, notice, SHOWN, lambda: notices.edit(notice, text, by=request.user, subject=subject)
        )
    except ValidationError as refusal:
        refused = {"pk": pk, "text": text, "subject": subject, "why": " ".join(refusal.messages)}
        return _sent_back(request, notice, refused)
    messages.success(request, "The words are changed.")
    return redirect(came_from(request, back))


def _sent_back(request: HttpRequest, notice: Notice, refused: dict[str, Any]) -> HttpResponse:
    """The page that lists the notice, with the words as they were typed."""
    rows = _notices(request, notice.loop, "")
    before = rows.filter(Q(state__lt=notice.state) | Q(state=notice.state, pk__lt=notice.pk)).count()
    page = Paginator(rows, A_PAGE).get_page(before // A_PAGE + 1)
    return _listed(request, notice.loop, page, "", refused)
