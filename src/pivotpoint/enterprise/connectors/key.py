"""The secret that the other side gave us."""

from __future__ import annotations

from pivotpoint.enterprise.connectors.contract import MappingError
from pivotpoint.lib.crypto import SecretUnreadable
from pivotpoint.pivot.models import Destination


def readable_key(destination: Destination) -> str:
    """The key in plain, "" when none was entered; MappingError when it cannot be read."""
    try:
        return str(destination.secret)
    except SecretUnreadable as error:
        raise MappingError(str(error)) from error


def key_of(destination: Destination, what: str) -> str:
    """The key in plain; MappingError when there is none, or none that can be read. `what` is what people call it."""
    key = readable_key(destination)
    if not key:
        raise MappingError(f"It has no {what} yet; enter one.")
    return key
