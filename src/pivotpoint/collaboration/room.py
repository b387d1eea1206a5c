"""An insight's room: what was said, decided and asked there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from pivotpoint.accounts.models import User
from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.collaboration.mentions import mentioned
from pivotpoint.collaboration.models import Comment, Decision, Invitation, Task
from pivotpoint.insights.models import Insight
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.pivot.refused import Refused

LONGEST = 10_000
MERGED = """
    WITH RECURSIVE gone (id) AS (
        SELECT id FROM insights_theme WHERE merged_into_id = %s
        UNION SELECT theme.id FROM insights_theme theme JOIN gone ON theme.merged_into_id = gone.id
    ) SELECT id FROM gone"""


@dataclass(frozen=True)
class Room:
    """Everything of one insight, and of those that were merged into it."""

    comments: list[Comment]
    decisions: list[Decision]
    tasks: list[Task]
    invitations: list[Invitation]


def enter(insight: Insight, user: User) -> Room:
    """Everything that `user` may see in the room, oldest first."""
    ids = with_merged(insight)
    comments = Comment.objects.filter(insight__in=ids).select_related("author")
    decisions = Decision.objects.filter(insight__in=ids).select_related("by")
    tasks = Task.objects.visible_to(user).filter(insight__in=ids).select_related("owner", "team", "done_by")
    invitations = Invitation.objects.filter(insight__in=ids).select_related("user", "by").order_by("pk")
    return Room(list(comments), list(decisions), list(tasks), list(invitations))


def with_merged(insight: Insight) -> list[int]:
    """The ids of this insight and of all merged into it. Rooms are joined only when read, so that undoing a merge
    separates them."""
    with connection.cursor() as cursor:
        cursor.execute(MERGED, [insight.pk])
        return [insight.pk, *(pk for (pk,) in cursor.fetchall())]


@transaction.atomic
def comment(insight: Insight, text: str, *, by: Any) -> Comment:
    """Add a comment; users named with @ find it on their Today page (`unanswered`)."""
    demand(by, "room.write")
    text = _said(text, LONGEST)
    written = Comment.objects.create(insight=insight, author=user_of(by), text=text)
    named = mentioned(text, insight)
    written.mentions.set(named)
    ids = [user.pk for user in named]
    record("collaboration.commented", insight, by=by, comment=written.pk, mentions=ids)
    _joined(insight, by)
    return written


@transaction.atomic
def decide(insight: Insight, text: str, *, by: Any) -> Decision:
    """Record a decision, apart from the comments."""
    demand(by, "room.write")
    made = Decision.objects.create(insight=insight, text=_said(text, 500), by=user_of(by))
    record("collaboration.decided", insight, by=by, decision=made.pk)
    _joined(insight, by)
    return made


def _said(text: str, longest: int) -> str:
    text = text.strip()
    if not text or len(text) > longest:
        raise Refused(f"Write 1 to {longest:,} characters; this has {len(text):,}.")
    return text


@transaction.atomic
def invite(insight: Insight, user: User, reason: str, *, by: Any) -> Invitation:
    """Invite an expert into the room. Inviting again changes nothing."""
    demand(by, "room.write")
    if user.left_at or not user.is_active:
        raise Refused(f"{user} has left; ask somebody else.")
    if not Insight.objects.visible_to(user).filter(pk=insight.pk).exists():
        raise Refused(f"{user} may not see this insight.")
    asked, new = Invitation.objects.get_or_create(
        insight=insight, user=user, defaults={"reason": reason[:300], "by": user_of(by)}
    )
    if new:
        record("collaboration.asked", insight, by=by, user=user.pk, reason=reason[:300])
    return asked


def _joined(insight: Insight, by: Any) -> None:
    """Whoever was asked and writes has answered."""
    asked = Invitation.objects.filter(insight=insight, user=user_of(by), answered_at=None)
    if asked.update(answered_at=clock.now()):
        record("collaboration.joined", insight, by=by)


def unanswered(user: User) -> QuerySet[Comment]:
    """Comments that name `user`, in rooms where they have written nothing since: for their Today page."""
    later = Comment.objects.filter(insight=OuterRef("insight"), author=user, at__gte=OuterRef("at"))
    named = Comment.objects.filter(mentions=user).exclude(author=user).exclude(Exists(later))
    return named.select_related("author", "insight__theme").order_by("-at")


def waiting_for(user: User) -> QuerySet[Invitation]:
    """Rooms that `user` was asked into and has not written in."""
    asked = Invitation.objects.filter(user=user, answered_at=None)
    return asked.select_related("insight__theme", "by").order_by("-at")
