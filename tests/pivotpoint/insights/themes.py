"""The theme that a message is in."""

from __future__ import annotations

from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Theme


def theme_of(message: Message) -> Theme:
    return Theme.objects.get(clusters__members=message.pk)
