"""The e-mail of what rises. One letter a person, whatever rises."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.timezone import localtime

from pivotpoint.accounts import moods
from pivotpoint.insights.models import AlertLetter
from pivotpoint.insights.severity import unfelt
from pivotpoint.jobs import letters
from pivotpoint.lib import clock

FRESH = timedelta(days=1)
"""What could not be sent for so long is no alert any more."""


def mail(limit: int = 100) -> int:
    """Send what is due; the number of alerts that were tried."""
    since = clock.now() - FRESH
    if not _any_waits(since):
        return 0
    due = letters.due(AlertLetter.objects.all(), since).filter(alert__calmed_at=None, told__left_at=None)
    by_person: dict[int, list[AlertLetter]] = defaultdict(list)
    for row in due.select_related("alert__insight__theme", "alert__owner", "told")[:limit]:
        by_person[row.told_id].append(row)
    return sum(letters.send(rows, letter) for rows in by_person.values())


_any_waits = letters.waits(AlertLetter)


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
