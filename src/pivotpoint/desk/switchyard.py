"""The switchyard: where words go, how long they wait, what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.channels.models import Channel
from pivotpoint.desk import standing
from pivotpoint.desk.flows import flows
from pivotpoint.desk.hops import Hops, hops, words
from pivotpoint.desk.pivot_owned import owned
from pivotpoint.desk.yard import draw
from pivotpoint.enterprise.connectors import kinds, offers
from pivotpoint.experiences.honesty import honesty
from pivotpoint.insights.models import Insight
from pivotpoint.journal.models import Event
from pivotpoint.pivot import decide
from pivotpoint.pivot.conditions import describe
from pivotpoint.pivot.content import label, playbook
from pivotpoint.pivot.models import Gate, Passage, Pivot, Proposal
from pivotpoint.pivot.standing import may_limit

DID = {
    "pivot.gate_opened": "opened the gate",
    "pivot.owner_changed": "gave it another owner",
    "pivot.loops_moved": "moved open loops to another version",
}
SAID = {"closed_at": "closed", "secret": "signing secret"}
"""What fields are called that are no part of a version."""
PERIODS = {7: "This week", 28: "Four weeks", 90: "90 days"}


@require_safe
@needs("pivot.view")
def switchyard_page(request: HttpRequest) -> HttpResponse:
    return _page(request, None)


@require_safe
@needs("pivot.view")
def pivot_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, with this pivot below."""
    return _page(request, get_object_or_404(Pivot.objects.visible_to(request.user), pk=pk))


def _page(request: HttpRequest, chosen: Pivot | None) -> HttpResponse:
    user: Any = request.user
    days = request.GET.get("days", "")
    period = int(days) if days.isdecimal() and int(days) in PERIODS else 28
    rows = Pivot.objects.visible_to(user).live().select_related("team", "owner")
    pivots = list(rows.prefetch_related("destinations", "rules"))
    taken = hops([*pivots, *([chosen] if chosen else [])])
    figures = flows(period)
    yard = draw(figures, Channel.objects.visible_to(user), pivots, taken, chosen.pk if chosen else 0)
    context = {
        "pivots": [_line(pivot, taken[pivot.pk], figures.people(pivot.pk)) for pivot in pivots],
        "flows": figures,
        "yard": yard,
        "honesty": honesty(),
        "by_severity": any(len(pivot.gates_now()) > 1 for pivot in pivots),
        "periods": PERIODS.items(),
        "period": period,
        "period_name": PERIODS[period],
        "proposals": Proposal.objects.visible_to(user).open().count(),
        "asks": standing.asks(pivots, user),
        "uncovered": _uncovered() if user.may("insight.change") else 0,
        "chosen": _panel(chosen, taken[chosen.pk], user) if chosen else None,
    }
    return render(request, "desk/switchyard.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """One pivot of the table."""

    pivot: Pivot
    hops: Hops
    people: int
    goals: str
    times: list[tuple[str, bool]]


def _line(pivot: Pivot, taken: Hops, people: int) -> Line:
    goals = [one.name for one in pivot.destinations.all() if one.closed_at is None]
    gone = (
        "collected only" if pivot.gates_now() == {"": Gate.CLOSED} else ", ".join(goals) or "its owner only"
    )
    return Line(pivot, taken, people, gone, _times(pivot, taken))


def _times(pivot: Pivot, taken: Hops) -> list[tuple[str, bool]]:
    """Accepted, delivered, told in; and whether that is over the target."""
    hours = [
        (taken.accept_hours, pivot.accept_hours),
        (taken.deliver_hours, pivot.act_hours),
        (taken.tell_hours, pivot.tell_hours),
    ]
    return [(words(took, taken.business), took is not None and took > target) for took, target in hours]


def _uncovered() -> int:
    """Insights that no pivot's rules catch."""
    return decide.uncovered().count()


def _panel(pivot: Pivot, taken: Hops, user: Any) -> dict[str, Any]:
    """Rules, gate, targets, both sides, destinations, history of one pivot."""
    waiting = Passage.objects.visible_to(user).waiting().filter(pivot=pivot)
    decided = taken.decided
    targets = [
        ("Pass the gate", taken.gate_hours, pivot.pass_hours),
        ("Accept", taken.accept_hours, pivot.accept_hours),
        ("Deliver", taken.deliver_hours, pivot.act_hours),
        ("Tell", taken.tell_hours, pivot.tell_hours),
    ]
    return {
        "pivot": pivot,
        "owned": owned(pivot),
        "asks": standing.asks([pivot], user),
        "may_limit": may_limit(pivot, user),
        "standing": standing.lines(pivot.standing_answers.filter(ended_at=None), user),  # type: ignore[attr-defined]
        "playbook": playbook.lines(pivot),
        "rules": [(describe(rule), rule.excludes) for rule in pivot.rules.all()],
        "hops": taken,
        "waiting": list(waiting.select_related("insight__theme", "owner").order_by("due_at")[:10]),
        "targets": [
            (label, words(took, taken.business), words(target, taken.business), bool(took and took > target))
            for label, took, target in targets
        ],
        "friction": words(sum(took for _, took, _ in targets if took) or None, taken.business),
        "could_open": pivot.gate == "checked" and decided >= 10 and taken.passed >= 0.9 * decided,
        "destinations": list(pivot.destinations.filter(closed_at=None).select_related("heard_up_to")),
        "kinds": kinds() if user.may("pivot.change") else {},
        "choices": {kind: offers(kind) for kind in kinds()} if user.may("pivot.change") else {},
        "signed": [kind for kind, connector in kinds().items() if connector.SIGNED],
        "keyed": [kind for kind, connector in kinds().items() if connector.KEY],
        "history": [(event, _did(event)) for event in Event.objects.about(pivot).order_by("-at")[:12]],
        "collected": Insight.objects.filter(passages__pivot=pivot, passages__state="collected").count(),
    }


def _did(event: Event) -> str:
    """What an event about a pivot says was done, in the words of the pages."""
    data = event.data
    if event.name != "pivot.changed":
        return DID.get(event.name, event.name.partition(".")[2].replace("_", " "))
    if data.get("made"):
        return "made this pivot"
    what = [label(SAID.get(name, name)).lower() for name in data.get("fields", ())]
    what += ["rules"] if data.get("rules") else []
    return f"changed {', '.join(what) or 'nothing'}"
