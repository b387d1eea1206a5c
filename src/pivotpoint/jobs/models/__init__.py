from pivotpoint.jobs.models.figure import Figure
from pivotpoint.jobs.models.sweep import SweepDay, SweepRun

__all__ = ["Figure", "SweepDay", "SweepRun"]
