"""E-mails of escalations."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils.timezone import localtime

from pivotpoint.jobs import letters
from pivotpoint.lib import clock
from pivotpoint.pivot.models import Escalation

FRESH = timedelta(days=2)
"""An alarm that could not be sent for so long, or whose loop has moved on, alarms nobody."""


def mail(limit: int = 20) -> int:
    """Send what is due; returns the number of attempts."""
    since = clock.now() - FRESH
    if not _any_waits(since):
        return 0
    due = letters.due(Escalation.objects.all(), since).filter(loop__closed_at=None, loop__due_at=F("due_at"))
    rows = list(due.select_related("loop__insight__theme", "loop__pivot", "owner", "told")[:limit])
    return sum(letters.send([row], lambda mine: letter(*mine)) for row in rows)


_any_waits = letters.waits(Escalation)


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
