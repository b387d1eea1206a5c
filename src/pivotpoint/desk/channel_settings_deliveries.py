"""Dead letters: what did not arrive, in a system or with a customer, and the button that tries again."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Delivery
from pivotpoint.pivot.models import Handoff

A_PAGE = 25


@require_safe
@needs("desk.view")
def deliveries_page(request: HttpRequest) -> HttpResponse:
    """Hand-offs first, then letters; each has its own pages."""
    dead = Handoff.objects.visible_to(request.user).filter(state=Handoff.State.DEAD)
    handoffs = dead.select_related("destination", "loop__insight__theme", "loop__pivot").order_by("-pk")
    lost = Delivery.objects.visible_to(request.user).filter(state=Delivery.State.DEAD)
    letters = lost.select_related("channel", "customer").order_by("-pk")
    context = {
        "handoffs": Paginator(handoffs, A_PAGE).get_page(request.GET.get("hand-offs")),
        "letters": Paginator(letters, A_PAGE).get_page(request.GET.get("letters")),
    }
    return render(request, "desk/channels_deliveries.html", context)
