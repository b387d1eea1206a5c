"""The theme that a message is in, and its parts."""

from __future__ import annotations

from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Theme, ThemePart


def theme_of(message: Message) -> Theme:
    return Theme.objects.get(clusters__members=message.pk)


def of(theme: Theme, word: str) -> ThemePart:
    (part,) = [one for one in theme.parts.shown() if word in one.said.lower()]
    return part


def facts(theme: Theme) -> list[tuple[str, int, int]]:
    return [(part.said, part.people, part.messages) for part in theme.parts.shown()]
