"""The systems that we speak to, and how it goes with each: what Settings and the API show.

Destinations of one kind at one address are one system (pace.py), whichever pivots lead there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from pivotpoint.enterprise.connectors import called, kinds, offers
from pivotpoint.enterprise.connectors.contract import Choices, Listens, Reads, Understands
from pivotpoint.enterprise.models import Pause
from pivotpoint.enterprise.pacing.pace import same_system
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Answer, Destination, Handoff, Pivot

State = Handoff.State
STATES = {
    "paused": "Paused",
    "rests": "Circuit open",
    "fails": "Failing",
    "unheard": "Cannot be asked",
    "stopped": "Hand-offs stopped",
    "well": "Well",
}
"""How a system is, and the words for it; the first that fits. A person is needed where it fails or stopped."""


@dataclass(frozen=True)
class Use:
    """One destination, with its pivot and its figures. `sent_at`: the last hand-off that arrived there."""

    destination: Destination
    waiting: int
    dead: int
    sent_at: datetime | None
    answered_at: datetime | None
    pause: Pause | None

    @property
    def unheard(self) -> str:
        """Why it could not be asked the last time, or nothing."""
        cursor = getattr(self.destination, "heard_up_to", None)
        return cursor.error if cursor else ""


@dataclass(frozen=True)
class System:
    """`id` is that of its first destination: any of them stands for the whole."""

    id: int
    kind: str
    label: str
    address: str
    answers: str
    uses: list[Use]

    @property
    def name(self) -> str:
        """What people call it: the names of its destinations."""
        return "; ".join(dict.fromkeys(use.destination.name for use in self.uses))

    @property
    def waiting(self) -> int:
        return sum(use.waiting for use in self.uses)

    @property
    def dead(self) -> int:
        return sum(use.dead for use in self.uses)

    @property
    def failures(self) -> int:
        return max(use.destination.failures for use in self.uses)

    @property
    def rests_until(self) -> datetime | None:
        """The circuit is open so long."""
        rests = _latest(use.destination.rests_until for use in self.uses)
        return rests if rests and rests > clock.now() else None

    @property
    def sent_at(self) -> datetime | None:
        return _latest(use.sent_at for use in self.uses)

    @property
    def answered_at(self) -> datetime | None:
        return _latest(use.answered_at for use in self.uses)

    @property
    def pause(self) -> Pause | None:
        return next((use.pause for use in self.uses if use.pause), None)

    @property
    def unheard(self) -> str:
        return next((use.unheard for use in self.uses if use.unheard), "")

    @property
    def state(self) -> str:
        fits = {
            "paused": self.pause,
            "rests": self.rests_until,
            "fails": self.failures,
            "unheard": self.unheard,
            "stopped": self.dead,
            "well": True,
        }
        return next(state for state in STATES if fits[state])

    @property
    def state_words(self) -> str:
        return STATES[self.state]


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def systems(user: Any, offered: Mapping[str, Choices] | None = None) -> list[System]:
    """Every system that an open pivot leads to, in the order in which they were connected. Four queries.

    `offered`: what each kind's settings may be, by kind; asked for here when it is not given.
    """
    pivots = Pivot.objects.visible_to(user).live()
    rows = Destination.objects.filter(pivot__in=pivots, closed_at=None)
    found = list(rows.select_related("pivot", "heard_up_to").order_by("pk"))
    pauses = _pauses()
    sent, answered = _sent(found), _answered(found)
    together: dict[tuple[str, str], list[Use]] = {}
    for each in found:
        waiting, dead, sent_at = sent.get(each.pk, (0, 0, None))
        place = _place(each)
        pause = pauses.get(place) or pauses.get((each.kind, f"#{each.pk}"))
        use = Use(each, waiting, dead, sent_at, answered.get(each.pk), pause)
        together.setdefault(place, []).append(use)
    said = offered or {kind: offers(kind) for kind, _ in together}
    return [_system(uses, said.get(kind, {})) for (kind, _), uses in together.items()]


def _place(destination: Destination) -> tuple[str, str]:
    """What destinations of one system have in common; one without an address is a system by itself."""
    return destination.kind, str(destination.config.get("url") or f"#{destination.pk}")


def _pauses() -> dict[tuple[str, str], Pause]:
    """The pauses that stand, by the system and by the destination: one that is moved elsewhere still rests."""
    rows = Pause.objects.standing().select_related("by", "destination").order_by("-pk")
    return {
        key: row
        for row in rows
        for key in (_place(row.destination), (row.destination.kind, f"#{row.destination_id}"))
    }


def _system(uses: list[Use], offered: Choices) -> System:
    first = uses[0].destination
    connector = kinds().get(first.kind)
    settings = dict(connector.CONFIG) if connector else {}
    told = (_called(key, first.config.get(key), offered) for key in ("url", *settings))
    address = next((word for word in told if word), "")
    return System(first.pk, first.kind, called(first.kind), address, _answers(first.kind), uses)


def _called(key: str, value: Any, offered: Choices) -> str:
    """A setting as people say it; nothing for what is not set, or has parts."""
    if not isinstance(value, str) or not value:
        return ""
    return dict(offered.get(key, ())).get(value, value)


def _answers(kind: str) -> str:
    """How we get to know what became of a hand-off: asked, told, both, or by people here or by letter."""
    connector = kinds().get(kind)
    asked = isinstance(connector, Listens | Reads)
    told = isinstance(connector, Understands) or bool(connector and connector.SIGNED)
    return "both" if asked and told else "asked" if asked else "told" if told else "people"


def _sent(found: Sequence[Destination]) -> dict[int, tuple[int, int, datetime | None]]:
    """Destination → waiting, stopped, and when one last arrived."""
    rows = Handoff.objects.filter(destination__in=[each.pk for each in found]).order_by()
    counted = rows.values("destination").annotate(
        waiting=Count("pk", filter=Q(state__in=(State.QUEUED, State.SENDING))),
        dead=Count("pk", filter=Q(state=State.DEAD)),
        last=Max("sent_at"),
    )
    return {row["destination"]: (row["waiting"], row["dead"], row["last"]) for row in counted}


def _answered(found: Sequence[Destination]) -> dict[int, datetime]:
    rows = Answer.objects.filter(handoff__destination__in=[each.pk for each in found]).order_by()
    counted = rows.values("handoff__destination").annotate(last=Max("at"))
    return {row["handoff__destination"]: row["last"] for row in counted}


def check_system(destination: Destination) -> list[str]:
    """What is wrong with its system, a sentence for each of its open destinations that cannot be reached; now."""
    rows = same_system(destination).filter(closed_at=None, pivot__closed_at=None).order_by("pk")
    sentences = [check_one(each) for each in rows.select_related("pivot__team__lead")]
    return [sentence for sentence in sentences if sentence]
