"""The sweeper."""

from pivotpoint.jobs.beat import every
from pivotpoint.journal.record import sweep

every("journal.sweep", seconds=2)(sweep)
