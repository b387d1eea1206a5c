"""A channel's settings as a form: what all channels have, and what its kind adds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pivotpoint.channels.adapters import adapter
from pivotpoint.channels.models import Channel, Kind, Policy

HOURS = {
    "answer_hours": "Hours until an answer is due",
    "follow_up_hours": "Hours until somebody looks again",
}
COMMON = ("name", "goal", "replies", "notices", "notices_per_week", "per_minute")


class ChannelForm(forms.Form):
    """The kind's own settings come from its adapter's Config, so a new adapter needs no form."""

    name = forms.CharField(max_length=80)
    goal = forms.CharField(
        max_length=300,
        label="Why is it there?",
        help_text="The goal. Without one, a channel is not opened.",
        error_messages={"required": "Say why this channel is there."},
        widget=forms.Textarea(attrs={"rows": 2, "class": "input"}),
    )
    replies = forms.ChoiceField(choices=Policy.choices, label="Answers to what they wrote")
    notices = forms.ChoiceField(choices=Policy.choices, label="Telling them what changed")
    notices_per_week = forms.IntegerField(
        min_value=0, max_value=1_000, label="Notices a person and week", help_text="Over all channels."
    )
    per_minute = forms.IntegerField(
        min_value=1, max_value=100_000, label="Messages a minute from one address"
    )

    def __init__(self, *args: Any, kind: str, channel: Channel | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = initial(
            channel or Channel(kind=kind, name=Kind(kind).label.removesuffix(" (imported)"))
        )
        super().__init__(*args, **kwargs)
        self.channel = channel
        self.own = list(adapter(kind).Config.model_fields)
        for name, field in adapter(kind).Config.model_fields.items():
            label = HOURS.get(name, name.replace("_", " ").capitalize())
            number = field.annotation is float
            made = (
                forms.FloatField(min_value=0.1, max_value=8_760)
                if number
                else forms.CharField(max_length=200)
            )
            made.required, made.label, made.initial = number, label, field.default
            made.help_text = "" if name in HOURS else field.description or ""
            self.fields[name] = made
        if kind == Kind.FORM:
            self.fields["origins"] = forms.CharField(
                required=False,
                label="Sites that may embed the form",
                help_text="One a line, such as https://shop.example.",
                widget=forms.Textarea(attrs={"rows": 3, "class": "input"}),
            )

    def settings(self) -> dict[str, Any]:
        """What the verbs take; settings that the form does not show stay as they are."""
        said = self.cleaned_data
        values = {name: said[name] for name in COMMON}
        kept = dict(self.channel.config) if self.channel else {}
        values["config"] = kept | {name: said[name] for name in self.own}
        if "origins" in said:
            values["origins"] = said["origins"].split()
        return values

    def refuse(self, refusal: ValidationError) -> None:
        """Put each sentence where it belongs."""
        known = getattr(refusal, "error_dict", {"__all__": [refusal]})
        for name, faults in known.items():
            for fault in faults:
                self.add_error(name if name in self.fields else None, fault)


def initial(channel: Channel) -> dict[str, Any]:
    """What the form shows of a channel."""
    values = {name: getattr(channel, name) for name in COMMON}
    return values | channel.config | {"origins": "\n".join(channel.origins)}
