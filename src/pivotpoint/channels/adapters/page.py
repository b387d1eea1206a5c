"""What a person typed into a page of ours: the web form and the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotpoint.channels.adapters.base import PAGE, Handles, mail_of
from pivotpoint.channels.inbound import Inbound


def parse(raw: Mapping[str, Any]) -> list[Inbound]:
    """The posted fields. Only a ticked box is a yes; one that is not ticked says nothing."""
    return [
        Inbound(
            external_id=str(raw["external_id"]),
            text=str(raw.get("text", "")),
            name=str(raw.get("name", "")),
            email=str(raw.get("email", "")),
            may_tell=True if raw.get("may_tell") else None,
            data={"page": str(raw["page"])[:300]} if raw.get("page") else {},
            kept_apart=str(raw.get("kept_apart", "")),
        )
    ]


def address(handles: Handles) -> str:
    """Their e-mail when they gave one; else they read it behind the link that they got."""
    return mail_of(handles) or PAGE
