"""One folder for each kind of channel; `adapter(kind)` finds it by its name.

A folder's module has: `Config` (its settings, typed), `parse(raw) -> list[Inbound]` (pure), `address(handles) -> str`
(where a person can be reached, "" when not), `send(delivery) -> str` (the other side's name for it; ChannelError
when it did not go). Nothing outside the folder knows the kind.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol, cast

from pivotpoint.channels.adapters.base import ChannelError, Handles, Settings
from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.models import Delivery, Kind

__all__ = ["Adapter", "ChannelError", "adapter"]


class Adapter(Protocol):
    """What a folder offers."""

    Config: type[Settings]

    @staticmethod
    def parse(raw: Any) -> list[Inbound]: ...

    @staticmethod
    def address(handles: Handles) -> str: ...

    @staticmethod
    def send(delivery: Delivery) -> str: ...


def adapter(kind: str) -> Adapter:
    """The adapter for this kind; an unknown kind is a programming error."""
    return cast(Adapter, import_module(f"pivotpoint.channels.adapters.{Kind(kind).value}"))
