"""A pivot's playbook as data: an ordered list of steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.accounts.models import Team, User
from pivotpoint.pivot import expected
from pivotpoint.pivot.content import columns
from pivotpoint.pivot.content.difference import changes
from pivotpoint.pivot.content.parts import Part
from pivotpoint.pivot.models import Pivot, PlaybookStep
from pivotpoint.pivot.owners import demand_able
from pivotpoint.pivot.refused import Refused

KEY = "playbook"
MOST, LONGEST = 20, 24 * 365
WITHOUT = ("position",)
Who = PlaybookStep.Who


def read(pivot: Pivot) -> list[dict[str, Any]]:
    steps = pivot.playbook_steps.all()
    return [{"text": step.text, "who": step.who} | columns.read(step, WITHOUT) for step in steps]


def write(pivot: Pivot, wanted: Any) -> None:
    """Replace the steps. Loops that have begun keep the playbook that they began with (their version's)."""
    wanted = expected.mappings(wanted, "playbook is a list of steps, each with text, who and due_hours.")
    if wanted == read(pivot):
        return
    if len(wanted) > MOST:
        raise Refused(f"A playbook has {MOST} steps at most; make two pivots of it.")
    rows = [_row(pivot, one, position) for position, one in enumerate(wanted)]
    PlaybookStep.objects.filter(pivot=pivot).delete()
    PlaybookStep.objects.bulk_create(rows)


def _row(pivot: Pivot, wanted: Mapping[str, Any], position: int) -> PlaybookStep:
    where = f"Step {position + 1}"
    expected.demand_known(wanted, columns.fields(PlaybookStep, WITHOUT), where)
    if not str(wanted.get("text") or "").strip():
        raise Refused(f"{where}: say what is to be done.")
    if wanted.get("who", Who.OWNER) not in Who.values:
        raise Refused(f"{where}: “{wanted['who']}” is nobody; there are {', '.join(Who.values)}.")
    row = PlaybookStep(pivot=pivot, position=position)
    with expected.at(where):
        columns.write(row, wanted, WITHOUT)
        _settle(row)
    return row


def _settle(row: PlaybookStep) -> None:
    """What goes with who does it, and nothing else."""
    if row.due_hours > LONGEST:
        raise Refused("it is due within a year.")
    row.team = row.team if row.who == Who.LEAD else None
    if row.who != Who.PERSON:
        row.person = None
    elif row.person is None:
        raise Refused("say which person does it.")
    else:
        demand_able(row.person)


def words(old: Any, new: Any) -> list[str]:
    """“Playbook 2: Call the bank (the loop's owner, 8 h) → …”; what moved is dropped at one place and new at another."""
    was, now = ([sentence(step) for step in each or []] for each in (old, new))
    return changes(was, now, "Playbook", dropped="Playbook step")


def lines(pivot: Pivot) -> list[str]:
    """Each step as it is now, in words. One query."""
    rows = PlaybookStep.objects.filter(pivot=pivot).select_related("team", "person")
    return [
        sentence(columns.read(row, WITHOUT), _named(row.who, str(row.team or ""), str(row.person or "")))
        for row in rows
    ]


def sentence(step: Mapping[str, Any], whom: str = "") -> str:
    """What, who, by when, and what else it brings: “Call the bank (the loop's owner, 8 h; 3 to tick; words)”."""
    ticks = len(str(step.get("checklist") or "").split("\n")) if step.get("checklist") else 0
    more = [f"{ticks} to tick"] if ticks else []
    if step.get("answer"):
        words = " ".join(str(step["answer"]).split())
        more.append(f"“{words[:40]}{'…' if len(words) > 40 else ''}”")
    first = f"{whom or _whom(step)}, {step.get('due_hours', 24)} h"
    return f"{step.get('text')} ({'; '.join([first, *more])})"


def _whom(step: Mapping[str, Any]) -> str:
    """By the names of today, where those people and functions are still known."""
    team, person = step.get("team"), step.get("person")
    named = Team.objects.filter(key=team).values_list("name", flat=True).first() if team else ""
    called = User.objects.filter(email=person).values_list("name", flat=True).first() if person else ""
    return _named(step.get("who", Who.OWNER), named or team or "", called or person or "")


def _named(who: str, team: str, person: str) -> str:
    if who == Who.LEAD:
        return f"the lead of {team}" if team else "the function's lead"
    return person if who == Who.PERSON else "the loop's owner"


PART = Part(
    KEY,
    read,
    write,
    words,
    default=[],
    label="Playbook",
    rows=("playbook_steps__team", "playbook_steps__person"),
)
