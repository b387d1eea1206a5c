"""Empowerment: where the same decision comes again and again, and could be made at once by those who hear it first.

The evidence is in the rows: what was decided at the gate and by the owner, how long people had waited for it, and how
soon after the same person's step before it came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from pivotpoint.lib import clock
from pivotpoint.pivot.models import Passage, Rule, Stage, StandingAnswer
from pivotpoint.pivot.visits import Visit, visits

DAYS = 90
LAST = 15
"""So many of the latest decisions are looked at,"""
LEAST = 6
"""at least so many of them are needed,"""
SAME = 0.85
"""and this share of them has to be the same."""
QUICK = timedelta(minutes=1)
COST_DAYS = 30

WORDS = {
    ("owner", "accepted"): "accepted unchanged",
    ("owner", "declined"): "declined",
    ("gate", "passed"): "let through the gate",
    ("gate", "held"): "held back at the gate",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One, by a person or by the other side. `plain`: as it came, without another owner or a second try."""

    pivot: int
    insight: int
    where: str
    answer: str
    at: datetime
    hours: float
    plain: bool
    gap: timedelta | None


@dataclass(frozen=True, slots=True)
class _Caught:
    """A passage that a rule made."""

    pivot: int
    insight: int
    rule: int
    state: str
    at: datetime
    decided: datetime
    by: int | None


@dataclass(frozen=True, slots=True)
class Signal:
    """`same` of the last `of` decisions at this pivot were `answer`; `quick` of these took a minute at most.

    `hours` is what people waited for all decisions there in the last 30 days; `rule` caught most of the same ones.
    """

    pivot: int
    where: str
    answer: str
    same: int
    of: int
    quick: int
    hours: float
    rule: int | None
    since: datetime

    @property
    def sentence(self) -> str:
        quick = f", {self.quick} of them in under a minute" if self.quick else ""
        cost = (
            f" In the last {COST_DAYS} days that waiting cost {self.hours:,.0f} h." if self.hours >= 1 else ""
        )
        return f"{self.same} of the last {self.of} were {WORDS[self.where, self.answer]}{quick}.{cost}"

    def as_dict(self) -> dict[str, Any]:
        """What a standing answer keeps as its evidence."""
        return asdict(self) | {"since": self.since.isoformat(), "sentence": self.sentence}


def signals(pivots: Collection[int]) -> list[Signal]:
    """Pivots that keep getting the same decision, the dearest waiting first; three queries.

    What was decided before a pivot's newest standing answer began, or ended, does not count any more.
    """
    since = clock.now() - timedelta(days=DAYS)
    begun = StandingAnswer.objects.filter(pivot__in=pivots).order_by().values_list("pivot")
    fresh = {pk: max(filter(None, moments)) for pk, *moments in begun.annotate(Max("since"), Max("ended_at"))}
    caught = list(_caught(since))
    decided: dict[tuple[int, str], list[Decision]] = defaultdict(list)
    for one in sorted([*_by_owners(since), *_at_gates(caught)], key=lambda each: each.at):
        if one.pivot in pivots and one.at > fresh.get(one.pivot, since):
            decided[one.pivot, one.where].append(one)
    rules = {(row.pivot, row.insight): row.rule for row in caught}
    candidates = [(key, row) for key, rows in decided.items() if (row := _same(rows))]
    found = [_signal(key, decided[key], *same, rules) for key, same in candidates]
    return sorted(found, key=lambda signal: (-signal.hours, signal.pivot, signal.where))


def _same(rows: list[Decision]) -> tuple[list[Decision], int] | None:
    """Those of the latest that were the same, and how many were looked at; None when they are too few."""
    last = rows[-LAST:]
    answers = Counter(one.answer for one in last if one.plain)
    answer, same = max(answers.items(), key=lambda each: each[1], default=("", 0))
    if len(last) < LEAST or same < SAME * len(last):
        return None
    return [one for one in last if one.plain and one.answer == answer], len(last)


def _signal(
    key: tuple[int, str],
    rows: list[Decision],
    same: list[Decision],
    of: int,
    rules: dict[tuple[int, int], int],
) -> Signal:
    pivot, where = key
    lately = clock.now() - timedelta(days=COST_DAYS)
    caught = Counter(rule for one in same if (rule := rules.get((pivot, one.insight))))
    return Signal(
        pivot=pivot,
        where=where,
        answer=same[0].answer,
        same=len(same),
        of=of,
        quick=sum(one.gap is not None and one.gap <= QUICK for one in same),
        hours=round(sum(one.hours for one in rows if one.at >= lately), 1),
        rule=caught.most_common(1)[0][0] if caught else None,
        since=rows[-of].at,
    )


def _by_owners(since: datetime) -> Iterator[Decision]:
    """What those answered to whom it was handed over."""
    for visit in visits(since):
        if visit.stage == Stage.HANDED_OVER and visit.left and visit.left >= since and visit.by:
            yield _owner_decided(visit, visit.left)


def _owner_decided(visit: Visit, at: datetime) -> Decision:
    answer = "declined" if visit.to == Stage.DECLINED else "accepted"
    plain = visit.owners == 1 and not visit.again
    return Decision(visit.pivot, visit.insight, "owner", answer, at, visit.hours, plain=plain, gap=visit.gap)


def _caught(since: datetime) -> Iterator[_Caught]:
    """What a rule caught and was decided, by a person or by an open gate."""
    rows = Passage.objects.exclude(rule=None).filter(decided_at__gte=since)
    asked = ("pivot_id", "insight_id", "rule_id", "state", "at", "decided_at", "decided_by_id")
    return (_Caught(*row) for row in rows.values_list(*asked))


def _at_gates(caught: Iterable[_Caught]) -> Iterator[Decision]:
    """What people decided there."""
    for row in caught:
        if row.by is not None:
            hours = max(0.0, (row.decided - row.at).total_seconds() / 3600)
            yield Decision(
                row.pivot, row.insight, "gate", row.state, row.decided, hours, plain=True, gap=None
            )


def conditions(signal: Signal) -> dict[str, Any]:
    """Of the rule that caught most of them, for a standing answer; else of the pivot's first rule."""
    rules = Rule.objects.filter(pivot=signal.pivot, excludes=False)
    rule = rules.filter(pk=signal.rule).first() if signal.rule else None
    rule = rule or rules.first()
    return (
        {"match": rule.match, "conditions": rule.conditions} if rule else {"match": "all", "conditions": []}
    )
