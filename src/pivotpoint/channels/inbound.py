"""What an adapter makes of the outside's raw words, and what becomes of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Inbound:
    """One utterance as it arrived. `external_id` names it on its channel: the same name twice is one message.

    `said_at` None is now. `thread` is the channel's own name of the conversation, if it has one. `may_tell` says
    whether they want to hear what comes of it; None: they were not asked. `kept_apart` is the adapter's reason to
    doubt it, in words (a machine filled in the form).
    """

    external_id: str
    text: str
    handle: str = ""
    name: str = ""
    email: str = ""
    said_at: datetime | None = None
    subject: str = ""
    thread: str = ""
    audience: str = "us"
    segment: str = ""
    organisation: str = ""
    may_tell: bool | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    kept_apart: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The message that holds it, and whether it is new. `quarantined` says why it is kept apart, if it is."""

    external_id: str
    message_id: int
    created: bool
    quarantined: str = ""
