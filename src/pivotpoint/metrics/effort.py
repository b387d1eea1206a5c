"""What listening takes: people's acts and time, the machine's, the assistant's; and what came of it (docs/reference/effort.md)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum, Value
from django.utils import timezone

from pivotpoint.accounts.models import Installation
from pivotpoint.assistant.models import Assistant, Request
from pivotpoint.insights import events as insights
from pivotpoint.insights.models import AlertVerdict, Insight
from pivotpoint.jobs import kept
from pivotpoint.jobs.models import SweepDay
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.listening import events as listening
from pivotpoint.listening.models import Glance, ModelVersion
from pivotpoint.pivot.models import Loop

GLANCED = "listening.glanced"
ACTS = {
    "Readings judged": [
        listening.READING_CORRECTED,
        listening.READING_CONFIRMED,
        listening.TAG_JUDGED,
        GLANCED,
    ],
    "Classes, sentences and names taught": [
        listening.TAXONOMY_CHANGED,
        listening.EXAMPLES_CHANGED,
        listening.NAMES_CHANGED,
    ],
    "Themes put right": [
        insights.MERGED,
        insights.SPLIT,
        insights.RENAMED,
        insights.MOVED,
        insights.PLACED,
        insights.WIDER_RENAMED,
        insights.FOREIGN,
        insights.SET_ASIDE,
        insights.MARKED,
        insights.UNDONE,
    ],
    "Alerts judged": [insights.JUDGED],
    "Readers and encoders chosen": [
        listening.READER_RETURNED,
        listening.ENCODER_MADE,
        listening.REREAD_STARTED,
        listening.REREAD_DECIDED,
    ],
}
"""What people do so that words are heard truly, by the events that tell of it."""
WORK = {
    "Reading": ["listening.read"],
    "Gathering what means the same": [
        "insights.gather",
        "insights.recall_moods",
        "insights.parts",
        "insights.see_also",
        "insights.glean",
        "insights.matters",
        "insights.consolidate",
    ],
    "Watching for what rises": ["insights.watch"],
    "Learning from people": ["listening.teach", "listening.names"],
    "Reading a history anew": ["listening.reread"],
}
"""What the machine does, by its sweeps."""
AT_MOST = timedelta(minutes=5)
"""An act takes the time since the same person's act before, but never longer: who was away did not work on it."""
WEEKS = 13

_KIND = {name: kind for kind, names in ACTS.items() for name in names}
_WORK = {name: label for label, names in WORK.items() for name in names}


@dataclass(frozen=True, slots=True)
class Acts:
    """One kind of people's work: how many acts, of how many different people, in how many hours."""

    label: str
    acts: int
    people: int
    hours: float


@dataclass(frozen=True, slots=True)
class Machine:
    """One kind of the machine's work; `rows` are messages, or what it went through."""

    label: str
    rows: int
    hours: float


@dataclass(frozen=True, slots=True)
class Week:
    """`monday` as YYYY-MM-DD."""

    monday: str
    messages: int
    machine_hours: float
    acts: int
    hours: float

    @property
    def day(self) -> date:
        return date.fromisoformat(self.monday)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of it: insights and loops opened, alerts that people called real, readers that went live."""

    insights: int
    loops: int
    alerts: int
    readers: int


@dataclass(frozen=True, slots=True)
class Effort:
    """The last `days` (None: all). `hour_price` and the assistant's `cost` have currencies of their own."""

    people: list[Acts]
    machine: list[Machine]
    weeks: list[Week]
    came: Came
    different_people: int
    requests: int
    tokens: int
    cost: Decimal
    cost_currency: str
    hour_price: Decimal | None
    currency: str
    counted_at: datetime
    days: int | None = None

    @property
    def acts(self) -> int:
        return sum(one.acts for one in self.people)

    @property
    def hours(self) -> float:
        return sum(one.hours for one in self.people)

    @property
    def machine_hours(self) -> float:
        return sum(one.hours for one in self.machine)

    @property
    def messages(self) -> int:
        return next((one.rows for one in self.machine if one.label == "Reading"), 0)

    @property
    def price(self) -> Decimal | None:
        """What people's hours cost; None where nobody has said what an hour costs."""
        return None if self.hour_price is None else round(self.hour_price * Decimal(str(self.hours)), 2)

    @property
    def minutes_an_insight(self) -> float | None:
        return 60 * self.hours / self.came.insights if self.came.insights else None

    def as_dict(self) -> dict[str, Any]:
        """What the API and the command print."""
        return asdict(self) | {
            "acts": self.acts,
            "hours": round(self.hours, 2),
            "machine_hours": round(self.machine_hours, 2),
            "messages": self.messages,
            "price": self.price,
        }


def effort(days: int | None = None, *, fresh: bool = False) -> Effort:
    """The effort of the last `days` (None: all). On a large history the stored figure, unless `fresh`."""
    argument = "" if days is None else str(days)
    counted = (kept.count_now if fresh else kept.look)("metrics.effort", argument)
    found, here, assistant = counted.value, Installation.here(), Assistant.here()
    return Effort(
        people=[Acts(**one) for one in found["people"]],
        machine=[Machine(**one) for one in found["machine"]],
        weeks=[Week(**one) for one in found["weeks"]],
        came=Came(**found["came"]),
        different_people=found["different_people"],
        requests=found["requests"],
        tokens=found["tokens"],
        cost=Decimal(found["cost"]),
        cost_currency=assistant.currency,
        hour_price=here.hour_price,
        currency=here.currency,
        counted_at=counted.at,
        days=days,
    )


@kept.figure("metrics.effort", "", "90")
def count(argument: str) -> dict[str, Any]:
    """All of it as JSON; a constant number of queries, acts one by one."""
    since = clock.now() - timedelta(days=int(argument)) if argument else None
    acts, days = _Acts(_acts(since)), _days(since)
    spent = _since(Request.objects.all(), "at", since).aggregate(
        n=Count("pk"), tokens=Sum("tokens"), cost=Sum("cost")
    )
    return {
        "people": [asdict(one) for one in acts.kinds()],
        "machine": [asdict(one) for one in _machine(days)],
        "weeks": [asdict(one) for one in _weeks(acts, days)],
        "came": asdict(_came(since)),
        "different_people": len(acts.everybody),
        "requests": spent["n"],
        "tokens": spent["tokens"] or 0,
        "cost": str(spent["cost"] or 0),
    }


def _since(rows: QuerySet[Any], field: str, since: date | None) -> QuerySet[Any]:
    return rows if since is None else rows.filter(**{f"{field}__gte": since})


def _acts(since: datetime | None) -> Iterator[tuple[int, datetime, str]]:
    """Person, time and event of each act, person by person in the order of time."""
    told = Event.objects.filter(name__in=[name for name in _KIND if name != GLANCED], actor_kind="user")
    glanced = _since(Glance.objects.all(), "at", since).annotate(what=Value(GLANCED))
    rows = _since(told, "at", since).order_by().values_list("actor_id", "at", "name")
    return rows.union(glanced.values_list("by", "at", "what"), all=True).order_by("actor_id", "at").iterator()


class _Acts:
    """Acts and their time, by kind and by week."""

    def __init__(self, rows: Iterable[tuple[int, datetime, str]]) -> None:
        self.everybody: set[int] = set()
        self.weeks: dict[date, list[float]] = defaultdict(lambda: [0, 0.0])
        self._acts: Counter[str] = Counter()
        self._hours: dict[str, float] = defaultdict(float)
        self._people: dict[str, set[int]] = defaultdict(set)
        before: tuple[int, datetime] | None = None
        for who, at, name in rows:
            took = min(at - before[1], AT_MOST) if before and before[0] == who else AT_MOST
            self._add(who, at, _KIND[name], took / timedelta(hours=1))
            before = who, at

    def _add(self, who: int, at: datetime, kind: str, hours: float) -> None:
        self.everybody.add(who)
        self._acts[kind] += 1
        self._hours[kind] += hours
        self._people[kind].add(who)
        week = self.weeks[_monday(timezone.localdate(at))]
        week[0] += 1
        week[1] += hours

    def kinds(self) -> list[Acts]:
        return [Acts(one, self._acts[one], len(self._people[one]), self._hours[one]) for one in ACTS]


def _days(since: datetime | None) -> list[tuple[str, date, int, float]]:
    """Kind of work, day, rows and hours; a row a sweep and day."""
    day = None if since is None else timezone.localdate(since)
    rows = _since(SweepDay.objects.filter(name__in=_WORK), "day", day).order_by("day", "name")
    return [
        (_WORK[name], at, n, s / 3600)
        for name, at, n, s in rows.values_list("name", "day", "rows", "seconds")
    ]


def _machine(days: list[tuple[str, date, int, float]]) -> list[Machine]:
    rows: Counter[str] = Counter()
    hours: dict[str, float] = defaultdict(float)
    for label, _, n, took in days:
        rows[label] += n
        hours[label] += took
    return [Machine(label, rows[label], hours[label]) for label in WORK]


def _weeks(acts: _Acts, days: list[tuple[str, date, int, float]]) -> list[Week]:
    """The latest WEEKS in which anything was done, the latest last."""
    messages: Counter[date] = Counter()
    hours: dict[date, float] = defaultdict(float)
    for label, day, n, took in days:
        messages[_monday(day)] += n if label == "Reading" else 0
        hours[_monday(day)] += took
    latest = sorted(hours.keys() | acts.weeks.keys())[-WEEKS:]
    return [
        Week(at.isoformat(), messages[at], hours[at], int(acts.weeks[at][0]), acts.weeks[at][1])
        for at in latest
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _came(since: datetime | None) -> Came:
    live = ModelVersion.objects.exclude(verdict__in=[ModelVersion.Verdict.FIRST, ModelVersion.Verdict.WORSE])
    real = AlertVerdict.objects.standing().filter(value=AlertVerdict.Value.REAL)
    return Came(
        insights=_since(Insight.objects.standing(), "opened_at", since).count(),
        loops=_since(Loop.objects.all(), "opened_at", since).count(),
        alerts=_since(real, "at", since).count(),
        readers=_since(live, "made_at", since).count(),
    )
