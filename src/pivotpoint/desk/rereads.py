"""A history read anew: how far it is, what would move, and the decision."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.models import Installation
from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.accuracy import NAMES
from pivotpoint.desk.correction import CORRECTIONS
from pivotpoint.desk.doing import do
from pivotpoint.desk.inbox_reading import LANGUAGES
from pivotpoint.insights.models import Theme
from pivotpoint.listening.encoders.known import known_to
from pivotpoint.listening.encoders.live import shipped_name
from pivotpoint.listening.models import EncoderVersion, ModelVersion, Reread, TaxonomyClass
from pivotpoint.listening.rereads import runs
from pivotpoint.listening.rereads.moves import JUDGEMENTS, examples
from pivotpoint.pivot.models import Loop

LATEST = 20
VERBS = {
    "pause": (runs.pause, "Paused. Nothing was changed."),
    "resume": (runs.resume, "It goes on."),
    "cancel": (runs.cancel, "Cancelled. Nothing was changed."),
    "accept": (
        runs.accept,
        "Accepted. Its reader reads from now on; the readings are exchanged one after another.",
    ),
    "undo": (runs.undo, "Being undone. The reader of before reads again."),
}


@require_safe
@needs("desk.view")
def rereads_page(request: HttpRequest) -> HttpResponse:
    runs_ = Reread.objects.visible_to(request.user).select_related("by", "encoder")[:LATEST]
    encoders = list(EncoderVersion.objects.visible_to(request.user).order_by("made_at", "pk"))
    encodes = EncoderVersion.objects.live()
    context = {
        "runs": runs_,
        "open": any(run.state in Reread.OPEN for run in runs_),
        "versions": ModelVersion.objects.visible_to(request.user)[:LATEST],
        "live": ModelVersion.objects.live(),
        "encoder": encodes.name if encodes else shipped_name(),
        "encoders": [row for row in encoders if row != encodes and (encodes or row.name != shipped_name())],
    }
    return render(request, "desk/rereads.html", context)


@require_POST
@needs("reading.manage")
def reread_start(request: HttpRequest) -> HttpResponse:
    versions = ModelVersion.objects.visible_to(request.user)
    name = request.POST.get("version", "")
    version = get_object_or_404(versions, version=name) if name else None
    named = request.POST.get("encoder", "")
    encoder = get_object_or_404(known_to(request.user), name=named) if named else None
    done = "It is being read anew. Nothing changes until you accept it."
    begun: list[Reread] = []
    answer = do(
        request,
        lambda: begun.append(runs.start(version, encoder=encoder, by=request.user)),
        done,
        reverse("desk:rereads"),
    )
    return redirect("desk:reread", begun[0].pk) if begun else answer


@require_safe
@needs("desk.view")
def reread_page(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(
        Reread.objects.visible_to(request.user).select_related("by", "decided_by", "encoder"), pk=pk
    )
    moods = Installation.here().reads_mood
    judgements = run.report.get("judgements", {})
    themes, loops = run.report.get("themes", []), run.report.get("loops", [])
    encoder = run.report.get("encoder", {})
    most = encoder.get("most", [])
    titles = Theme.objects.in_bulk([row["theme"] for row in (*themes, *most)])
    classes = run.report.get("classes", [])
    names = TaxonomyClass.objects.select_related("taxonomy").in_bulk([row["class"] for row in classes])
    under_way = Loop.objects.select_related("insight__theme").in_bulk([row["loop"] for row in loops])
    context = {
        "run": run,
        "themes": [(row, titles[row["theme"]]) for row in themes if row["theme"] in titles],
        "encoder": encoder,
        "moved": [(row, titles[row["theme"]]) for row in most if row["theme"] in titles],
        "loops": [(row, under_way[row["loop"]]) for row in loops if row["loop"] in under_way],
        "judgements": [
            (
                NAMES[field][0],
                judgements[field],
                _words(field),
                _examples(run, field, judgements[field], request),
            )
            for field in JUDGEMENTS
            if field in judgements and (moods or field != "mood")
        ],
        "classes": [(row, names[row["class"]]) for row in classes if row["class"] in names],
        "unchanged": run.report.get("messages", 0) - run.report.get("changed", 0),
    }
    return render(request, "desk/reread.html", context)


def _examples(run: Reread, field: str, row: dict[str, Any], request: HttpRequest) -> list[str]:
    """Of what moves most."""
    return examples(run, field, row["pairs"][0], request.user) if row["pairs"] else []


def _words(field: str) -> dict[Any, str]:
    """What a value of the report is called."""
    if field == "language":
        return dict(LANGUAGES)
    if field in ("about_us", "actionable"):
        return {True: "yes", False: "no"}
    pairs = CORRECTIONS[NAMES[field][1]]
    return {value.partition("=")[2]: words for value, words in pairs}


@require_POST
@needs("reading.manage")
def reread_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    if step not in VERBS:
        raise Http404
    run = get_object_or_404(Reread.objects.visible_to(request.user), pk=pk)
    verb, done = VERBS[step]
    return do(request, lambda: verb(run, by=request.user), done, reverse("desk:reread", args=[pk]))
