"""Choose who answers: agents in turn, then the lead, then an administrator."""

from __future__ import annotations

from itertools import cycle, islice

from django.db.models import QuerySet

from pivotpoint.accounts.models import Role, User
from pivotpoint.channels.models import Conversation
from pivotpoint.lib.prepared import Prepared


def answering() -> list[int]:
    """Those who take their turn: the agents of service, else all agents, else leads, else administrators."""
    staff = _staff()
    groups = (
        [pk for pk, role, team in staff if role == Role.AGENT and team == "service"],
        *([pk for pk, role, _ in staff if role == wanted] for wanted in (Role.AGENT, Role.LEAD)),
        [pk for pk, role, _ in staff if role == Role.ADMINISTRATOR],
    )
    return next((group for group in groups if group), [])


@Prepared
def _staff() -> QuerySet[User, tuple[int, str, str | None]]:
    rows = User.objects.active().filter(role__in=(Role.AGENT, Role.LEAD, Role.ADMINISTRATOR))
    return rows.order_by("pk").values_list("pk", "role", "team__key")


@Prepared
def _last_owner() -> QuerySet[Conversation, tuple[int]]:
    return Conversation.objects.order_by("-pk").values_list("owner_id")[:1]


def next_owners(count: int) -> list[int]:
    """`count` owners in turn, beginning after the one who got the last conversation; [] when nobody can answer."""
    group = answering()
    if not group or not count:
        return []
    last = next((owner for (owner,) in _last_owner()), None)
    start = (group.index(last) + 1) % len(group) if last in group else 0
    return list(islice(cycle(group), start, start + count))
