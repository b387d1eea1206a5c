"""What pivot does by itself, again and again."""

from pivotpoint.jobs.beat import every
from pivotpoint.pivot import alarm, decide, escalate, follow, reserve, standing

every("pivot.decide", seconds=20)(decide.decide_all)
every("pivot.follow", seconds=30)(follow.follow_merged)
every("pivot.relieve", seconds=60)(standing.settle)
every("pivot.escalate", seconds=30)(escalate.escalate)
every("pivot.mail", seconds=10)(alarm.mail)
every("pivot.fall_back", seconds=5)(reserve.fall_back)
