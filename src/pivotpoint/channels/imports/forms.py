"""What a person fills in to import a file."""

from __future__ import annotations

from typing import Any

from django import forms

from pivotpoint.channels.imports.mapping import PARTS
from pivotpoint.channels.models import Channel, ImportRun, Kind
from pivotpoint.channels.opening import open_channel

IMPORTED = (Kind.REVIEW, Kind.SOCIAL, Kind.CALL, Kind.SURVEY, Kind.EMAIL)
"""Kinds of channel whose words come as files; the likeliest first."""
HINTS = {
    "text": "Needed.",
    "id": "Makes a second import of the same rows harmless. Without one, a row's content does.",
    "author": "The same handle is the same person.",
    "email": "The same address is the same person, on every channel.",
    "time": "Without one, they said it now.",
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV, JSONL or XLSX with a header. Nothing is taken in yet.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )


class MappingForm(forms.Form):
    """One choice of column for each part of a message. Where no channel is open yet, whoever may opens one here."""

    channel = forms.ModelChoiceField(
        Channel.objects.none(),
        label="Channel",
        empty_label="Choose a channel",
        help_text="Where these words were said.",
        error_messages={"required": "Choose the channel that these words belong to."},
    )

    def __init__(self, *args: Any, run: ImportRun, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        channels = Channel.objects.visible_to(user).filter(closed_at=None)
        self.fields["channel"].queryset = channels  # type: ignore[attr-defined]
        self.has_channel, self.user = bool(channels), user
        only = channels.first() if len(channels) == 1 else None
        self.initial.setdefault("channel", run.channel_id or (only and only.pk))
        self.opens_one = not self.has_channel and user.may("channel.manage")
        if self.opens_one:
            self._ask_for_a_channel()
        columns = [("", "Not in the file"), *((name, name) for name in run.columns)]
        for part, label in PARTS.items():
            self.fields[part] = forms.ChoiceField(
                choices=columns, label=label, required=part == "text", help_text=HINTS.get(part, "")
            )
            self.initial.setdefault(part, run.mapping.get(part, ""))
        column, value = next(iter(run.where.items()), ("", ""))
        self.fields["where_column"] = forms.ChoiceField(
            choices=columns, required=False, label="Only rows where"
        )
        self.fields["where_value"] = forms.CharField(required=False, max_length=200, label="is")
        self.fields["consent_source"] = forms.CharField(
            required=False,
            max_length=120,
            label="They may be told what changed, because",
            help_text="Where they said yes, for example: ticked “tell me” in the survey of May. Empty: they may not.",
        )
        self.initial.update(where_column=column, where_value=value, consent_source=run.consent_source)

    def _ask_for_a_channel(self) -> None:
        del self.fields["channel"]
        self.fields["channel_name"] = forms.CharField(
            max_length=80,
            label="New channel",
            help_text="What you call the place where these words were said.",
            error_messages={"required": "Say what the channel is called."},
        )
        self.fields["channel_kind"] = forms.ChoiceField(
            choices=[(kind.value, kind.label) for kind in IMPORTED], label="Its kind"
        )
        self.fields["channel_goal"] = forms.CharField(
            max_length=300,
            label="Why you listen there",
            help_text="For example: hear what goes wrong after the purchase.",
            error_messages={"required": "Say why you listen there."},
        )

    def chosen(self) -> dict[str, Any]:
        """The arguments of run.set_up. Opens the channel that was described. Raises ValidationError as open_channel."""
        said = self.cleaned_data
        where = {said["where_column"]: said["where_value"]} if said["where_column"] else {}
        return {
            "channel": self._opened() if self.opens_one else said["channel"],
            "parts": {part: said[part] for part in PARTS},
            "where": where,
            "consent_source": said["consent_source"],
        }

    def _opened(self) -> Channel:
        name, kind, goal = (self.cleaned_data[f"channel_{part}"] for part in ("name", "kind", "goal"))
        return open_channel(name, kind, goal, by=self.user)
