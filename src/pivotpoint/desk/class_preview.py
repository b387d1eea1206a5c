"""What a class would catch, seen before it is kept."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.taxonomies_form import ClassForm
from pivotpoint.listening.models import Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies.preview import Preview, preview


@require_POST
@needs("reading.manage")
def new_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a class that is not there yet."""
    taxonomy = get_object_or_404(Taxonomy.objects.visible_to(request.user), pk=pk)
    return _show(request, taxonomy, None)


@require_POST
@needs("reading.manage")
def class_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a class as it would be."""
    mine = Taxonomy.objects.visible_to(request.user)
    rows = TaxonomyClass.objects.select_related("taxonomy")
    one = get_object_or_404(rows, pk=pk, taxonomy__in=mine, retired_at=None)
    return _show(request, one.taxonomy, one)


def _show(request: HttpRequest, taxonomy: Taxonomy, one: TaxonomyClass | None) -> HttpResponse:
    form = ClassForm(request.POST, taxonomy=taxonomy, one=one)
    found = _found(taxonomy, form, one, request.user) if form.is_valid() else None
    given = form.cleaned_data
    context = {
        "taxonomy": taxonomy,
        "one": one,
        "form": form,
        "found": found,
        "name": given.get("name", ""),
        "sentences": len(given.get("examples", [])),
    }
    return render(request, "desk/class_preview.html", context, status=200 if found else 422)


def _found(taxonomy: Taxonomy, form: ClassForm, one: TaxonomyClass | None, who: Any) -> Preview | None:
    try:
        return preview(taxonomy, **form.cleaned_data, one=one, who=who)
    except ValidationError as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        return None
