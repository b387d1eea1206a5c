"""What an administrator types about the assistant."""

from __future__ import annotations

from typing import Any

from django import forms

from pivotpoint.assistant.change import FIELDS
from pivotpoint.assistant.models import Assistant


class AssistantForm(forms.Form):
    """A key is written, never shown."""

    url = forms.CharField(
        max_length=300,
        required=False,
        label="Endpoint",
        help_text="The base address of an OpenAI-compatible API, such as https://llm.example/v1. One in your own "
        "network has to be named in OUTGOING_PRIVATE_HOSTS.",
    )
    model = forms.CharField(max_length=120, required=False, label="Model")
    key = forms.CharField(
        max_length=500,
        required=False,
        label="Key",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Empty: the one there is. Another address needs it again.",
    )
    titles = forms.BooleanField(required=False, label="It may suggest titles of insights")
    answers = forms.BooleanField(required=False, label="It may draft answers to customers")
    notices = forms.BooleanField(required=False, label="It may word what changed, for notices")
    monthly_tokens = forms.IntegerField(
        min_value=0,
        max_value=2_000_000_000,
        label="Tokens a month",
        help_text="Once they are spent, it is not asked again that month.",
    )
    monthly_cost = forms.DecimalField(
        min_value=0, max_digits=10, decimal_places=2, required=False, label="Money a month"
    )
    price_in = forms.DecimalField(
        min_value=0,
        max_digits=10,
        decimal_places=4,
        required=False,
        label="Price of a million tokens that are sent",
    )
    price_out = forms.DecimalField(
        min_value=0,
        max_digits=10,
        decimal_places=4,
        required=False,
        label="Price of a million tokens that come back",
    )
    currency = forms.CharField(min_length=3, max_length=3, label="Currency")

    def values(self) -> dict[str, Any]:
        """For the verb; an empty key stays away."""
        said = {name: self.cleaned_data[name] for name in FIELDS}
        key = self.cleaned_data["key"]
        return said | ({"key": key} if key else {})


def initial(row: Assistant) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}
