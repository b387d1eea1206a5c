"""What collaboration records. The subject is the insight."""

from __future__ import annotations

from pivotpoint.journal.record import register

register("collaboration.commented", "Somebody wrote in an insight's room; data.mentions are the users named.")
register("collaboration.decided", "A decision was written down.")
register("collaboration.task_added", "A task was given to somebody, with a due date.")
register("collaboration.task_moved", "A task has another owner.")
register("collaboration.task_taken_up", "A task that was there already goes on as the task of a hand-off.")
register("collaboration.task_done", "A task was finished.")
register("collaboration.asked", "Somebody was asked into a room, with the reason.")
register("collaboration.joined", "Somebody who had been asked wrote in the room.")
