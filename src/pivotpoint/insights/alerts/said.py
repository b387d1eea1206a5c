"""What was said of what rises: by how many, since when, and whether it is a fault. Second matters of messages count, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from pivotpoint.insights.alerts.rising import Rising
from pivotpoint.insights.models import InsightMark, Matter, Membership, Quiet
from pivotpoint.lib import clock
from textanalytics.rising.alerts import feeling, is_believed, why_quiet
from textanalytics.speakers.turns import quoted

READ = 400
"""Latest messages that say what a rise is about; each person is heard once."""

USUAL_DAYS = 28
"""Days before a rise that say how much blame is usual."""

ASKED = 50
"""Latest messages among which the one is chosen that tells of a rise."""

SHORT, LONG = 25, 280
"""Characters of a quote that is read at a glance."""

FAULT = Q(negative=True) | Q(actionable=True)


@dataclass(frozen=True)
class Said:
    """`people` spoke within the alert's hours; since it `began`, the first message came at `first`."""

    people: int
    first: datetime


@dataclass(frozen=True)
class _Voice:
    """What one person says of it: whether it is a fault, how they feel (`alerts.feeling`), and what the whole message wants."""

    customer: int
    text: str
    fault: bool
    feels: int
    intent: str | None

    @property
    def crisis(self) -> bool:
        return self.intent == "crisis"


@dataclass(frozen=True)
class _Rows:
    """Messages of their own theme, and parts of others that count there besides."""

    messages: QuerySet[Membership]
    besides: QuerySet[Matter]

    def since(self, at: datetime) -> _Rows:
        return _Rows(self.messages.filter(said_at__gte=at), self.besides.filter(membership__said_at__gte=at))

    def before(self, at: datetime) -> _Rows:
        return _Rows(self.messages.filter(said_at__lt=at), self.besides.filter(membership__said_at__lt=at))

    def until(self, at: datetime) -> _Rows:
        return _Rows(self.messages.filter(said_at__lte=at), self.besides.filter(membership__said_at__lte=at))

    def people(self) -> int:
        own = self.messages.order_by().values_list("customer")
        return own.union(self.besides.order_by().values_list("membership__customer")).count()

    def first(self) -> datetime | None:
        own = self.messages.aggregate(first=Min("said_at"))["first"]
        other = self.besides.aggregate(first=Min("membership__said_at"))["first"]
        return min(filter(None, (own, other)), default=None)

    def faults(self) -> tuple[int, int]:
        """How many are one, and how many there are."""
        counted = [
            rows.aggregate(bad=Count("pk", filter=FAULT), all=Count("pk"))  # type: ignore[attr-defined]
            for rows in (self.messages, self.besides)
        ]
        return sum(one["bad"] for one in counted), sum(one["all"] for one in counted)

    def latest(self) -> list[_Voice]:
        """The latest READ, the last first. A part is upset or not; whether it pleases is not known."""
        own = self.messages.order_by("-said_at").values_list(
            "said_at",
            "customer",
            "message__text",
            "negative",
            "actionable",
            "message__reading__mood",
            "message__reading__intent",
        )
        parts = self.besides.order_by("-membership__said_at").values_list(
            "membership__said_at",
            "membership__customer",
            "membership__message__text",
            "negative",
            "actionable",
            "start",
            "end",
            "membership__message__reading__intent",
        )
        found = [
            (at, False, _Voice(who, text, bad or asks, -1 if bad else feeling(mood, intent), intent))
            for at, who, text, bad, asks, mood, intent in own[:READ]
        ]
        found += [
            (at, True, _Voice(who, text[start:end], bad or asks, -int(bad), intent))
            for at, who, text, bad, asks, start, end, intent in parts[:READ]
        ]
        found.sort(key=lambda row: row[:2], reverse=True)  # A part, before the whole that it stands in.
        return [voice for _, _, voice in found[:READ]]


def said(one: Rising) -> Said:
    rows = _rows(one)
    return Said(rows.since(_since(one)).people(), rows.since(one.began).first() or one.began)


def quiet(one: Rising) -> str:
    """Why nobody is woken: a person muted it, or the words are no fault. What somebody could act on is no praise."""
    if InsightMark.objects.standing().filter(insight=one.theme.pk, kind=InsightMark.Kind.MUTE).exists():
        return Quiet.MUTED
    heard = _heard(one)
    feelings = [voice.feels for voice in heard]
    return why_quiet(
        [voice.text for voice in heard],
        [voice.fault for voice in heard],
        _before(one),
        (feelings.count(-1), feelings.count(1)),
        _crises(heard),
    )


def tells_of_danger(one: Rising) -> bool:
    """Whether a crisis is believed of its people."""
    heard = _heard(one)
    return is_believed(_crises(heard), len(heard))


def _heard(one: Rising) -> list[_Voice]:
    """Each person once: by what tells of a crisis, else by their latest."""
    heard: dict[int, _Voice] = {}
    for voice in sorted(_rows(one).latest(), key=lambda voice: not voice.crisis):
        heard.setdefault(voice.customer, voice)
    return list(heard.values())


def _crises(heard: Sequence[_Voice]) -> int:
    return sum(voice.crisis for voice in heard)


def telling(one: Rising) -> int | None:
    """The message of the insight that tells of it: with most of its words, upset rather than not, of a readable length, the
    latest of these."""
    rows = _rows(one).messages.filter(cluster__theme=one.theme).order_by("-said_at")
    said = rows.values_list("said_at", "pk", "message__text", "negative")[:ASKED]
    words = [word.casefold() for word in one.words.split(", ") if word]

    def worth(row: tuple[datetime, int, str, bool]) -> tuple[int, bool, bool, datetime, int]:
        at, pk, text, upset = row
        shown = quoted(text)[0].casefold()
        return sum(word in shown for word in words), upset, SHORT <= len(shown) <= LONG, at, pk

    best = max(said, key=worth, default=None)
    return best[1] if best else None


def _since(one: Rising) -> datetime:
    hours = one.rise.hours
    return clock.now() - timedelta(hours=hours) if hours < 24 else _midnight(hours // 24 - 1)


def _rows(one: Rising) -> _Rows:
    if one.messages:
        return _of_words(one)
    return _of_theme(one).since(min(_since(one), one.began)).until(clock.now())


def _of_theme(one: Rising) -> _Rows:
    return _Rows(
        Membership.objects.filter(cluster__theme=one.theme),
        Matter.objects.counted().filter(cluster__theme=one.theme),
    )


def _of_words(one: Rising) -> _Rows:
    """The messages that hold the words, whichever theme they are of, and what of them counts in this one besides."""
    return _Rows(
        Membership.objects.filter(pk__in=one.messages),
        Matter.objects.counted().filter(membership__in=one.messages, cluster__theme=one.theme),
    )


def _midnight(days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(clock.today() - timedelta(days=days_ago), time()))


def _before(one: Rising) -> tuple[int, int]:
    """Of the insight's messages of the weeks before it rose: how many were a fault, and how many there were."""
    since = min(_since(one), one.began)
    rows = _of_theme(one).since(since - timedelta(days=USUAL_DAYS))
    return rows.before(since).faults()
