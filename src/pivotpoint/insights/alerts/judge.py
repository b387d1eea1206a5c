"""What people say of an alert: it was real, a false alarm, or known already. It can be taken back, and teaches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.insights import events
from pivotpoint.insights.models import Alert, AlertVerdict
from pivotpoint.journal.record import record
from pivotpoint.lib import clock

PERMISSION = "insight.change"


@transaction.atomic
def judge(alert: Alert, value: str, *, noticed_at: datetime | None = None, by: Any) -> AlertVerdict:
    """One verdict stands; another value takes its place, the same one again changes nothing.

    `noticed_at` is when they would have known, or did know, without the alert. After a false alarm the next rise of
    that insight has to be less likely (textanalytics.rising.rises.TEACHES).
    """
    demand(by, PERMISSION)
    if value not in AlertVerdict.Value.values:
        raise ValidationError("An alert was real, false, or known.")
    if noticed_at is not None and noticed_at > clock.now():
        raise ValidationError("Nobody noticed it at a time that is still to come.")
    alert = Alert.objects.select_for_update(of=("self",)).select_related("insight").get(pk=alert.pk)
    before = alert.verdicts.standing().first()
    if before is not None and (before.value, before.noticed_at) == (value, noticed_at):
        return before
    if before is not None:
        _end(before, by)
    verdict = AlertVerdict.objects.create(alert=alert, value=value, noticed_at=noticed_at, by=user_of(by))
    record(events.JUDGED, alert.insight, by=by, alert=alert.pk, value=value)
    return verdict


@transaction.atomic
def take_back(verdict: AlertVerdict, *, by: Any) -> None:
    """The alert is unjudged again. Twice is once."""
    demand(by, PERMISSION)
    verdict = AlertVerdict.objects.select_for_update(of=("self",)).get(pk=verdict.pk)
    if verdict.undone_at is None:
        _end(verdict, by)
        record(events.JUDGED, verdict.alert.insight, by=by, alert=verdict.alert_id, value="")


def _end(verdict: AlertVerdict, by: Any) -> None:
    verdict.undone_at, verdict.undone_by = clock.now(), user_of(by)
    verdict.save(update_fields=["undone_at", "undone_by"])


def taken_up(insight_id: int, at: datetime) -> None:
    """A loop opened for the insight: its alerts were not acted on before."""
    Alert.objects.filter(insight=insight_id, taken_up_at=None, at__lte=at).update(taken_up_at=at)
