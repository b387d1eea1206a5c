"""How good alerts have been: how many of those that people judged were real, and how much earlier they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from django.utils import timezone

from pivotpoint.insights.models import Alert, AlertVerdict
from textanalytics.reading.agreement import Share

AT_MOST, MONTHS = 5_000, 12
Value = AlertVerdict.Value


@dataclass(frozen=True, slots=True)
class Lead:
    """Median hours by which real alerts came before something, over so many of them; negative: it came after."""

    hours: float | None
    alerts: int


@dataclass(frozen=True)
class Figures:
    """`precision`: of the judged, those that were no false alarm; `news`: those that were real and nobody knew.

    The leads are before a person would have noticed (as they said), before the first loop, and before ten people had
    said it since the onset.
    """

    raised: int
    judged: int
    counts: dict[str, int]
    precision: Share
    news: Share
    noticed: Lead
    taken_up: Lead
    many: Lead
    months: list[tuple[str, Share]]

    def as_dict(self) -> dict[str, Any]:
        return {
            "raised": self.raised,
            "judged": self.judged,
            **self.counts,
            "precision": _plain(self.precision),
            "news": _plain(self.news),
            "lead_hours": {
                "before_noticed": self.noticed.hours,
                "before_first_loop": self.taken_up.hours,
                "before_ten_people": self.many.hours,
            },
            "months": [{"name": name, **_plain(share)} for name, share in self.months],
        }


@dataclass(frozen=True, slots=True)
class _Judged:
    value: str
    at: datetime
    noticed_at: datetime | None
    taken_up_at: datetime | None
    many_at: datetime | None


def figures() -> Figures:
    """Of the latest alerts that woke somebody; two queries."""
    rows = [_Judged(*row) for row in _rows()]
    real = [row for row in rows if row.value == Value.REAL]
    return Figures(
        raised=Alert.objects.waking().count(),
        judged=len(rows),
        counts={str(value): sum(row.value == value for row in rows) for value in Value.values},
        precision=_right(rows),
        news=Share(len(real), len(rows)),
        noticed=_lead([(row.at, row.noticed_at) for row in real]),
        taken_up=_lead([(row.at, row.taken_up_at) for row in real]),
        many=_lead([(row.at, row.many_at) for row in real]),
        months=_months(rows),
    )


def _rows() -> Any:
    standing = AlertVerdict.objects.standing().filter(alert__quiet="").order_by("-alert__at")
    return standing.values_list("value", "alert__at", "noticed_at", "alert__taken_up_at", "alert__many_at")[
        :AT_MOST
    ]


def _right(rows: Sequence[_Judged]) -> Share:
    return Share(sum(row.value != Value.FALSE for row in rows), len(rows))


def _lead(times: Sequence[tuple[datetime, datetime | None]]) -> Lead:
    hours = [(other - at).total_seconds() / 3600 for at, other in times if other is not None]
    return Lead(round(median(hours), 1) if hours else None, len(hours))


def _months(rows: Sequence[_Judged]) -> list[tuple[str, Share]]:
    by_month: dict[str, list[_Judged]] = defaultdict(list)
    for row in rows:
        by_month[timezone.localtime(row.at).strftime("%Y-%m")].append(row)
    return [(month, _right(some)) for month, some in sorted(by_month.items())][-MONTHS:]


def _plain(share: Share) -> dict[str, Any]:
    found = None if share.share is None else round(share.share, 4)
    return {"right": share.right, "asked": share.asked, "share": found}
