"""What every staff page shows around its content."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Conversation
from pivotpoint.insights.models import Insight, Rung
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Loop, Passage

STATIONS = {
    "Today": ("/", "desk.view"),
    "Inbox": ("/inbox/", "customer.view"),
    "Insights": ("/insights/", "desk.view"),
    "Switchyard": ("/switchyard/", "pivot.view"),
    "Loops": ("/loops/", "desk.view"),
    "Changes": ("/changes/", "desk.view"),
    "Portal": ("/portal/", "desk.view"),
}
MORE = {
    "Customers": ("/customers/", "customer.view"),
    "Ledger": ("/ledger/", "ledger.view"),
    "Import": ("/import/", "message.write"),
    "Settings": ("/settings/", "user.manage"),
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The company's name for everybody; the line of stations for colleagues, each as far as they may."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"organisation": Installation.here().name or "Pivotpoint"}
    return {
        "organisation": Installation.here().name,
        "frame": {
            "stations": _stations(STATIONS, request, _counts(user)),
            "more": _stations(MORE, request, {}),
        },
    }


def _stations(
    stations: dict[str, tuple[str, str]], request: HttpRequest, counts: dict[str, tuple[str, bool]]
) -> list[dict[str, Any]]:
    user: Any = request.user
    path = request.path
    return [
        {
            "label": label,
            "url": url,
            "here": path == url or (url != "/" and path.startswith(url)),
            "count": counts.get(label, ("", False))[0],
            "due": counts.get(label, ("", False))[1],
        }
        for label, (url, permission) in stations.items()
        if user.may(permission)
    ]


def _counts(user: Any) -> dict[str, tuple[str, bool]]:
    """Words beside a station, and whether a person is needed. Five counts over partial indexes."""
    loops = Loop.objects.visible_to(user)
    late, waiting = loops.overdue().count(), Passage.objects.visible_to(user).waiting().count()
    climbed = Insight.objects.visible_to(user).filter(climbed_at__gte=clock.now() - timedelta(days=1))
    new = climbed.exclude(theme__rung=Rung.VOICE).count()
    words = {
        "Today": (late, "", True),
        "Inbox": (Conversation.objects.visible_to(user).open().filter(answered_at=None).count(), "", False),
        "Insights": (new, " new", False),
        "Switchyard": (waiting, "", True),
        "Loops": (loops.open().count(), "", False),
    }
    return {label: (f"{count:,}{unit}", due) for label, (count, unit, due) in words.items() if count}
