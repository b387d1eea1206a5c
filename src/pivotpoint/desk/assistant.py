"""Settings: the assistant, what it may do and spend, and what left the house."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.assistant.budget import spent
from pivotpoint.assistant.change import change
from pivotpoint.assistant.models import Assistant, Request
from pivotpoint.desk.assistant_form import AssistantForm, initial

A_PAGE = 20


@require_safe
@needs("journal.view")
def assistant_page(request: HttpRequest) -> HttpResponse:
    return _page(request, AssistantForm(initial=initial(Assistant.here())))


def _page(request: HttpRequest, form: AssistantForm, status: int = 200) -> HttpResponse:
    rows = Request.objects.visible_to(request.user).select_related("by", "decided_by", "insight__theme")
    now, row = spent(), Assistant.here()
    context: dict[str, Any] = {
        "form": form,
        "assistant": row,
        "spent": now,
        "share": min(1.0, now.tokens / row.monthly_tokens) if row.monthly_tokens else 1.0,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "address": "",
    }
    return render(request, "desk/assistant.html", context, status=status)


@require_POST
@needs("user.manage")
def assistant_keep(request: HttpRequest) -> HttpResponse:
    form = AssistantForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        row = change(by=request.user, **form.values())
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, form, 422)
    messages.success(request, "Kept." if row.on else "Kept. The assistant is off.")
    return redirect("desk:assistant")
