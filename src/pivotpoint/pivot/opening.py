"""Checked before automated: how a pivot has worked, shown before its gate is set to open.

A gate that opens makes a process faster, not better. Whichever door it is opened by (page, API, a version gone back to,
a proposal, a file), the change ends in `changing`, and that asks here. Later stages add what they know (verdicts) with
`also`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from pivotpoint.insights.models import Severity
from pivotpoint.lib import clock
from pivotpoint.pivot import bounces
from pivotpoint.pivot.models import Gate, Passage, Pivot
from pivotpoint.pivot.refused import Refused

DAYS = 180
FEW = 5
"""With fewer loops, or fewer verdicts, nothing is said of them."""
MOST = {"declined": 0.2, "passed_on": 0.2, "reopened": 0.2, "held": 0.2, "unhelped": 0.3}
"""Above this share an open gate would make a bad process a fast one."""
WORDS = {
    "declined": "{n} of {of} loops were declined",
    "passed_on": "{n} of {of} loops went on to another owner",
    "reopened": "{n} of {of} loops were opened again",
    "held": "{n} of {of} insights were held back at the gate",
    "unhelped": "{n} of {of} people say that it did not help, or only in part",
}

Source = Callable[[Pivot, datetime], Mapping[str, int]]
_sources: list[Source] = []


class Unseen(Refused):
    """A change would open gates, but nobody has looked at how these pivots have worked."""

    def __init__(self, opened: Sequence[Opened]) -> None:
        bad = [one for one in opened if one.worked.warns]
        many = len(opened) > 1
        said = " ".join(f"{one.pivot}: {one.worked.sentence}" if many else one.worked.sentence for one in bad)
        super().__init__(f"Look at it first: {said} Opening it would make that faster.")
        self.opened, self.worked = list(opened), bad[0].worked


@dataclass(frozen=True, slots=True)
class Opened:
    """A pivot whose gate a change opens, and how it has worked until then."""

    pivot: Pivot
    worked: Worked


@dataclass(frozen=True, slots=True)
class Worked:
    """Figures of the last `days`: counts by name, and the names of those that are too high."""

    days: int
    figures: dict[str, int]
    too_many: list[str] = field(default_factory=list)

    @property
    def warns(self) -> bool:
        return bool(self.too_many)

    @property
    def known(self) -> bool:
        """Whether there are enough loops to judge."""
        return self.figures["loops"] >= FEW

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Every figure in words, and whether it is fine, too `many`, or of too `few` to say."""
        return [(_words(self.figures, key), self._tone(key)) for key in WORDS if _of(self.figures, key)]

    def _tone(self, key: str) -> str:
        return "many" if key in self.too_many else "few" if _of(self.figures, key) < FEW else "fine"

    @property
    def sentence(self) -> str:
        return "; ".join(_words(self.figures, key) for key in self.too_many) + "."

    def as_dict(self) -> dict[str, Any]:
        return {"days": self.days, "figures": self.figures, "too_many": self.too_many, "warns": self.warns}


def also(source: Source) -> Source:
    """Register counts of a later stage, such as `verdicts` and `unhelped`."""
    if source not in _sources:
        _sources.append(source)
    return source


def worked(pivot: Pivot) -> Worked:
    """How this pivot has worked; two queries, and what later stages ask."""
    since = clock.now() - timedelta(days=DAYS)
    counted = bounces.counts(since, pivot.pk).get(pivot.pk, Counter())
    figures = {key: counted[key] for key in ("loops", "any", *bounces.KINDS)}
    figures |= _gate(pivot, since)
    for source in _sources:
        figures |= source(pivot, since)
    return Worked(DAYS, figures, [key for key in MOST if _too_many(figures, key)])


def _gate(pivot: Pivot, since: datetime) -> dict[str, int]:
    """What people decided there."""
    decided = Passage.objects.filter(pivot=pivot, decided_at__gte=since).exclude(decided_by=None)
    held = Count("pk", filter=Q(state=Passage.State.HELD))
    return decided.aggregate(decided=Count("pk"), held=held)


def _of(figures: Mapping[str, int], key: str) -> int:
    """What a figure is a part of."""
    return figures.get({"held": "decided", "unhelped": "verdicts"}.get(key, "loops"), 0)


def _too_many(figures: Mapping[str, int], key: str) -> bool:
    whole = _of(figures, key)
    return whole >= FEW and figures.get(key, 0) / whole > MOST[key]


def _words(figures: Mapping[str, int], key: str) -> str:
    return WORDS[key].format(n=figures.get(key, 0), of=_of(figures, key))


def opens(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether, between two contents of the pivot, insights of some severity begin to pass by themselves."""
    return not _open_for(now) <= _open_for(was)


def _open_for(content: Mapping[str, Any]) -> set[str]:
    """The severities that pass by themselves; none at a pivot that is closed."""
    if content.get("closed"):
        return set()
    gates = content.get("gates") or {}
    return {each for each in Severity.values if (gates.get(each) or content["gate"]) == Gate.OPEN}


def demand_seen(pivots: Sequence[Pivot], *, seen: bool) -> list[Opened]:
    """Raises Unseen when these gates open, the figures of one pivot warn and nobody has looked at them."""
    found = [Opened(pivot, worked(pivot)) for pivot in pivots]
    if not seen and any(one.worked.warns for one in found):
        raise Unseen(found)
    return found
