"""The sweeps that gather and consolidate."""

from pivotpoint.insights.consolidate import consolidate
from pivotpoint.insights.gather import gather
from pivotpoint.jobs.beat import every

every("insights.gather", seconds=1)(gather)
every("insights.consolidate", seconds=5)(consolidate)
