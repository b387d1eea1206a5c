"""A pivot's playbook: the steps that become tasks of its loops."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.models import User
from pivotpoint.lib.shapes import Named
from pivotpoint.pivot import edit
from pivotpoint.pivot.api.pivots import seen_by
from pivotpoint.pivot.models import Pivot, PlaybookStep

router = Router()


class PlaybookStepIn(Schema):
    """`who`: owner (of the loop), lead (of `team`, a function's key; without one of the pivot's own) or person.

    `due_hours` count in the pivot's business hours from the acceptance; `checklist` has a thing to tick on each line.
    """

    text: str
    who: str = "owner"
    team: str | None = None
    person: int | None = None
    due_hours: int = 24
    checklist: str = ""
    answer: str = ""


class PlaybookStepOut(Schema):
    text: str
    who: str
    team: str | None
    person: Named | None
    due_hours: int
    checklist: str
    answer: str

    @staticmethod
    def resolve_team(step: PlaybookStep) -> str | None:
        return step.team.key if step.team else None


class PlaybookIn(Schema):
    steps: list[PlaybookStepIn]
    reason: str = ""
    over: int | None = None
    """As for PATCH /pivots/{pk}."""


def _steps(pivot: Pivot) -> list[PlaybookStep]:
    return list(pivot.playbook_steps.select_related("team", "person"))  # type: ignore[attr-defined]


@router.get("/pivots/{int:pk}/playbook", response=list[PlaybookStepOut], auth=needs_scope("pivot.view"))
def show_playbook(request: Call, pk: int) -> list[PlaybookStep]:
    """The playbook for loops that are accepted from now on. Open loops keep the playbook of their version."""
    return _steps(get_object_or_404(seen_by(request.auth), pk=pk))


@router.put("/pivots/{int:pk}/playbook", response=list[PlaybookStepOut], auth=needs_scope("pivot.change"))
def change_playbook(request: Call, pk: int, said: PlaybookIn) -> list[PlaybookStep]:
    """Replace the steps of the playbook. An empty list removes it."""
    pivot = get_object_or_404(seen_by(request.auth), pk=pk)
    steps = [step.dict() | {"person": _email(step.person)} for step in said.steps]
    edit.set_playbook(pivot, steps, by=request.auth, reason=said.reason, over=said.over)
    return _steps(pivot)


def _email(pk: int | None) -> str | None:
    return get_object_or_404(User.objects.active(), pk=pk).email if pk else None
