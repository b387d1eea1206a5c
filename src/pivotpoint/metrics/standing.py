"""Whether standing answers still work: who came back, what people say since, how often the limit is reached."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from pivotpoint.experiences.models import Verdict
from pivotpoint.insights.models import Membership
from pivotpoint.lib import clock
from pivotpoint.pivot.models import StandingAnswer, Use

DAYS = 28
BACK = timedelta(days=14)
"""Who says the same again so soon after the answer has come back."""
FEW = 4
"""With fewer uses, or fewer verdicts on either side, nothing is said."""
CAME_BACK = 0.25
WORSE = 0.15
"""So much smaller is the share that says it helped."""
FULL = 2
"""Of the last four weeks, so many with the limit reached."""


@dataclass(frozen=True, slots=True)
class Health:
    """Figures of the last 28 days.
    `before` and `since` are (helped, verdicts) at its pivot, as long before it began as since.

    `signs` are sentences, one for each sign that it stops working.
    """

    uses: int = 0
    came_back: int = 0
    weeks_full: int = 0
    before: tuple[int, int] = (0, 0)
    since: tuple[int, int] = (0, 0)
    signs: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "days": DAYS,
            "uses": self.uses,
            "came_back": self.came_back,
            "weeks_full": self.weeks_full,
            "helped_before": self.before[0],
            "verdicts_before": self.before[1],
            "helped_since": self.since[0],
            "verdicts_since": self.since[1],
            "signs": self.signs,
        }


def health(standing: Collection[StandingAnswer]) -> dict[int, Health]:
    """Health of each standing answer; two queries for any number."""
    uses, verdicts = _uses(standing), _verdicts(standing)
    return {one.pk: _of(one, uses[one.pk], verdicts[one.pivot_id]) for one in standing}


def _uses(standing: Collection[StandingAnswer]) -> dict[int, list[tuple[datetime, bool]]]:
    """When each was used, and whether the person said the same again."""
    again = Membership.objects.filter(
        customer=OuterRef("conversation__customer"),
        cluster__theme=OuterRef("insight"),
        said_at__gt=OuterRef("at"),
        said_at__lte=OuterRef("at") + BACK,
    )
    since = clock.now() - timedelta(days=DAYS)
    rows = Use.objects.counted().filter(standing__in=standing, at__gte=since).order_by("at")
    found: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    for pk, at, back in rows.annotate(back=Exists(again)).values_list("standing", "at", "back"):
        found[pk].append((at, back))
    return found


def _verdicts(standing: Collection[StandingAnswer]) -> dict[int, list[tuple[datetime, bool]]]:
    """Each person's last word about each notice of these pivots: when, and whether it helped."""
    last = Verdict.objects.filter(notice=OuterRef("notice")).order_by("-at", "-pk").values("pk")[:1]
    pivots = {one.pivot_id for one in standing}
    rows = Verdict.objects.filter(notice__loop__pivot__in=pivots, pk=Subquery(last)).order_by("at")
    found: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    for pivot, at, answer in rows.values_list("notice__loop__pivot", "at", "answer"):
        found[pivot].append((at, answer == Verdict.Answer.HELPED))
    return found


def _of(
    standing: StandingAnswer, uses: list[tuple[datetime, bool]], verdicts: list[tuple[datetime, bool]]
) -> Health:
    now = clock.now()
    span = now - standing.since
    before = [helped for at, helped in verdicts if standing.since - span <= at < standing.since]
    since = [helped for at, helped in verdicts if at >= standing.since]
    weeks = Counter((now - at) // timedelta(days=7) for at, _ in uses)
    most = standing.most_a_week
    found = Health(
        uses=len(uses),
        came_back=sum(back for _, back in uses),
        weeks_full=sum(count >= most for count in weeks.values()) if most else 0,
        before=(sum(before), len(before)),
        since=(sum(since), len(since)),
    )
    found.signs.extend(_signs(found))
    return found


def _signs(found: Health) -> list[str]:
    signs = []
    if found.uses >= FEW and found.came_back > CAME_BACK * found.uses:
        signs.append(f"{found.came_back} of {found.uses} people said the same again within {BACK.days} days.")
    if min(found.before[1], found.since[1]) >= FEW and _share(found.since) < _share(found.before) - WORSE:
        signs.append(
            f"{found.since[0]} of {found.since[1]} verdicts since say that it helped; "
            f"before it were {found.before[0]} of {found.before[1]}."
        )
    if found.weeks_full >= FULL:
        signs.append(f"The limit was reached in {found.weeks_full} of the last 4 weeks.")
    return signs


def _share(part: tuple[int, int]) -> float:
    return part[0] / part[1]
