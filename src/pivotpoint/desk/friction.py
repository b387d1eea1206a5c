"""The friction map: drawn on the line, and as tables; each number opens what is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pivotpoint.accounts.permissions import needs
from pivotpoint.desk.hops import words
from pivotpoint.pivot.bounces import KINDS
from pivotpoint.pivot.friction import PLACES, Friction, Hop, Queue, friction, queues
from pivotpoint.pivot.models import Pivot

PERIODS = {28: "Four weeks", 90: "90 days", 365: "A year"}
FIRST, STEP, LINE = 60.0, 145.0, 66.0
"""Where the first station stands, how far it is to the next, and the height of the line."""
WIDEST = 44.0
TOP, DOWN, CENTRE = 14.0, 92, 40.0
"""On a phone the line stands upright: where it begins, how far it is to the next station, and its middle."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One hop on the line: `width` is people, `owed` the part of it that is late."""

    hop: Hop
    x: float
    end: float
    width: float
    owed: float
    choke: bool
    links: dict[str, str]

    @property
    def top(self) -> float:
        return LINE - self.width / 2

    @property
    def y(self) -> float:
        """Where it begins when the line stands upright."""
        return TOP + DOWN * (self.x - FIRST) / STEP

    @property
    def foot(self) -> float:
        return self.y + DOWN

    @property
    def left(self) -> float:
        return CENTRE - self.width / 2

    @property
    def middle(self) -> float:
        return (self.x + self.end) / 2

    @property
    def took(self) -> str:
        return words(self.hop.mean)

    @property
    def half(self) -> str:
        return words(self.hop.median)

    @property
    def will_take(self) -> str:
        return words(self.hop.expected or None)


@dataclass(frozen=True, slots=True)
class Row:
    """One pivot of the table."""

    pivot: Pivot
    friction: Friction
    stretches: list[Stretch]
    bounced: list[tuple[int, str]]

    @property
    def waits(self) -> str:
        return words(self.friction.waits or None)

    @property
    def works(self) -> str:
        return words(self.friction.works or None)


@require_safe
@needs("pivot.view")
def friction_page(request: HttpRequest) -> HttpResponse:
    """All pivots together, or the one that `?pivot=` names."""
    rows = Pivot.objects.visible_to(request.user).live()
    pivots = {pivot.pk: pivot for pivot in rows.select_related("team", "owner")}
    days = _chosen(request, "days", PERIODS) or 90
    chosen = pivots.get(_chosen(request, "pivot", pivots))
    found = friction(list(pivots), days)
    scope = chosen.pk if chosen else None
    context = {
        "stretches": stretches(found[scope], days),
        "stations": stations(),
        "upright_stations": [(TOP + DOWN * place, name) for place, (_, name) in enumerate(stations())],
        "upright_height": int(2 * TOP + DOWN * len(PLACES)),
        "upright_step": DOWN,
        "friction": found[scope],
        "rows": [_row(pivot, found[pk], days) for pk, pivot in pivots.items()],
        "queues": [_whose(one, scope) for one in queues([scope] if scope else list(pivots))],
        "kinds": KINDS.items(),
        "pivots": pivots.values(),
        "chosen": chosen,
        "periods": PERIODS.items(),
        "days": days,
        "waits": words(found[scope].waits or None),
        "works": words(found[scope].works or None),
    }
    return render(request, "desk/friction.html", context)


def _whose(queue: Queue, pivot: int | None) -> tuple[Queue, dict[str, str]]:
    """With where its numbers lead."""
    of = {"owner": queue.owner.pk, "pivot": pivot or ""}
    return queue, {
        "loops": _loops(view="open", **of),
        "gates": _at_gate(**of),
        "late_loops": _loops(view="late", **of),
        "late_gates": _at_gate(late=1, **of),
    }


def _chosen(request: HttpRequest, name: str, known: Any) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 and int(value) in known else 0


def stations() -> list[tuple[float, str]]:
    names = [PLACES[0].start, *(place.end for place in PLACES)]
    return [(FIRST + place * STEP, name) for place, name in enumerate(names)]


def stretches(found: Friction, days: int) -> list[Stretch]:
    """The widest of the line is as wide as it may be; what is less is in proportion."""
    most = max([hop.people for hop in found.hops], default=0)
    return [_stretch(found, place, hop, most, days) for place, hop in enumerate(found.hops)]


def _stretch(found: Friction, place: int, hop: Hop, most: int, days: int) -> Stretch:
    width = max(2.0, WIDEST * hop.people / most) if hop.people else 2.0
    x = FIRST + place * STEP
    owed = width * hop.late / hop.wip if hop.wip and hop.people else 0.0
    choke = found.choke is hop
    return Stretch(hop, x, x + STEP, width, owed, choke, _links(found.pivot, hop, days))


def _links(pivot: int | None, hop: Hop, days: int) -> dict[str, str]:
    """Where each number leads: `now`, `late` and `done`."""
    if hop.place.key == "catch":
        return {"now": _insights(view="heard"), "done": _at_gate(pivot=pivot or "", caught=days)}
    if hop.place.key == "gate":
        here = {"pivot": pivot or ""}
        return {
            "now": _at_gate(**here),
            "late": _at_gate(late=1, **here),
            "done": _at_gate(decided=days, **here),
        }
    here = {"hop": hop.place.key, "pivot": pivot or ""}
    return {
        "now": _loops(view="open", **here),
        "late": _loops(view="late", **here),
        "done": _loops(view="all", left=hop.place.key, within=days, pivot=pivot or ""),
    }


def _loops(**asked: str | int) -> str:
    """The list of loops, narrowed."""
    return f"{reverse('desk:loops')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _insights(**asked: str | int) -> str:
    """The ladder, of all times."""
    said = {name: value for name, value in asked.items() if value}
    return f"{reverse('desk:insights')}?{urlencode({**said, 'period': ''})}"


def _at_gate(**asked: str | int) -> str:
    return _insights(view="gate", **asked)


def _row(pivot: Pivot, found: Friction, days: int) -> Row:
    kinds: Sequence[str] = ("loops", *KINDS)
    return Row(pivot, found, stretches(found, days), [_bounced(pivot, found, kind, days) for kind in kinds])


def _bounced(pivot: Pivot, found: Friction, kind: str, days: int) -> tuple[int, str]:
    return found.bounced[kind], _loops(view="all", bounced=kind, within=days, pivot=pivot.pk)
