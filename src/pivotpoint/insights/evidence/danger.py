"""What tells of danger to somebody: however few say it, it stands before all insights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pivotpoint.insights.evidence.quotes import Quote, who
from pivotpoint.insights.models import Theme
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from textanalytics.reading.signals import endangers
from textanalytics.speakers.turns import quoted

LATELY = timedelta(days=14)
READ, SHOWN = 60, 5
"""Latest crises that are looked at, for some are of law and press; and those that are shown."""


@dataclass(frozen=True)
class Danger:
    """A quote with the words that say so marked, and the theme in which the message counts; None until it has one."""

    quote: Quote
    theme: Theme | None


def dangers() -> list[Danger]:
    """Of the last two weeks, each text once, the latest first; one query. A message that a person read otherwise is none."""
    rows = Reading.objects.filter(
        intent="crisis",
        about_us=True,
        message__said_at__gte=clock.now() - LATELY,
        message__membership__isnull=False,
    )
    beside = ("customer", "identity", "channel", "membership__cluster__theme__insight")
    latest = rows.select_related(*(f"message__{name}" for name in beside)).order_by("-message")[:READ]
    found: dict[str, Danger] = {}
    for reading in latest:
        message = reading.message
        text = quoted(message.text)[0]
        if words := endangers(text):
            quote = Quote(
                message.pk,
                text,
                [words],
                who(message),
                message.channel.name,
                message.said_at,
                reading.mood,
            )
            found.setdefault(text, Danger(quote, message.membership.cluster.theme))
    return list(found.values())[:SHOWN]
