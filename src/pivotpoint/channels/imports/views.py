"""The import pages: upload, map and look, follow, mend what was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.imports import run as verbs
from pivotpoint.channels.imports import take_back
from pivotpoint.channels.imports.forms import MappingForm, UploadForm
from pivotpoint.channels.imports.rejected import as_csv
from pivotpoint.channels.models import ImportRun

SHOWN_REJECTS = 20


def _run(request: HttpRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.user).select_related("channel", "by")
    return get_object_or_404(runs, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("message.write")
def imports(request: HttpRequest) -> HttpResponse:
    """All imports, and the door for a new file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run, said = verbs.create(file.chunks(), file.name, by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.info(request, f"Guessed: {', '.join(said)}." if said else "Say which column is what.")
            return redirect("channels:import", run.pk)
    runs = ImportRun.objects.visible_to(request.user).select_related("channel", "by")
    page = Paginator(runs, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "channels/imports/list.html",
        {"form": form, "page": page},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("message.write")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft: map its columns and look at the first rows. Later: how far it got."""
    run = _run(request, pk)
    again = run.is_changeable and (request.method == "POST" or "columns" in request.GET)
    if run.state != ImportRun.State.DRAFT and not again:
        return render(request, "channels/imports/run.html", _seen(run))
    form = MappingForm(request.POST or None, run=run, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                verbs.set_up(run, by=request.user, **form.chosen())
            if request.POST.get("then") in ("start", "dry"):
                verbs.start(run, by=request.user, dry_run=request.POST["then"] == "dry")
            return redirect("channels:import", run.pk)
        except ValidationError as error:
            form.add_error(None, error)
    seen = {
        "run": run,
        "form": form,
        "no_channel": not (form.has_channel or form.opens_one),
        **_looked_at(run),
    }
    return render(request, "channels/imports/map.html", seen)


def _looked_at(run: ImportRun) -> dict[str, Any]:
    """The preview, or in one sentence why there is none."""
    if not run.mapping.get("text"):
        return {"rows": [], "problem": "Say which column holds what people said; then the rows show here."}
    try:
        rows = verbs.preview(run)
    except ValidationError as error:
        return {"rows": [], "problem": " ".join(error.messages)}
    none = "" if rows else f"None of the first rows has {_condition(run)}. Is it written so in the file?"
    return {"rows": rows, "problem": none}


def _condition(run: ImportRun) -> str:
    return " and ".join(f"“{value}” in {name}" for name, value in run.where.items())


def _seen(run: ImportRun) -> dict[str, Any]:
    rejects = run.rejects.order_by("row_number")[:SHOWN_REJECTS]
    return {"run": run, "rejects": rejects, "most": SHOWN_REJECTS, "condition": _condition(run)}


@require_safe
@needs("message.write")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that moves; it asks again until the run has ended."""
    return render(request, "channels/imports/progress.html", {"again": True, **_seen(_run(request, pk))})


@require_POST
@needs("message.write")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """For good, after a dry run."""
    return _do(request, pk, verbs.start)


def _do(request: HttpRequest, pk: int, verb: Callable[..., ImportRun]) -> HttpResponse:
    """What is refused is said on the import's page."""
    run = _run(request, pk)
    try:
        verb(run, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("channels:import", run.pk)


@require_POST
@needs("message.write")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    run = verbs.cancel(_run(request, pk), by=request.user)
    messages.success(request, f"Stopped. {run.accepted:,} messages were taken in before.")
    return redirect("channels:import", run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("message.write")
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What it would touch, in numbers, and why it is taken back."""
    run, why, error = _run(request, pk), request.POST.get("why", ""), ""
    if request.method == "POST":
        try:
            take_back.take_back(run, why, by=request.user)
            return redirect("channels:import", run.pk)
        except ValidationError as refused:
            error = " ".join(refused.messages)
    if not run.can_be_taken_back:
        return redirect("channels:import", run.pk)
    seen = {"run": run, "why": why, "error": error, "counts": take_back.would(run)}
    return render(request, "channels/imports/take_back.html", seen, status=422 if error else 200)


@require_POST
@needs("message.write")
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, take_back.let_in)


@require_safe
@needs("message.write")
def rejects(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The refused rows as CSV."""
    run = _run(request, pk)
    answer = StreamingHttpResponse(as_csv(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejects-{run.pk}.csv"'
    return answer
