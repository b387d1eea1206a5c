"""Settings: the channels, each with its WHY, and what may go out on it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels import opening
from pivotpoint.channels.models import Channel, Kind
from pivotpoint.community.tell import portal_channel
from pivotpoint.desk.channel_settings_form import ChannelForm, initial
from pivotpoint.desk.doing import do
from pivotpoint.ui.stale import mark, unless_changed

ABOUT = {
    "form": "A page of your own and a widget for your sites.",
    "portal": "Where customers see what came of their words.",
    "email": "Letters in, and answers out by SMTP.",
    "api": "Your own systems put messages in.",
    "social": "Posts, imported from a file or by the API.",
    "review": "Reviews, imported from a file or by the API.",
    "call": "Notes that colleagues take on the phone.",
    "survey": "Answers to your surveys.",
}


@require_safe
@needs("desk.view")
def channels_page(request: HttpRequest) -> HttpResponse:
    """Everybody may look; who manages channels may change them."""
    rows = Channel.objects.visible_to(request.user).order_by("closed_at", "name")
    kinds = [(key, label, ABOUT[key]) for key, label in Kind.choices]
    context = {"channels": rows, "kinds": kinds, "portal_open": portal_channel() is not None}
    return render(request, "desk/channels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("channel.manage")
def channel_new(request: HttpRequest, kind: str) -> HttpResponse:
    """`kind` is chosen before: its settings are part of the form."""
    form = ChannelForm(request.POST or None, kind=kind)
    if form.is_valid():
        channel = _kept(form, lambda: opening.open_channel(kind=kind, by=request.user, **form.settings()))
        if channel is not None:
            messages.success(request, f"{channel.name} is open.")
            return redirect("desk:channel", channel.pk)
    context = {"form": form, "kind": Kind(kind), "about": ABOUT[kind]}
    return render(request, "desk/channels_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("channel.manage")
def channel_page(request: HttpRequest, pk: int) -> HttpResponse:
    channel = _find(request, pk)
    form = ChannelForm(request.POST or None, kind=channel.kind, channel=channel)
    if form.is_valid():
        changed = _kept(
            form,
            lambda: unless_changed(
                request,
                channel,
                initial,
                lambda: opening.change(channel, by=request.user, **form.settings()),
            ),
        )
        if changed is not None:
            messages.success(request, f"{changed.name} is kept.")
            return redirect("desk:channel", pk)
    was = mark(initial(_find(request, pk)))
    context = {"channel": channel, "form": form, "about": ABOUT[channel.kind], "was": was, **_doors(channel)}
    return render(request, "desk/channels_edit.html", context, status=422 if form.errors else 200)


@require_POST
@needs("channel.manage")
def channel_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it, or (`as=open`) open it again."""
    channel = _find(request, pk)
    again = request.POST.get("as") == "open"
    verb = opening.reopen if again else opening.close
    done = f"{channel.name} is open again." if again else f"{channel.name} is closed. What was said stays."
    back = reverse("desk:channel", args=[pk])
    return do(request, lambda: verb(channel, by=request.user), done, back)


def _find(request: HttpRequest, pk: int) -> Channel:
    return get_object_or_404(Channel.objects.visible_to(request.user), pk=pk)


def _kept(form: ChannelForm, verb: Any) -> Channel | None:
    """Run the verb; its refusal becomes the form's error."""
    try:
        channel: Channel = verb()
    except ValidationError as refusal:
        form.refuse(refusal)
        return None
    return channel


def _doors(channel: Channel) -> dict[str, str]:
    """The addresses by which words come in."""
    if channel.kind == Kind.FORM:
        page = settings.SITE_URL + reverse("channels:form", args=[channel.key])
        script = settings.SITE_URL + reverse("channels:embed", args=[channel.key])
        return {"page": page, "embed": f'<script src="{script}"></script>'}
    if channel.kind == Kind.PORTAL:
        return {"page": settings.SITE_URL + "/portal/"}
    return {"post": f"{settings.SITE_URL}/api/v1/messages?channel={channel.key}"}
