"""Named hand-off points, their rules and gates, and the loops that travel through them.

In: insights that opened or climbed. Out: hand-offs for enterprise, stages for experiences. Records: pivot.matched,
pivot.loop_opened, pivot.loop_moved, pivot.loop_declined, pivot.loop_reopened, pivot.loop_closed, pivot.loop_overdue,
pivot.owner_changed, pivot.handoff_answered, pivot.handoff_died, pivot.changed.
"""
