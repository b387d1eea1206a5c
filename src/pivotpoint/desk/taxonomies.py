"""The organisation's own classes: edit them, try them on a sentence, judge what they caught."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Avg, Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Message
from pivotpoint.desk.doing import do
from pivotpoint.desk.taxonomies_form import ClassForm, LabelsForm, TaxonomyForm
from pivotpoint.listening.models import Tag, TagVerdict, Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies import labelled, tags, taxonomies
from pivotpoint.listening.taxonomies.near import near
from pivotpoint.listening.taxonomies.trial import tried
from pivotpoint.ui.stale import unless_changed, values
from textanalytics.reading.agreement import Share

A_PAGE = 25
SHOWN = values("name", "parent_id", "description", "examples")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("desk.view")
def taxonomies_page(request: HttpRequest) -> HttpResponse:
    """All of them; POST makes one, for those who may."""
    form = TaxonomyForm(request.POST or None)
    if form.is_valid():
        try:
            made = taxonomies.make(**form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("desk:taxonomy", made.pk)
    rows = Taxonomy.objects.visible_to(request.user)
    counted = rows.annotate(count=Count("classes", filter=Q(classes__retired_at=None)))
    context = {"taxonomies": counted, "form": form}
    return render(request, "desk/taxonomies.html", context, status=422 if form.errors else 200)


@require_safe
@needs("desk.view")
def taxonomy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Its classes; with `text`, what that sentence would be, and because of which words."""
    taxonomy = _taxonomy(request, pk)
    text = request.GET.get("text", "")[:2_000]
    context = {
        "taxonomy": taxonomy,
        "classes": _tree(list(_counted(taxonomy))),
        "text": text,
        "tried": tried(taxonomy, text) if text.strip() and taxonomy.version else [],
        "form": ClassForm(taxonomy=taxonomy),
        "labels": LabelsForm(auto_id="id_labels_%s"),
    }
    return render(request, "desk/taxonomy.html", context)


def _taxonomy(request: HttpRequest, pk: int) -> Taxonomy:
    return get_object_or_404(Taxonomy.objects.visible_to(request.user), pk=pk)


def _class(request: HttpRequest, pk: int) -> TaxonomyClass:
    mine = Taxonomy.objects.visible_to(request.user)
    return get_object_or_404(TaxonomyClass.objects.select_related("taxonomy"), pk=pk, taxonomy__in=mine)


def _counted(taxonomy: Taxonomy) -> QuerySet[TaxonomyClass]:
    """With the messages that have each, and what people said of those that were read as it."""
    standing = Q(verdicts__undone_at=None, verdicts__read__isnull=False)
    return taxonomies.live_classes(taxonomy).annotate(  # type: ignore[no-any-return]
        caught=Count("tags", distinct=True),
        judged=Count("verdicts", filter=standing, distinct=True),
        agreed=Count("verdicts", filter=standing & Q(verdicts__belongs=True), distinct=True),
    )


def _tree(classes: list[TaxonomyClass]) -> list[tuple[int, TaxonomyClass]]:
    """Each after its parent, with its depth."""
    known = {one.pk for one in classes}

    def below(parent: int | None, depth: int) -> list[tuple[int, TaxonomyClass]]:
        mine = [one for one in classes if (one.parent_id if one.parent_id in known else None) == parent]
        return [line for one in mine for line in ((depth, one), *below(one.pk, depth + 1))]

    return below(None, 0)


@require_POST
@needs("reading.manage")
def taxonomy_close(request: HttpRequest, pk: int) -> HttpResponse:
    taxonomy = _taxonomy(request, pk)
    done = f"{taxonomy.name} is closed. What was read stays."
    return do(request, lambda: taxonomies.close(taxonomy, by=request.user), done, reverse("desk:taxonomies"))


@require_POST
@needs("reading.manage")
def class_new(request: HttpRequest, pk: int) -> HttpResponse:
    taxonomy = _taxonomy(request, pk)
    form = ClassForm(request.POST, taxonomy=taxonomy)
    if form.is_valid() and (one := _saved(request, form, taxonomy, None)):
        messages.success(request, f"{one.name} is kept. In a few seconds messages are read with it.")
        return redirect("desk:taxonomy", pk)
    return _sent_back(request, taxonomy, form, LabelsForm(auto_id="id_labels_%s"))


def _taken(taxonomy: Taxonomy, given: dict[str, Any], by: Any) -> labelled.Taken:
    """The file is here for as long as it is read."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / Path(given["file"].name).name[-100:]
        with place.open("wb") as file:
            file.writelines(given["file"].chunks())
        return labelled.take_file(taxonomy, place, text=given["text"], label=given["label"], by=by)


def _sent_back(request: HttpRequest, taxonomy: Taxonomy, form: ClassForm, labels: LabelsForm) -> HttpResponse:
    classes = _tree(list(_counted(taxonomy)))
    context = {"taxonomy": taxonomy, "classes": classes, "form": form, "labels": labels}
    return render(request, "desk/taxonomy.html", context, status=422)


@require_POST
@needs("reading.manage")
def taxonomy_labels(request: HttpRequest, pk: int) -> HttpResponse:
    """A file in which people have sorted already: a label a class."""
    taxonomy = _taxonomy(request, pk)
    form = LabelsForm(request.POST, request.FILES, auto_id="id_labels_%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            taken = _taken(taxonomy, given, request.user)
        except ValidationError as refusal:
            form.add_error(None, ValidationError(refusal.messages))
        else:
            messages.success(request, f"{taken} In a few seconds messages are read with them.")
            return redirect("desk:taxonomy", pk)
    return _sent_back(request, taxonomy, ClassForm(taxonomy=taxonomy), form)


def _saved(
    request: HttpRequest, form: ClassForm, taxonomy: Taxonomy, one: TaxonomyClass | None
) -> TaxonomyClass | None:
    """The verb's refusal becomes the form's error."""

    def save() -> TaxonomyClass:
        return taxonomies.save_class(taxonomy, **form.cleaned_data, one=one, by=request.user)

    try:
        if one is None:
            return save()
        return unless_changed(request, one, SHOWN, save)
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        if one is not None:
            one.refresh_from_db()
        return None


@require_safe
@needs("customer.view")
def class_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The class, its form, and what was read as it, the least sure first; with `near`, what it came near to."""
    one = _class(request, pk)
    return _show(request, one, ClassForm(taxonomy=one.taxonomy, one=one))


@require_POST
@needs("reading.manage")
def class_edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = _class(request, pk)
    form = ClassForm(request.POST, taxonomy=one.taxonomy, one=one)
    if form.is_valid() and _saved(request, form, one.taxonomy, one):
        messages.success(request, f"{one.name} is kept.")
        return redirect("desk:class", pk)
    return _show(request, one, form, 422)


def _show(request: HttpRequest, one: TaxonomyClass, form: ClassForm, status: int = 200) -> HttpResponse:
    nearly = "near" in request.GET and not one.retired_at
    rows = Tag.objects.filter(of=one, message__in=Message.objects.visible_to(request.user))
    rows = rows.select_related("message__channel", "message__customer", "by")
    page = Paginator(rows.order_by("confidence", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    latest = TagVerdict.objects.filter(of=one, undone_at=None).select_related("message", "by")
    read = TagVerdict.objects.filter(of=one, undone_at=None, read__isnull=False)
    context = {
        "one": one,
        "taxonomy": one.taxonomy,
        "expected": rows.filter(by=None).aggregate(mean=Avg("confidence"))["mean"],
        "judged": Share(**read.aggregate(right=Count("pk", filter=Q(belongs=True)), asked=Count("pk"))),
        "form": form,
        "page": page,
        "address": "",
        "nearly": nearly,
        "shown": near(one, request.user, A_PAGE) if nearly else page,
        "verdicts": latest.order_by("-pk")[:10],
    }
    return render(request, "desk/class.html", context, status=status)


@require_POST
@needs("reading.manage")
def class_retire(request: HttpRequest, pk: int) -> HttpResponse:
    one = _class(request, pk)
    back = reverse("desk:taxonomy", args=[one.taxonomy_id])
    done = f"{one.name} is no longer used. What was read stays."
    return do(request, lambda: taxonomies.retire(one, by=request.user), done, back)


@require_POST
@needs("reading.correct")
def tag_say(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """`belongs` is yes or no."""
    one = _class(request, pk)
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=message_pk)
    belongs = request.POST.get("belongs") == "yes"
    done = f"It is {one.name}." if belongs else f"It is not {one.name}. The taxonomy learns from it."
    back = reverse("desk:class", args=[pk])
    return do(request, lambda: tags.say(message, one, belongs=belongs, by=request.user), done, back)


@require_POST
@needs("reading.correct")
def tag_undo(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Message.objects.visible_to(request.user)
    verdict = get_object_or_404(TagVerdict.objects.filter(message__in=mine), pk=pk)
    back = reverse("desk:class", args=[verdict.of_id])
    return do(request, lambda: tags.undo(verdict, by=request.user), "Taken back.", back)
