"""Raise an alert: what, since when, how sure, who; and whether anybody is woken for it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from pivotpoint.accounts import moods
from pivotpoint.accounts.models import Role, Team, User
from pivotpoint.insights import events
from pivotpoint.insights.alerts.rising import Rising
from pivotpoint.insights.alerts.said import quiet, said, telling, tells_of_danger
from pivotpoint.insights.models import (
    Alert,
    AlertLetter,
    Insight,
    Matter,
    Membership,
    Quiet,
    Severity,
    Theme,
)
from pivotpoint.insights.models.alert import is_mostly_in
from pivotpoint.insights.severity import MANY, judge
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from textanalytics.base import SIGNALS
from textanalytics.duplicates import fewer
from textanalytics.stakes import stakes

WIDTH = 120

HARMLESS = {Quiet.PRAISE, Quiet.NO_FAULT}
"""Between these a rise may change with every message: it is the same one."""


@transaction.atomic
def raise_alert(one: Rising, told_with: Alert | None = None) -> int:
    """1 if an alert was raised. One that was quiet ends when its reason does; a waking one stays as it is.

    `told_with` is the alert by which people were told of the same matter: nobody is woken for it twice, unless they were told of
    something less severe and now people are in danger.
    """
    if told_with is not None and told_with.severity != Severity.HIGH and tells_of_danger(one):
        told_with = None
    reason = quiet(one) or (Quiet.TOLD if told_with else Quiet.NO)
    standing = Alert.objects.select_for_update().filter(insight=one.theme.pk, calmed_at=None).first()
    if standing is not None:
        if _stays(standing, reason):
            return 0
        Alert.objects.filter(pk=standing.pk).update(calmed_at=clock.now())
    alert = _alert(one, reason, told_with if reason == Quiet.TOLD else None)
    if not alert.quiet:
        _tell(alert)
    elif alert.told_with is not None:
        _tell_the_other_owner(alert, alert.told_with)
    return 1


def _stays(standing: Alert, reason: str) -> bool:
    """Whether somebody was told already, or is not told now as before."""
    as_before = reason == standing.quiet or {reason, standing.quiet} == HARMLESS
    return not standing.quiet or as_before or reason == Quiet.MUTED


def _alert(one: Rising, reason: str, told_with: Alert | None) -> Alert:
    insight = Insight.objects.select_related("theme").get(pk=one.theme.pk)
    heard = said(one)
    severity, why = _severity(one, insight, heard.people)
    function = _function(one)
    now = clock.now()
    return Alert.objects.create(
        insight=insight,
        at=now,
        onset=heard.first,
        hours=one.rise.hours,
        people=heard.people,
        expected=one.rise.expected,
        chance=one.rise.chance,
        false_share=one.rise.false_share,
        themes=one.tested,
        severity=severity,
        severity_why=why,
        function=function,
        owner=answers_for(function),
        quiet=reason,
        rose_at=now,
        words=one.words[:WIDTH],
        share=one.share,
        quoted_id=telling(one),
        stems=" ".join(one.stems),
        told_with=told_with,
    )


def _severity(one: Rising, insight: Insight, people: int) -> tuple[str, str]:
    """The insight's own, where it rises as a whole; many people within hours are severe whatever they speak of."""
    hours = one.rise.hours
    if hours < 24 and people >= MANY:
        return Severity.HIGH, f"{people} people within {hours} hour{'s' * (hours != 1)}"
    return _of_words(one, people) if one.messages else (insight.severity, insight.severity_why)


def _of_words(one: Rising, people: int) -> tuple[str, str]:
    """By the messages that rise, as if they were an insight: what else is said in theirs makes them neither severe nor harmless."""
    rows = Membership.objects.filter(pk__in=one.messages)
    marks = ("copy_mark", "near_first", "near_middle", "near_last")
    read = list(rows.values_list("customer", "message__text", "message__reading__intent", *marks))
    copied, copies = fewer([row[0] for row in read], [row[3:] for row in read])
    days = one.rise.hours / 24
    alone = Theme(
        people=people,
        messages=len(read),
        negative=rows.filter(Q(negative=True) | Q(pk__in=_upset_besides(one))).count(),
        stakes=stakes([row[1] for row in read]),
        copied=copied,
        copies=copies,
        onset=one.began.date(),
        rate_before=one.rise.expected / days,
        rate_since=people / days,
    )
    grave = {signal: len({row[0] for row in read if row[2] == signal}) for signal in SIGNALS}
    return judge(alone, grave, feeling=moods.shown())


def _upset_besides(one: Rising) -> QuerySet[Any]:
    """Messages of other matters that blame this one besides."""
    rows = Matter.objects.counted().filter(membership__in=one.messages, cluster__theme=one.theme)
    return rows.filter(negative=True).values("membership")


def _function(one: Rising) -> str:
    """Whom it concerns: the insight's, where it is about that; else the one that most of its people point to, by the alphabet
    where two are as many."""
    if not one.messages or is_mostly_in(one.theme, one.share, one.words):
        return one.theme.function
    rows = Membership.objects.filter(pk__in=one.messages).exclude(function="").order_by()
    people = Counter(function for function, _ in set(rows.values_list("function", "customer")))
    return min(people, key=lambda function: (-people[function], function), default="")


def answers_for(function: str) -> User | None:
    """The function's lead; where there is none, a listening lead, then an administrator."""
    team = Team.objects.filter(key=function, lead__left_at=None, lead__is_active=True).first()
    if team is not None and team.lead is not None:
        return team.lead
    here = User.objects.active().order_by("pk")
    return here.filter(role=Role.LEAD).first() or here.filter(role=Role.ADMINISTRATOR).first()


def _tell_the_other_owner(alert: Alert, told_with: Alert) -> None:
    """One matter may concern a function whose lead knows nothing of it yet."""
    if alert.owner is not None and not told_with.letters.filter(told=alert.owner).exists():
        AlertLetter.objects.create(alert=alert, told=alert.owner)


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
