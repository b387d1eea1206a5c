"""Law 2: every message received is in exactly one line, and the lines add up (docs/reference/ledger.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pivotpoint.jobs import kept
from pivotpoint.lib import clock
from pivotpoint.metrics import places

LABELS = {
    "quarantined": "Quarantined",
    "not_about_us": "Not about us",
    "answered": "Answered in person",
    "waiting": "Waiting on a low rung",
    "open_loop": "In an open loop",
    "closed_loop": "In a closed loop",
}
"""The lines in the order in which the law names them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One place where messages are. `unread` of them have not been read yet."""

    key: str
    label: str
    messages: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """`received` is counted separately, not added up from the lines."""

    lines: list[Line]
    received: int
    counted_at: datetime
    days: int | None = None

    @property
    def total(self) -> int:
        return sum(line.messages for line in self.lines)

    @property
    def balances(self) -> bool:
        return self.total == self.received

    @property
    def missing(self) -> int:
        """Messages received but in no line; negative when some are in more than one."""
        return self.received - self.total

    def as_dict(self) -> dict[str, Any]:
        """What the API and the command print."""
        return {
            "received": self.received,
            "lines": [
                {"key": line.key, "label": line.label, "messages": line.messages, "unread": line.unread}
                for line in self.lines
            ],
            "total": self.total,
            "balances": self.balances,
            "missing": self.missing,
            "counted_at": self.counted_at.isoformat(),
            "days": self.days,
        }


def ledger(days: int | None = None, *, fresh: bool = False) -> Ledger:
    """The ledger of the last `days` (None: all). On a large history the stored figure, unless `fresh`."""
    argument = "" if days is None else str(days)
    counted = (kept.count_now if fresh else kept.look)("metrics.ledger", argument)
    counts: dict[str, int] = counted.value
    lines = [
        Line(key, label, counts.get(key, 0), counts.get("unread", 0) if key == "waiting" else 0)
        for key, label in LABELS.items()
    ]
    return Ledger(lines, counts["received"], counted.at, days)


@kept.figure("metrics.ledger", "", "90")
def count(argument: str) -> dict[str, int]:
    """Messages per line, `received`, and `unread` as a part of `waiting`; one statement, so one moment."""
    since = clock.now() - timedelta(days=int(argument)) if argument else None
    return places.count(since)
