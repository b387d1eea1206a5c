"""The e-mail of what rises: claimed, sent outside any transaction, marked. One letter a person, whatever rises."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils.timezone import localtime

from pivotpoint.accounts import moods
from pivotpoint.insights.models import AlertLetter
from pivotpoint.insights.severity import unfelt
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import any_of

TRIES = 8
LEASE = timedelta(minutes=2)
"""A claim older than this belonged to a worker that is gone."""
FRESH = timedelta(days=1)
"""What could not be sent for so long is no alert any more."""


def mail(limit: int = 100) -> int:
    """Send what is due; the number of alerts that were tried."""
    now = clock.now()
    if not _any_unsaid(now - FRESH):
        return 0
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    due = AlertLetter.objects.filter(free, mailed_at=None, tries__lt=TRIES, at__gte=now - FRESH)
    due = due.filter(alert__calmed_at=None, told__left_at=None)
    by_person: dict[int, list[AlertLetter]] = defaultdict(list)
    for row in due.select_related("alert__insight__theme", "alert__owner", "told").order_by("pk")[:limit]:
        by_person[row.told_id].append(row)
    return sum(_send(rows) for rows in by_person.values())


_any_unsaid = any_of(lambda since: AlertLetter.objects.filter(mailed_at=None, at__gte=since))


def _send(rows: list[AlertLetter]) -> int:
    now = clock.now()
    mine = [row for row in rows if _claim(row)]
    if not mine:
        return 0
    ids = [row.pk for row in mine]
    try:
        letter(mine).send()
    except (SMTPException, OSError) as error:
        # The claim stays: it is tried again when the lease is over.
        AlertLetter.objects.filter(pk__in=ids).update(error=str(error)[:300])
    else:
        AlertLetter.objects.filter(pk__in=ids).update(mailed_at=now, error="")
    return len(mine)


def _claim(row: AlertLetter) -> bool:
    free = AlertLetter.objects.filter(pk=row.pk, claimed_at=row.claimed_at, mailed_at=None)
    return bool(free.update(claimed_at=clock.now(), tries=F("tries") + 1))


def letter(rows: list[AlertLetter]) -> EmailMessage:
    """What rises, since when, how sure, and what the reader may say of it. No customer's message; only words
    that many use."""
    first = rows[0].alert.called
    subject = f"Rising: {first}" if len(rows) == 1 else f"{len(rows)} things are rising, {first} among them"
    text = "\n\n".join(_lines(row) for row in rows)
    text += f"\n\nSay whether it is real: {settings.SITE_URL}/insights/alerts/\n"
    return EmailMessage(subject[:150].replace("\n", " "), text, to=[rows[0].told.email])


def _lines(row: AlertLetter) -> str:
    alert = row.alert
    why = alert.severity_why if moods.shown() else unfelt(alert.severity_why)
    return (
        f"{' '.join(filter(None, (f'“{alert.called}”: {alert.counted}', alert.where)))}\n"
        f"Since {localtime(alert.onset):%d %B, %H:%M}. Severity {alert.severity}: {why}.\n"
        f"{alert.owner or 'Nobody yet'} answers for it. {settings.SITE_URL}/insights/{alert.insight_id}/"
    )
