"""What people type for a taxonomy and its classes."""

from __future__ import annotations

from typing import Any

from django import forms

from pivotpoint.listening.models import Taxonomy, TaxonomyClass
from pivotpoint.listening.taxonomies.taxonomies import live_classes


class TaxonomyForm(forms.Form):
    name = forms.CharField(max_length=80, help_text="What it sorts by: topics, products, causes.")
    description = forms.CharField(max_length=300, required=False, label="What it is for")


class LabelsForm(forms.Form):
    """A table of what was sorted elsewhere."""

    file = forms.FileField(
        label="File",
        help_text="CSV, JSONL or XLSX with a header. “Delivery > Late” is a class and its parent, “Late | Damaged” are two.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )
    text = forms.CharField(
        max_length=200, required=False, label="Column with the sentences", help_text="Guessed if empty."
    )
    label = forms.CharField(
        max_length=200, required=False, label="Column with the class", help_text="Guessed if empty."
    )


class ClassForm(forms.Form):
    """A line each is an example."""

    name = forms.CharField(max_length=80)
    parent = forms.ModelChoiceField(
        TaxonomyClass.objects.none(),
        required=False,
        label="Part of",
        empty_label="nothing; it stands by itself",
    )
    description = forms.CharField(
        max_length=300,
        required=False,
        label="What belongs to it",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Enough by itself where there is no sentence yet.",
    )
    examples = forms.CharField(
        required=False,
        label="Sentences that belong to it",
        help_text="Three to five, a line each, as customers would write them.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(
        self, *args: Any, taxonomy: Taxonomy, one: TaxonomyClass | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parent"]
        field.queryset = live_classes(taxonomy).exclude(pk=one.pk if one else None)
        if one:
            self.initial = {
                "name": one.name,
                "parent": one.parent_id,
                "description": one.description,
                "examples": "\n".join(one.examples),
            }

    def clean_examples(self) -> list[str]:
        lines: str = self.cleaned_data["examples"]
        return [line.strip() for line in lines.splitlines() if line.strip()]
