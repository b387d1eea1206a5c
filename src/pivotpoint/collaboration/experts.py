"""Propose experts: colleagues who decided, acted or commented on similar insights before, with the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Value

from pivotpoint.accounts.models import User
from pivotpoint.collaboration.models import Comment, Decision, Task
from pivotpoint.collaboration.nearby import nearby
from pivotpoint.collaboration.room import Room, enter
from pivotpoint.insights.models import Insight, Theme
from pivotpoint.insights.similar import similar
from pivotpoint.pivot.models import Stage, StageMove

LOOK_AT = 8
"""So many similar insights are asked."""

DEEDS = {"decided": 4, "finished a task": 3, "moved the loop": 2, "commented": 1}
"""How much each deed says about knowing the matter."""

TOLD = 2
"""So many of them are named as the reason, the weightiest first."""


@dataclass(frozen=True)
class Proposal:
    """`reason` is a sentence without its full stop."""

    user: User
    reason: str


@dataclass(frozen=True)
class Deed:
    """What a user did on one similar insight, and how often."""

    user: int
    insight: int
    kind: str
    times: int


def find(insight: Insight, user: User, limit: int = 3) -> list[Proposal]:
    """The colleagues to propose to `user`."""
    return propose(insight, similar(insight.theme, LOOK_AT, seen_by=user), enter(insight, user), limit)


def propose(
    insight: Insight, alike: Sequence[tuple[Theme, float]], room: Room, limit: int = 3
) -> list[Proposal]:
    """Those most active on similar insights who have not left, may see this one and are not in its room yet.

    `alike` are the `LOOK_AT` nearest themes.
    """
    near = nearby(insight, alike, LOOK_AT)
    titles = {each.pk: each.theme.title for each in near}
    by_user: dict[int, list[Deed]] = defaultdict(list)
    for deed in _deeds(list(titles)):
        by_user[deed.user].append(deed)
    for present in _present(room):
        by_user.pop(present, None)
    users = User.objects.active().in_bulk(list(by_user))
    ranked = sorted(users, key=lambda pk: (-_weight(by_user[pk]), pk))
    sees = (pk for pk in ranked if users[pk].may("room.write") and _sees(users[pk], insight))
    chosen = [pk for pk, _ in zip(sees, range(limit), strict=False)]
    return [Proposal(users[pk], _reason(by_user[pk], titles)) for pk in chosen]


def _sees(user: User, insight: Insight) -> bool:
    return user.role != "partner" or Insight.objects.visible_to(user).filter(pk=insight.pk).exists()


def _deeds(insights: list[int]) -> Iterable[Deed]:
    """One query for all kinds."""
    acted = (Stage.ACCEPTED, Stage.CHANGING, Stage.DELIVERED)
    moves = StageMove.objects.filter(loop__insight__in=insights, actor_kind="user", stage__in=acted)
    rows: dict[str, QuerySet] = {
        "decided": Decision.objects.filter(insight__in=insights).values(who=F("by"), what=F("insight")),
        "finished a task": Task.objects.filter(insight__in=insights)
        .exclude(done_by=None)
        .values(who=F("done_by"), what=F("insight")),
        "moved the loop": moves.values(who=F("actor_id"), what=F("loop__insight")),
        "commented": Comment.objects.filter(insight__in=insights).values(who=F("author"), what=F("insight")),
    }
    counted = (
        found.annotate(kind=Value(kind), times=Count("pk"))
        .order_by()
        .values_list("who", "what", "kind", "times")
        for kind, found in rows.items()
    )
    first, *others = counted
    return [Deed(*row) for row in first.union(*others, all=True)]


def _present(room: Room) -> set[int]:
    """Who is in the room already, or was asked."""
    return {comment.author_id for comment in room.comments} | {asked.user_id for asked in room.invitations}


def _weight(deeds: list[Deed]) -> int:
    return sum(DEEDS[deed.kind] * deed.times for deed in deeds)


def _reason(deeds: list[Deed], titles: dict[int, str]) -> str:
    """ "Decided 3 times and commented once about “Refund does not arrive” and 1 more"."""
    times: Counter[str] = Counter()
    about: Counter[int] = Counter()
    for deed in deeds:
        times[deed.kind] += deed.times
        about[deed.insight] += DEEDS[deed.kind] * deed.times
    did = " and ".join([_often(kind, times[kind]) for kind in DEEDS if times[kind]][:TOLD])
    top = about.most_common(1)[0][0]
    more = f" and {len(about) - 1} more" if len(about) > 1 else ""
    return f"{did[:1].upper()}{did[1:]} about “{titles[top]}”{more}"


def _often(kind: str, times: int) -> str:
    count = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return f"{kind} {count}"
