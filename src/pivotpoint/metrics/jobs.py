"""What the worker keeps counted for this stage."""

from pivotpoint.metrics import effort as effort  # declare figures; the worker loads no pages
from pivotpoint.metrics import ledger as ledger
