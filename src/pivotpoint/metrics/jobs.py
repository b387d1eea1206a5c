"""What the worker keeps counted for this stage."""

from pivotpoint.metrics import ledger as ledger  # declares a figure; the worker loads no pages
