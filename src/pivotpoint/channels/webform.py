"""What the public form asks for, and how it tells people from machines. The portal uses it too."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.core import signing

from pivotpoint.channels.adapters import adapter
from pivotpoint.channels.examine import LONGEST
from pivotpoint.channels.inbox import receive
from pivotpoint.channels.models import Channel, Message
from pivotpoint.lib import clock
from pivotpoint.lib.digest import digest

FASTEST = 2.0

TRAPPED = "filled in a field that people do not see"
TOO_FAST = "sent faster than a person writes"
NO_STAMP = "came without the form"


class TellUs(forms.Form):
    """`website` is hidden from people; `stamp` says when the form was opened."""

    text = forms.CharField(
        label="What happened?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "class": "input"}),
        error_messages={"required": "Write what happened."},
    )
    name = forms.CharField(
        label="Your name",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
    may_tell = forms.BooleanField(label="Tell me what comes of it", required=False)
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)


def stamp(channel: Channel) -> str:
    """A signed mark: this form of this channel was opened now."""
    return signing.dumps({"id": uuid4().hex, "at": clock.now().timestamp()}, salt=_salt(channel))


def submit(channel: Channel, form: TellUs, page: str = "") -> Message:
    """Take what a valid form holds. What looks like a machine is kept apart with the reason; nobody is told so.

    The same words from the same opened form are one message, however often they are sent.
    """
    values = form.cleaned_data
    opened, doubt = _doubt(channel, values)
    raw = {
        **values,
        "external_id": f"{opened}:{digest(values['text'], 16)}",
        "page": page,
        "kept_apart": doubt,
    }
    (receipt,) = receive(channel, adapter(channel.kind).parse(raw))
    return Message.objects.get(pk=receipt.message_id)


def _doubt(channel: Channel, values: dict[str, str]) -> tuple[str, str]:
    """The opened form's own id, and why a machine may have filled it in."""
    try:
        opened = signing.loads(values.get("stamp", ""), salt=_salt(channel))
    except signing.BadSignature:
        return uuid4().hex, NO_STAMP
    if values.get("website"):
        return opened["id"], TRAPPED
    too_fast = clock.now().timestamp() - opened["at"] < FASTEST
    return opened["id"], TOO_FAST if too_fast else ""


def _salt(channel: Channel) -> str:
    return f"pivotpoint.form.{channel.key}"
