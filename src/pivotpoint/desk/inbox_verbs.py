"""What is done in the inbox: each a verb of a stage, then back to where the person was."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import needs
from pivotpoint.channels import apart, conversations, outbox, release
from pivotpoint.channels import reply as words
from pivotpoint.channels.models import Delivery, Message
from pivotpoint.desk.doing import came_from, do
from pivotpoint.desk.inbox import find, show
from pivotpoint.desk.inbox_draft import send
from pivotpoint.listening.correcting import correct
from pivotpoint.listening.models import Correction


def _here(pk: int) -> str:
    return reverse("desk:conversation", args=[pk])


@require_POST
@needs("reply.send")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, or leave a note (`as=note`). Words that can't be sent come back with the reason."""
    conversation, text = find(request, pk), request.POST.get("text", "")
    try:
        if request.POST.get("as") == "note":
            words.note(conversation, text, by=request.user)
        else:
            send(conversation, text, request.POST.get("suggestion", ""), by=request.user)
    except ValidationError as refusal:
        return show(request, conversation, draft=text, fault=" ".join(refusal.messages))
    return redirect(came_from(request, _here(pk)))


@require_POST
@needs("reply.send")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = find(request, pk)
    asked = request.POST.get("owner", "")
    owner = get_object_or_404(User.objects.active(), pk=asked if asked.isdecimal() else 0)
    done = "It is yours." if owner == request.user else f"{owner} has it now."
    return do(request, lambda: conversations.assign(conversation, owner, by=request.user), done, _here(pk))


@require_POST
@needs("reply.send")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Then on to the next one."""
    conversation = find(request, pk)
    done = f"Closed. When {conversation.customer} writes again, it opens again."
    return do(
        request, lambda: conversations.close(conversation, by=request.user), done, reverse("desk:inbox")
    )


@require_POST
@needs("reply.send")
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    """It was kept apart, and waits for an answer after all."""
    conversation = find(request, pk)
    done = f"Let in. {conversation.customer} waits for an answer."
    return do(request, lambda: apart.let_in(conversation, by=request.user), done, _here(pk))


@require_POST
@needs("notice.approve")
def delivery_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let out a reply that waited for a second pair of eyes."""
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    return do(
        request,
        lambda: outbox.approve(delivery, by=request.user),
        "Approved; it goes out.",
        reverse("desk:inbox"),
    )


@require_POST
@needs("reply.send")
def delivery_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again what did not arrive."""
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user).select_related("channel"), pk=pk)
    done = "It is tried again."
    return do(request, lambda: outbox.replay(delivery, by=request.user), done, reverse("desk:deliveries"))


@require_POST
@needs("reply.send")
def message_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let in what was kept apart."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    done = "Let in. It is read like any other."
    return do(request, lambda: release.release(message, by=request.user), done, reverse("desk:apart"))


@require_POST
@needs("reading.correct")
def correction_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The reading is what it was."""
    seen = Message.objects.visible_to(request.user)
    correction = get_object_or_404(Correction, message__in=seen, pk=pk)
    back = reverse("desk:inbox")
    return do(request, lambda: correct.undo(correction, by=request.user), "Undone.", back)
