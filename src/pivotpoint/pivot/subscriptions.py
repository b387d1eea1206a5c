"""What pivot does when something happened before it."""

from __future__ import annotations

from pivotpoint.accounts.models import User
from pivotpoint.customers.erase import before_erasing
from pivotpoint.insights.alerts.judge import taken_up
from pivotpoint.insights.models import ThemeAction
from pivotpoint.journal.actor import Actor
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import subscribe, with_waiting
from pivotpoint.pivot import erased, follow, passages
from pivotpoint.pivot import reread as reread  # declares a part of the report on a history read anew
from pivotpoint.pivot import taken_back as taken_back  # declares what taking an import back would touch
from pivotpoint.pivot.decide import decide_these
from pivotpoint.pivot.leave import hand_over, move_work


def on_insight(event: Event) -> None:
    """Opened or climbed: its pivot, if any, takes it. The subject is the insight or its theme: they share the id.

    A count lets many climb at once, so the rules are asked once for all of them.
    """
    decide_these({one.subject_id for one in with_waiting(event, on_insight)})


def on_merged(event: Event) -> None:
    follow.follow_merged()


def on_foreign(event: Event) -> None:
    passages.hold_foreign(event.subject_id, event.actor_id if event.actor_kind == "user" else None)


def on_undone(event: Event) -> None:
    if event.data["kind"] == ThemeAction.Kind.FOREIGN:
        passages.let_stand(event.subject_id)
    follow.come_back()


def on_loop_opened(event: Event) -> None:
    taken_up(event.data["insight"], event.at)


def on_left(event: Event) -> None:
    user = User.objects.get(pk=event.subject_id)
    move_work(user, User.objects.filter(pk=event.data.get("successor")).first())


def on_handed_over(event: Event) -> None:
    user, successor = (User.objects.get(pk=pk) for pk in (event.subject_id, event.data["successor"]))
    actor = Actor(event.actor_kind, event.actor_id, event.actor_name)
    hand_over(user, successor, by=actor, reason=event.data["reason"])


def on_changed(event: Event) -> None:
    move_work(User.objects.get(pk=event.subject_id), None)


for name in ("insights.opened", "insights.became_pattern", "insights.became_trend"):
    subscribe(name, on_insight)
subscribe("pivot.loop_opened", on_loop_opened)
subscribe("insights.merged", on_merged)
subscribe("insights.not_about_us", on_foreign)
subscribe("insights.undone", on_undone)
subscribe("accounts.user_left", on_left)
subscribe("accounts.work_handed_over", on_handed_over)
subscribe("accounts.user_changed", on_changed)
before_erasing(erased.forget)
