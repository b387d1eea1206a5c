"""Today: what needs a person now, and do we keep our word?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.models import Installation
from pivotpoint.accounts.permissions import needs
from pivotpoint.collaboration import room
from pivotpoint.desk.story import playing
from pivotpoint.desk.waiting import mine_first, sections
from pivotpoint.experiences.honesty import honesty
from pivotpoint.lib import clock
from pivotpoint.metrics.ledger import ledger

ASKED = 5


@require_safe
@needs("desk.view")
def today_page(request: HttpRequest) -> HttpResponse:
    """`?whose=mine` shows only what this person owns, `?whose=all` everything that they may see."""
    user: Any = request.user
    whose = request.GET.get("whose", "")
    mine = whose == "mine" or (whose != "all" and mine_first(user))
    lists = sections(user, mine)
    counted = ledger() if user.may("ledger.view") else None
    context = {
        "day": clock.today(),
        "mine": mine,
        "sections": lists,
        "count": sum(section.count for section in lists[:4]),
        "late": lists[0].count,
        "mentions": list(room.unanswered(user)[:ASKED]),
        "invitations": list(room.waiting_for(user)[:ASKED]),
        "story": playing(),
        "honesty": honesty(),
        "ledger": counted,
        "beginning": _beginning() if counted and not counted.received else "",
    }
    return render(request, "desk/today.html", context)


def _beginning() -> str:
    """Nothing has been said yet: because the house is new, or because the demo story has just begun."""
    here = Installation.here()
    return "demo" if here.demo_asked_at and not here.demo_played_at else "empty"
