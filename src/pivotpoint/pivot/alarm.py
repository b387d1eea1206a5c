"""E-mails of escalations: claimed, sent outside any transaction, marked. Sent at least once, normally once."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils.timezone import localtime

from pivotpoint.lib import clock
from pivotpoint.lib.prepared import any_of
from pivotpoint.pivot.models import Escalation

TRIES = 8
LEASE = timedelta(minutes=2)
"""A claim older than this belonged to a worker that is gone."""
FRESH = timedelta(days=2)
"""An alarm that could not be sent for so long, or whose loop has moved on, alarms nobody."""


def mail(limit: int = 20) -> int:
    """Send what is due; returns the number of attempts."""
    now = clock.now()
    if not _any_unsaid(now - FRESH):
        return 0
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    unsaid = Escalation.objects.filter(free, mailed_at=None, tries__lt=TRIES, at__gte=now - FRESH)
    due = unsaid.filter(loop__closed_at=None, loop__due_at=F("due_at")).order_by("pk")
    rows = list(due.select_related("loop__insight__theme", "loop__pivot", "owner", "told")[:limit])
    return sum(_send(row) for row in rows)


_any_unsaid = any_of(lambda since: Escalation.objects.filter(mailed_at=None, at__gte=since))


def _send(row: Escalation) -> int:
    now = clock.now()
    mine = Escalation.objects.filter(pk=row.pk, claimed_at=row.claimed_at, mailed_at=None)
    if not mine.update(claimed_at=now, tries=F("tries") + 1):
        return 0
    try:
        letter(row).send()
    except (SMTPException, OSError) as error:
        # The claim stays: it is tried again when the lease is over.
        Escalation.objects.filter(pk=row.pk).update(error=str(error)[:300])
    else:
        Escalation.objects.filter(pk=row.pk).update(mailed_at=now, error="")
    return 1


def letter(row: Escalation) -> EmailMessage:
    """The e-mail: who had to do what by when, and what the reader is asked to do."""
    loop = row.loop
    asked = (
        f"{row.owner} owns it. Talk to them, or give it to somebody else."
        if not row.gives
        else "It is yours now. Decide what happens next and by when."
    )
    text = (
        f"“{loop.insight}” ({loop.pivot}) was due on {localtime(row.due_at):%d %B %Y at %H:%M}.\n"
        f"{asked}\n\n{settings.SITE_URL}/loops/{loop.pk}/\n"
    )
    return EmailMessage(f"Overdue: {loop.insight}"[:150].replace("\n", " "), text, to=[row.told.email])
