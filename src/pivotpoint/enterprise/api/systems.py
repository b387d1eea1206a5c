"""The systems behind the destinations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router, Schema, Status

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.permissions import user_of
from pivotpoint.enterprise.api.destinations import destination_of
from pivotpoint.enterprise.pacing import pause
from pivotpoint.enterprise.systems import systems

router = Router()


class SystemUseOut(Schema):
    """One destination, and the pivot that leads to it."""

    destination: int
    name: str
    pivot: int
    waiting: int
    dead: int

    @staticmethod
    def resolve_destination(use: Any) -> int:
        return int(use.destination.pk)

    @staticmethod
    def resolve_name(use: Any) -> str:
        return str(use.destination.name)

    @staticmethod
    def resolve_pivot(use: Any) -> int:
        return int(use.destination.pivot_id)


class SystemOut(Schema):
    """`id` is that of its first destination. `state`: paused, rests (the circuit is open), fails, unheard, stopped or
    well; `answers`: asked, told, both, or people. `sent_at`: the last hand-off that arrived there.
    """

    id: int
    name: str
    kind: str
    address: str
    state: str
    answers: str
    waiting: int
    dead: int
    failures: int
    rests_until: datetime | None
    sent_at: datetime | None
    answered_at: datetime | None
    unheard: str
    paused_at: datetime | None
    uses: list[SystemUseOut]

    @staticmethod
    def resolve_paused_at(system: Any) -> datetime | None:
        return system.pause.at if system.pause else None


class PauseIn(Schema):
    why: str = ""


@router.get("/systems", response=list[SystemOut], auth=needs_scope("pivot.change"))
def list_systems(request: Call) -> list[systems.System]:
    """Every system that an open pivot delivers to. Destinations of one kind at one address are one system."""
    return systems.systems(user_of(request.auth))


@router.post("/systems/{int:pk}/check", response=list[str], auth=needs_scope("pivot.change"))
def check_system(request: Call, pk: int) -> list[str]:
    """Check a system: one sentence for each of its destinations that cannot be reached now."""
    return systems.check_system(destination_of(request, pk))


@router.post("/systems/{int:pk}/pause", response={204: None}, auth=needs_scope("pivot.change"))
def pause_system(request: Call, pk: int, said: PauseIn) -> Status[None]:
    """Pause a system: nothing is sent to it and it is not polled; what is for it waits."""
    pause.pause(destination_of(request, pk), by=request.auth, why=said.why)
    return Status(204, None)


@router.delete("/systems/{int:pk}/pause", response={204: None}, auth=needs_scope("pivot.change"))
def resume_system(request: Call, pk: int) -> Status[None]:
    """Resume a paused system: what waited is sent, and it is polled again."""
    pause.resume(destination_of(request, pk), by=request.auth)
    return Status(204, None)
