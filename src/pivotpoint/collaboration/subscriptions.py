"""What collaboration does when something happened before it."""

from __future__ import annotations

from pivotpoint.accounts.models import User
from pivotpoint.collaboration.leave import hand_over, move_tasks
from pivotpoint.collaboration.tasks import begin_playbook, follow_loop
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import subscribe


def on_left(event: Event) -> None:
    successor = User.objects.filter(pk=event.data.get("successor")).first()
    move_tasks(User.objects.get(pk=event.subject_id), successor)


def on_handed_over(event: Event) -> None:
    user, successor = (User.objects.get(pk=pk) for pk in (event.subject_id, event.data["successor"]))
    hand_over(user, successor, event.data["reason"])


def on_loop(event: Event) -> None:
    follow_loop(event.subject_id)


def on_moved(event: Event) -> None:
    follow_loop(event.subject_id)
    begin_playbook(event.subject_id)


subscribe("accounts.user_left", on_left)
subscribe("accounts.work_handed_over", on_handed_over)
subscribe("pivot.loop_moved", on_moved)
subscribe("pivot.loop_declined", on_loop)
subscribe("pivot.loop_closed", on_loop)
