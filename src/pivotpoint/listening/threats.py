"""Customers who lately threatened to leave, by the readings of their messages or by people's corrections."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from pivotpoint.channels.models import Message
from pivotpoint.lib import clock
from textanalytics.base import SIGNALS

CHURN = SIGNALS[0]
DAYS = 90
"""After so long without another threat, it is no longer a fact about them."""


def threats(days: int = DAYS) -> QuerySet[Message]:
    """Their messages of the last `days`, the latest first."""
    since = clock.now() - timedelta(days=days)
    heard = Message.objects.heard().filter(reading__intent=CHURN, reading__about_us=True, said_at__gte=since)
    return heard.order_by("-said_at", "-pk")


def last_threat(customer: int) -> Message | None:
    """The latest one of this customer (of the row that stands for them after merges)."""
    return threats().filter(customer=customer).first()
