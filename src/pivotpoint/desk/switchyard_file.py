"""The switchyard as a file: take it out, bring one, see the difference, apply it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.doing import seen
from pivotpoint.enterprise.connectors import kinds
from pivotpoint.pivot.file import compare, take_in, write
from pivotpoint.pivot.file.read import MOST
from pivotpoint.pivot.models import Pivot
from pivotpoint.pivot.opening import Unseen
from pivotpoint.pivot.refused import Refused

NAME = "switchyard.yaml"


@require_safe
@needs("pivot.view")
def file_download(request: HttpRequest) -> HttpResponse:
    """The open pivots; no secrets."""
    headers = {"Content-Disposition": f'attachment; filename="{NAME}"'}
    return HttpResponse(write(), content_type="application/yaml; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("pivot.change")
def file_page(request: HttpRequest) -> HttpResponse:
    """A file is first compared; what was compared is what the second button applies."""
    context: dict[str, Any] = {"pivots": Pivot.objects.live().count(), "name": NAME, "text": ""}
    if request.method != "POST":
        return render(request, "desk/switchyard_file.html", context)
    context |= {"prune": "prune" in request.POST, "name": request.POST.get("name", "")[:100]}
    try:
        context |= _sent(request)
        if request.POST.get("do") == "apply":
            text, name, prune = context["text"], context["name"], context["prune"]
            lines = take_in(text, by=request.user, name=name, prune=prune, kinds=kinds(), seen=seen(request))
            pivots = sum(line.of == "pivot" for line in lines)
            changed = f"{pivots} pivot{'' if pivots == 1 else 's'}"
            messages.success(request, f"The switchyard is as the file says; {changed} changed.")
            return redirect("desk:switchyard")
        context["lines"] = compare(context["text"], prune=context["prune"], kinds=kinds())
    except Unseen as unseen:
        context["refused"] = str(unseen)
        context["lines"] = compare(context["text"], prune=context["prune"], kinds=kinds())
    except ValidationError as refusal:
        context["refused"] = " ".join(refusal.messages)
    context["opens"] = any(line.warning for line in context.get("lines", ()))
    status = 422 if "refused" in context else 200
    return render(request, "desk/switchyard_file.html", context, status=status)


def _sent(request: HttpRequest) -> dict[str, str]:
    """The chosen file, or the text of the box."""
    file = request.FILES.get("file")
    if file is None:
        # A browser sends a box with line ends of its own.
        return {"text": request.POST.get("text", "").replace("\r\n", "\n")}
    if (file.size or 0) > 4 * MOST:
        raise Refused(f"The file has more than {MOST:,} characters.")
    try:
        return {"text": file.read().decode("utf-8"), "name": str(file.name)[:100]}
    except UnicodeDecodeError:
        raise Refused("The file is not UTF-8 text.") from None
