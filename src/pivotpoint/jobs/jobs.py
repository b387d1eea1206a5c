"""The sweep of the layer itself."""

from pivotpoint.jobs.beat import every
from pivotpoint.jobs.kept import refresh

every("jobs.refresh_figures", seconds=5)(refresh)
