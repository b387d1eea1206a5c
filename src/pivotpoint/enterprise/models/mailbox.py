"""How far the mailbox of replies has been read."""

from __future__ import annotations

from django.db import models

from pivotpoint.lib import clock


class Mailbox(models.Model):
    """IMAP UIDs grow as long as `validity` (UIDVALIDITY) is the same; `last` is the last UID read."""

    name = models.CharField(max_length=300, unique=True)
    validity = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name
