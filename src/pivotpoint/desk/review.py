"""Review: one doubtful reading after another, judged with one key."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Message
from pivotpoint.desk.accuracy import NAMES
from pivotpoint.desk.correction import CORRECTIONS
from pivotpoint.desk.doing import do
from pivotpoint.desk.inbox_reading import reads
from pivotpoint.desk.review_queue import queue, said_as
from pivotpoint.listening.correcting.correct import confirm
from pivotpoint.listening.correcting.review import cannot_tell, doubtful, judged_today, last_answer, take_back
from pivotpoint.listening.models import ModelVersion


@require_safe
@needs("reading.correct")
def review_page(request: HttpRequest) -> HttpResponse:
    """The one that teaches most; each answer leads to the next."""
    context: dict[str, Any] = {
        "waiting": doubtful(request.user).count(),
        "last": last_answer(request.user),
        "today": judged_today(request.user),
        "live": ModelVersion.objects.live(),
        "newest": ModelVersion.objects.latest_made(),
    }
    for asked in queue(request.user):
        name, group = NAMES[asked.field]
        context |= {
            "asked": asked,
            "name": name,
            "value": f"{asked.field}={said_as(asked.message.reading, asked.field)}",
            "choices": list(enumerate(CORRECTIONS[group], 1)),
            "spans": asked.message.reading.evidence.get(asked.field, []),
            "reads": reads(asked.message),
        }
    return render(request, "desk/review.html", context)


@require_POST
@needs("reading.correct")
def message_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was read and nobody has judged; or one `field`."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    only = [request.POST["field"]] if "field" in request.POST else None
    verb = (
        (lambda: confirm(message, only, by=request.user))
        if only
        else lambda: confirm(message, by=request.user)
    )
    return do(request, verb, "Confirmed.", reverse("desk:review"))


@require_POST
@needs("reading.correct")
def message_glance(request: HttpRequest, pk: int) -> HttpResponse:
    """They cannot tell."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    done = "Left as it is; a colleague may know."
    return do(request, lambda: cannot_tell(message, by=request.user), done, reverse("desk:review"))


@require_POST
@needs("reading.correct")
def answer_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What they said last, where it was about this message."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    done = "Taken back. It is asked again."
    return do(request, lambda: take_back(message, by=request.user), done, reverse("desk:review"))
