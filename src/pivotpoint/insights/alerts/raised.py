"""Raise an alert: what, since when, how sure, who; and whether anybody is woken for it."""

from __future__ import annotations

from django.db import transaction

from pivotpoint.accounts import moods
from pivotpoint.accounts.models import Role, Team, User
from pivotpoint.insights import events
from pivotpoint.insights.alerts.rising import Rising
from pivotpoint.insights.alerts.said import quiet, said, telling
from pivotpoint.insights.models import Alert, AlertLetter, Insight, Membership, Quiet, Severity, Theme
from pivotpoint.insights.severity import MANY, NONE, judge
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from textanalytics.stakes import stakes

WIDTH = 120


@transaction.atomic
def raise_alert(one: Rising, told_with: Alert | None = None) -> int:
    """1 if an alert was raised. One that was quiet ends when its reason does; a waking one stays as it is.

    `told_with` is the alert by which people were told of the same matter: nobody is woken for it twice.
    """
    reason = quiet(one) or (Quiet.TOLD if told_with else Quiet.NO)
    standing = Alert.objects.select_for_update().filter(insight=one.theme.pk, calmed_at=None).first()
    if standing is not None:
        if reason in (standing.quiet, Quiet.MUTED) or not standing.quiet:
            return 0
        Alert.objects.filter(pk=standing.pk).update(calmed_at=clock.now())
    alert = _alert(one, reason, told_with if reason == Quiet.TOLD else None)
    if not alert.quiet:
        _tell(alert)
    elif alert.told_with is not None:
        _tell_the_other_owner(alert, alert.told_with)
    return 1


def _alert(one: Rising, reason: str, told_with: Alert | None) -> Alert:
    insight = Insight.objects.select_related("theme").get(pk=one.theme.pk)
    heard = said(one)
    severity, why = _severity(one, insight, heard.people)
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
        function=one.theme.function,
        owner=answers_for(one.theme.function),
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
    return _of_words(one, insight.theme) if one.messages else (insight.severity, insight.severity_why)


def _of_words(one: Rising, theme: Theme) -> tuple[str, str]:
    """By what is at stake in the messages that rise: one that tells of danger makes nothing else in its insight severe."""
    rows = Membership.objects.filter(pk__in=one.messages)
    read = list(rows.values_list("customer", "message__text", "message__reading__intent"))
    theme.stakes = stakes([text for _, text, _ in read])
    crises = len({customer for customer, _, intent in read if intent == "crisis"})
    return judge(theme, {"crisis": crises} if crises else NONE, feeling=moods.shown())


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
