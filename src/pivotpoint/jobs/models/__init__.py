from pivotpoint.jobs.models.figure import Figure
from pivotpoint.jobs.models.sweep import SweepRun

__all__ = ["Figure", "SweepRun"]
