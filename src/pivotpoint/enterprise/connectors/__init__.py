"""One folder per kind of destination. Each has a `connector.py`, whose contract is in contract.py."""

from pivotpoint.enterprise.connectors.contract import (
    Connector,
    Heard,
    MappingError,
    Part,
    Said,
    Sent,
    TransientError,
)
from pivotpoint.enterprise.connectors.find import called, find, kinds, offers

__all__ = [
    "Connector",
    "Heard",
    "MappingError",
    "Part",
    "Said",
    "Sent",
    "TransientError",
    "called",
    "find",
    "kinds",
    "offers",
]
