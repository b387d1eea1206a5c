"""What the worker does here."""

from pivotpoint.customers.suggest import find
from pivotpoint.jobs.beat import every

every("customers.suggest", seconds=10)(find)
