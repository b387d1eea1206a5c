"""The team's own task list in the product."""

from __future__ import annotations

from django.conf import settings

from pivotpoint.accounts.models import Team, User
from pivotpoint.collaboration import tasks
from pivotpoint.enterprise.connectors.contract import MappingError, Sent
from pivotpoint.pivot.models import Destination, Handoff

LABEL = "Task list of a team"
CONFIG = {
    "team": "Team (empty: the pivot's team)",
    "owner": "E-mail address of the task's owner (may be empty)",
}
SIGNED = False
KEY = ""
FORGETS = False


def check(destination: Destination) -> None:
    _team(destination)
    _named(destination)


def deliver(handoff: Handoff, destination: Destination) -> Sent:
    """The owner is the one named, else the team's lead, else the loop's owner: always somebody who is here."""
    team = _team(destination)
    lead = team.lead if team.lead and team.lead.left_at is None else None
    task = tasks.from_handoff(handoff, team, _named(destination) or lead or handoff.loop.owner)
    url = f"{settings.SITE_URL}/insights/{handoff.loop.insight_id}/#task-{task.pk}"
    return Sent(f"task {task.pk}", url, "added")


def _team(destination: Destination) -> Team:
    key = destination.config.get("team")
    team = Team.objects.filter(key=key).select_related("lead").first() if key else destination.pivot.team
    if team is None:
        raise MappingError(f"There is no team “{key}”.")
    return team


def _named(destination: Destination) -> User | None:
    email = destination.config.get("owner", "").strip().lower()
    if not email:
        return None
    user = User.objects.active().filter(email=email).first()
    if user is None:
        raise MappingError(f"Nobody here has the e-mail address {email}.")
    return user
