"""The whole switchyard, business hours included, as one readable file: written, read back, compared, applied."""

from pivotpoint.pivot.file.read import read
from pivotpoint.pivot.file.take_in import Line, compare, take_in
from pivotpoint.pivot.file.write import write

__all__ = ["Line", "compare", "read", "take_in", "write"]
