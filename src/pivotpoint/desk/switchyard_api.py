"""The switchyard as a file, over the API. It stands here because it knows every kind of destination."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.enterprise.connectors import kinds
from pivotpoint.pivot.file import compare, take_in, write

router = Router()


class FileOut(Schema):
    """YAML; no secrets."""

    text: str


class FileIn(Schema):
    """`prune` closes the pivots that are not in it. `name` stands in the reason of each version."""

    text: str
    name: str = ""
    dry_run: bool = False
    prune: bool = False
    seen: bool = False
    """Whoever opens a gate with it has seen the warnings of the dry run; without it the answer is 409."""


class LineOut(Schema):
    """`pivot` is its name, or that of a calendar, of a standing answer or of the function of a rota (`of`)."""

    pivot: str
    does: str
    differences: list[str]
    warning: str
    of: str


class FileTakenOut(Schema):
    dry_run: bool
    changes: list[LineOut]


@router.get("/switchyard", response=FileOut, auth=needs_scope("pivot.view"))
def write_switchyard(request: Call) -> dict[str, str]:
    """All open pivots in their order, as one text."""
    return {"text": write()}


@router.put("/switchyard", response=FileTakenOut, auth=needs_scope("pivot.change"))
def take_in_switchyard(request: Any, said: FileIn) -> dict[str, Any]:
    """All of it or nothing; the same text again changes nothing. `dry_run` only says what would change."""
    if said.dry_run:
        lines = compare(said.text, prune=said.prune, kinds=kinds())
    else:
        lines = take_in(
            said.text, by=request.auth, name=said.name, prune=said.prune, kinds=kinds(), seen=said.seen
        )
    return {"dry_run": said.dry_run, "changes": [line.as_dict() for line in lines]}
