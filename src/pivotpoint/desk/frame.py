"""What every staff page shows around its content."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.models import Channel, Conversation, Kind
from pivotpoint.collaboration.models import Task
from pivotpoint.desk.waiting import mine_first
from pivotpoint.insights.models import Insight, Rung
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Handoff, Loop, Passage

STATIONS = {
    "Today": ("/", "desk.view"),
    "Inbox": ("/inbox/", "customer.view"),
    "Insights": ("/insights/", "desk.view"),
    "Switchyard": ("/switchyard/", "pivot.view"),
    "Loops": ("/loops/", "desk.view"),
    "Changes": ("/changes/", "desk.view"),
    "Portal": ("/portal/", "desk.view"),
}
ELSEWHERE = {"Switchyard": ("/destinations/", "/standing/"), "Loops": ("/notices/",)}
"""Pages of a station that have an address of their own."""
MORE = {
    "Customers": ("/customers/", "customer.view"),
    "Ledger": ("/ledger/", "ledger.view"),
    "Import": ("/import/", "message.write"),
    "Settings": ("/settings/", "desk.view"),
}
SETTINGS = [
    ("settings", "Organisation", "desk.view"),
    ("people", "People", "desk.view"),
    ("teams", "Functions", "desk.view"),
    ("desk:hours", "Hours", "desk.view"),
    ("desk:away", "Away", "desk.view"),
    ("desk:channels", "Channels", "desk.view"),
    ("desk:accuracy", "Reading", "desk.view"),
    ("desk:assistant", "Assistant", "journal.view"),
    ("desk:systems", "Systems", "pivot.change"),
    ("desk:deliveries", "Not delivered", "desk.view"),
    ("tokens", "API tokens", "token.manage"),
    ("desk:journal", "Journal", "journal.view"),
    ("desk:me", "My profile", "desk.view"),
]
"""Name of the address, the tab's words, and who sees it."""
READING = [
    ("desk:accuracy", "Accuracy", "desk.view"),
    ("desk:review", "Review", "reading.correct"),
    ("desk:taxonomies", "Taxonomies", "desk.view"),
    ("desk:relevance", "About us", "desk.view"),
    ("desk:names", "Names", "desk.view"),
    ("desk:rereads", "Read anew", "desk.view"),
    ("desk:effort", "Effort", "desk.view"),
]
NEEDS_A_PERSON = ("Today", "Switchyard")
"""Stations whose number is shown in the signal colour."""


def organisation(request: HttpRequest) -> Installation:
    """Where we are; a page that needs it reads the row once, for itself and its frame."""
    kept: Any = request
    if not hasattr(kept, "organisation_read"):
        kept.organisation_read = Installation.here()
    here: Installation = kept.organisation_read
    return here


def frame(request: HttpRequest) -> dict[str, Any]:
    """The company's name for everybody; the line of stations for colleagues, each as far as they may."""
    user: Any = getattr(request, "user", None)
    here = organisation(request)
    if user is None or not user.is_authenticated:
        return {"organisation": here.name or "Pivotpoint"}
    return {
        "organisation": here.name,
        "reads_mood": here.reads_mood,
        "settings_tabs": [(name, label) for name, label, needed in SETTINGS if user.may(needed)],
        "reading_tabs": [(name, label) for name, label, needed in READING if user.may(needed)],
        "can_manage_users": user.may("user.manage"),
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
            "here": path == url or (url != "/" and path.startswith((url, *ELSEWHERE.get(label, ())))),
            "count": counts.get(label, ("", False))[0],
            "due": counts.get(label, ("", False))[1],
        }
        for label, (url, permission) in stations.items()
        if user.may(permission)
    ]


def _counts(user: Any) -> dict[str, tuple[str, bool]]:
    """Words beside a station, and whether a person is needed. One query of counts over partial indexes."""
    now = clock.now()
    loops, waiting = Loop.objects.visible_to(user), Passage.objects.visible_to(user).waiting()
    unanswered = Conversation.objects.visible_to(user).open().filter(waiting_since__isnull=False)
    climbed = Insight.objects.visible_to(user).filter(climbed_at__gte=now - timedelta(days=1))
    dead = Handoff.objects.visible_to(user).filter(state=Handoff.State.DEAD, loop__closed_at=None)
    tasks = Task.objects.visible_to(user).open()
    late = [loops.overdue(), *(rows.filter(due_at__lt=now) for rows in (waiting, unanswered, tasks))]
    if mine_first(user):
        late, dead = [rows.filter(owner=user) for rows in late], dead.filter(loop__owner=user)
    asked: list[tuple[str, QuerySet[Any]]] = [
        *[("Today", rows) for rows in (*late, dead)],
        ("Inbox", unanswered),
        ("Insights", climbed.exclude(theme__rung=Rung.VOICE)),
        ("Switchyard", waiting),
        ("Loops", loops.open()),
        ("Portal", Channel.objects.filter(kind=Kind.PORTAL, closed_at=None)),
    ]
    counts: Counter[str] = Counter()
    first, *others = [_count(station, rows) for station, rows in asked]
    for station, count in first.union(*others, all=True).values_list("station", "count"):
        counts[station] += count
    unit = {"Insights": " new"}
    # Nobody asks how many portals there are; that there is none is what a colleague should know.
    closed = {} if counts.pop("Portal", 0) else {"Portal": ("closed", False)}
    return closed | {
        key: (f"{n:,}{unit.get(key, '')}", key in NEEDS_A_PERSON) for key, n in counts.items() if n
    }


def _count(station: str, rows: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    """One row, or none when there is nothing to count."""
    return rows.order_by().values(station=Value(station)).annotate(count=Count("pk", distinct=True))
