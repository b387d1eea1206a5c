from pivotpoint.jobs.models.sweep import SweepRun

__all__ = ["SweepRun"]
