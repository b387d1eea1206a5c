"""What collaboration does when something happened before it."""

from __future__ import annotations

from pivotpoint.accounts.models import User
from pivotpoint.collaboration.leave import move_tasks
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import subscribe


def on_left(event: Event) -> None:
    successor = User.objects.filter(pk=event.data.get("successor")).first()
    move_tasks(User.objects.get(pk=event.subject_id), successor)


subscribe("accounts.user_left", on_left)
