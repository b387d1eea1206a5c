"""Who belongs into an insight's room there: the people gathered around it here, as far as they said their name."""

from __future__ import annotations

from django.db.models import Q

from pivotpoint.accounts.models import User
from pivotpoint.collaboration.models import Comment, Decision, Invitation, Task
from pivotpoint.enterprise.models import CommunityRoom
from pivotpoint.insights.models import Insight
from pivotpoint.pivot.models import Loop


def community(room: CommunityRoom, ids: list[int]) -> dict[int, str]:
    """User → name there: whoever opened the room, spoke, decided, was asked, has a task, or owns an open loop."""
    in_it = (
        Q(pk=room.opened_by_id)
        | Q(pk__in=Comment.objects.filter(insight__in=ids).values("author"))
        | Q(pk__in=Decision.objects.filter(insight__in=ids).values("by"))
        | Q(pk__in=Invitation.objects.filter(insight__in=ids).values("user"))
        | Q(pk__in=Task.objects.filter(insight__in=ids).values("owner"))
        | Q(pk__in=Loop.objects.open().filter(insight__in=ids).values("owner"))
    )
    users = User.objects.active().filter(in_it, room_name__isnull=False).select_related("room_name", "team")
    return {user.pk: user.room_name.name for user in users if may_talk(user, room.insight)}


def may_talk(user: User, insight: Insight) -> bool:
    return user.may("room.write") and Insight.objects.visible_to(user).filter(pk=insight.pk).exists()
