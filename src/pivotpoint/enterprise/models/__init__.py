from pivotpoint.enterprise.models.counterpart import Counterpart
from pivotpoint.enterprise.models.cursor import Cursor

__all__ = ["Counterpart", "Cursor"]
