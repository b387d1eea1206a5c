"""Raise an alert: what, since when, how sure, who; and whether anybody is woken for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from pivotpoint.accounts.models import Role, Team, User
from pivotpoint.insights import events
from pivotpoint.insights.alerts.rising import Rising
from pivotpoint.insights.models import (
    Alert,
    AlertLetter,
    Insight,
    InsightMark,
    Membership,
    Quiet,
    Severity,
)
from pivotpoint.insights.severity import MANY
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from textanalytics.alerts import why_quiet

WIDTH = 120
READ = 400
"""Latest messages that say what a rise is about; each person is heard once."""

USUAL_DAYS = 28
"""Days before a rise that say how much blame is usual."""


@dataclass(frozen=True)
class Said:
    """`people` spoke within the alert's hours; since it `began`, the first message came at `first`."""

    people: int
    first: datetime
    quiet: str


@transaction.atomic
def raise_alert(one: Rising) -> int:
    """1 if an alert was raised. One that was quiet ends when its reason does; a waking one stays as it is."""
    said = _said(one)
    standing = Alert.objects.select_for_update().filter(insight=one.theme.pk, calmed_at=None).first()
    if standing is not None:
        if said.quiet in (standing.quiet, Quiet.MUTED) or not standing.quiet:
            return 0
        Alert.objects.filter(pk=standing.pk).update(calmed_at=clock.now())
    alert = _alert(one, said)
    if not alert.quiet:
        _tell(alert)
    return 1


def _said(one: Rising) -> Said:
    now, hours = clock.now(), one.rise.hours
    since = now - timedelta(hours=hours) if hours < 24 else _midnight(hours // 24 - 1)
    rows = Membership.objects.filter(
        cluster__theme=one.theme, said_at__gte=min(since, one.began), said_at__lte=now
    )
    if one.messages:
        rows = Membership.objects.filter(pk__in=one.messages)
    counted = rows.aggregate(
        people=Count("customer", distinct=True, filter=Q(said_at__gte=since)),
        first=Min("said_at", filter=Q(said_at__gte=one.began)),
    )
    quiet = _quiet(one, rows.order_by("-said_at"), min(since, one.began))
    return Said(counted["people"], counted["first"] or one.began, quiet)


def _midnight(days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(clock.today() - timedelta(days=days_ago), time()))


def _quiet(one: Rising, rows: object, since: datetime) -> str:
    """Why nobody is woken: a person muted it, or the words are no fault. What somebody could act on is no praise."""
    if InsightMark.objects.standing().filter(insight=one.theme.pk, kind=InsightMark.Kind.MUTE).exists():
        return Quiet.MUTED
    columns = rows.values_list("customer", "message__text", "negative", "actionable")  # type: ignore[attr-defined]
    latest: dict[int, tuple[str, bool]] = {}
    for customer, text, negative, actionable in islice(columns, READ):
        latest.setdefault(customer, (text, negative or actionable))
    texts, bad = [text for text, _ in latest.values()], [bad for _, bad in latest.values()]
    return why_quiet(texts, bad, _before(one, since))


def _before(one: Rising, since: datetime) -> tuple[int, int]:
    """Of the insight's messages of the weeks before it rose: how many were a fault, and how many there were."""
    rows = Membership.objects.filter(
        cluster__theme=one.theme, said_at__lt=since, said_at__gte=since - timedelta(days=USUAL_DAYS)
    )
    counted = rows.aggregate(bad=Count("pk", filter=Q(negative=True) | Q(actionable=True)), all=Count("pk"))
    return counted["bad"], counted["all"]


def _alert(one: Rising, said: Said) -> Alert:
    insight = Insight.objects.select_related("theme").get(pk=one.theme.pk)
    severity, why = _severity(insight, one.rise.hours, said.people)
    now = clock.now()
    return Alert.objects.create(
        insight=insight,
        at=now,
        onset=said.first,
        hours=one.rise.hours,
        people=said.people,
        expected=one.rise.expected,
        chance=one.rise.chance,
        false_share=one.rise.false_share,
        themes=one.tested,
        severity=severity,
        severity_why=why,
        function=one.theme.function,
        owner=answers_for(one.theme.function),
        quiet=said.quiet,
        rose_at=now,
        words=one.words[:WIDTH],
    )


def _severity(insight: Insight, hours: int, people: int) -> tuple[str, str]:
    """The insight's own; many people within hours are severe whatever they speak of."""
    if hours < 24 and people >= MANY:
        return Severity.HIGH, f"{people} people within {hours} hour{'s' * (hours != 1)}"
    return insight.severity, insight.severity_why


def answers_for(function: str) -> User | None:
    """The function's lead; where there is none, a listening lead, then an administrator."""
    team = Team.objects.filter(key=function, lead__left_at=None, lead__is_active=True).first()
    if team is not None and team.lead is not None:
        return team.lead
    here = User.objects.active().order_by("pk")
    return here.filter(role=Role.LEAD).first() or here.filter(role=Role.ADMINISTRATOR).first()


def _tell(alert: Alert) -> None:
    """A letter to whoever answers for it and to every listening lead; the fact for everybody else."""
    leads = User.objects.active().filter(role=Role.LEAD)
    told = {user.pk: user for user in (*leads, *filter(None, [alert.owner]))}
    AlertLetter.objects.bulk_create(AlertLetter(alert=alert, told=user) for user in told.values())
    record(
        events.ALERTED,
        alert.insight,
        alert=alert.pk,
        people=alert.people,
        hours=alert.hours,
        expected=alert.expected,
        false_share=round(alert.false_share, 6),
        severity=alert.severity,
        since=alert.onset.isoformat(),
    )
