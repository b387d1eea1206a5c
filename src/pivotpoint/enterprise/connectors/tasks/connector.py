"""The team's own task list in the product."""

from __future__ import annotations

import re

from django.conf import settings
from django.db.models import Value

from pivotpoint.accounts.models import Team, User
from pivotpoint.collaboration import tasks
from pivotpoint.collaboration.models import Task
from pivotpoint.enterprise.connectors.contract import MappingError, Sent, There
from pivotpoint.pivot.models import Destination, Handoff

LABEL = "Task list of a function"
CONFIG = {"team": "Function", "owner": "Owner of its tasks"}


def offers() -> dict[str, list[tuple[str, str]]]:
    """The functions and the colleagues that are here; one query."""
    found: dict[str, list[tuple[str, str]]] = {
        "team": [("", "The pivot's function")],
        "owner": [("", "The function's lead")],
    }
    functions = Team.objects.order_by().values_list(Value("team"), "key", "name")
    here = User.objects.active().order_by().values_list(Value("owner"), "email", "name")
    for setting, value, name in sorted(functions.union(here, all=True), key=lambda row: row[2].lower()):
        found[setting].append((value, name))
    return found


SIGNED = False
KEY = ""
FORGETS = False
_NUMBER = re.compile(r"(?:.*#)?(?:task[ -]?)?(\d{1,18})", re.IGNORECASE)


def check(destination: Destination) -> None:
    _team(destination)
    _named(destination)


def deliver(handoff: Handoff, destination: Destination) -> Sent:
    """The owner is the one named, else the team's lead, else the loop's owner: always somebody who is here."""
    team = _team(destination)
    lead = team.lead if team.lead and team.lead.left_at is None else None
    task = tasks.from_handoff(handoff, team, _named(destination) or lead or handoff.loop.owner)
    return Sent(f"task {task.pk}", _url(task), "added", record=str(task.pk))


def find_record(destination: Destination, reference: str) -> There:
    """An open task of the same team, by its number ("task 7", its address) or its whole title."""
    said, team = reference.strip(), _team(destination)
    rows = Task.objects.open().filter(team=team)
    number = _NUMBER.fullmatch(said)
    by_number = rows.filter(pk=int(number[1])) if number else rows.none()
    found = list(by_number[:1] or rows.filter(title__iexact=said)[:2])
    if not found:
        raise MappingError(f"{team} has no open task “{said[:80]}”.")
    if len(found) > 1:
        raise MappingError(f"{team} has several open tasks “{said[:80]}”; name its number.")
    task = found[0]
    return There(str(task.pk), f"task {task.pk}", _url(task), task.loop_id or 0)


def bind(handoff: Handoff, record: str) -> None:
    tasks.take_up(Task.objects.get(pk=record), handoff)


def _url(task: Task) -> str:
    place = f"/insights/{task.insight_id}/" if task.insight_id else "/"
    return f"{settings.SITE_URL}{place}#task-{task.pk}"


def _team(destination: Destination) -> Team:
    key = destination.config.get("team")
    team = Team.objects.filter(key=key).select_related("lead").first() if key else destination.pivot.team
    if team is None:
        raise MappingError(f"There is no function “{key}”.")
    return team


def _named(destination: Destination) -> User | None:
    email = destination.config.get("owner", "").strip().lower()
    if not email:
        return None
    user = User.objects.get_queryset().filter(email=email).first()
    if user is None:
        raise MappingError(f"Nobody here has the e-mail address {email}.")
    if user.left_at or not user.is_active:
        raise MappingError(f"{user} ({email}) has left; name somebody else as the owner of its tasks.")
    return user
