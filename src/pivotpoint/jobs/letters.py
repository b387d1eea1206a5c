"""E-mails to colleagues, each a row: claimed, sent outside any transaction, marked. Sent at least once, normally once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import TypeVar

from django.core.mail import EmailMessage
from django.db import models
from django.db.models import F, QuerySet

from pivotpoint.lib import clock
from pivotpoint.lib.lease import unclaimed
from pivotpoint.lib.prepared import any_of

TRIES = 8
LEASE = timedelta(minutes=2)


class Letter(models.Model):
    """`mailed_at` is empty until the e-mail is out."""

    at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Letter)


def waits(kind: type[Letter]) -> Callable[[datetime], bool]:
    """Whether any letter of this kind since then is not out; asked by a statement that is built once."""
    return any_of(lambda since: kind._default_manager.filter(mailed_at=None, at__gte=since))


def due(rows: QuerySet[Row], since: datetime) -> QuerySet[Row]:
    """Those since then that nobody is sending."""
    return rows.filter(unclaimed(LEASE), mailed_at=None, tries__lt=TRIES, at__gte=since).order_by("pk")


def send(rows: Sequence[Row], letter: Callable[[list[Row]], EmailMessage]) -> int:
    """One e-mail of all these rows that no other worker has claimed; how many they were."""
    mine = [row for row in rows if _claim(row)]
    if not mine:
        return 0
    claimed = type(mine[0])._default_manager.filter(pk__in=[row.pk for row in mine])
    try:
        letter(mine).send()
    except (SMTPException, OSError) as error:
        # The claim stays: it is tried again when the lease is over.
        claimed.update(error=str(error)[:300])
    else:
        claimed.update(mailed_at=clock.now(), error="")
    return len(mine)


def _claim(row: Letter) -> bool:
    free = type(row)._default_manager.filter(pk=row.pk, claimed_at=row.claimed_at, mailed_at=None)
    return bool(free.update(claimed_at=clock.now(), tries=F("tries") + 1))
