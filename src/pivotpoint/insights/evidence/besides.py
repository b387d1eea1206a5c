"""Parts of messages that count in another theme than the message's own, for pages and the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from pivotpoint.channels.models import Message
from pivotpoint.insights.models import Matter, Theme
from textanalytics.base import Span

MOST = 25


@dataclass(frozen=True, slots=True)
class Beside:
    """A part of a message, as half-open offsets, and the theme that it counts in besides the message's own."""

    message: Message
    span: Span
    theme: Theme

    @property
    def spans(self) -> list[Span]:
        return [self.span]

    @property
    def words(self) -> str:
        return self.message.text[slice(*self.span)]


def of_message(message: Message) -> list[Beside]:
    """In reading order; one query."""
    return _shown(_counted().filter(membership=message.pk).order_by("start"))


def of_theme(theme: Theme, most: int = MOST) -> list[Beside]:
    """The latest parts that count in this theme; one query."""
    return _shown(_counted().filter(cluster__theme=theme).order_by("-membership")[:most])


def _counted() -> QuerySet[Matter]:
    return (
        Matter.objects.counted()
        .filter(cluster__theme__vague=False)
        .select_related(
            "cluster__theme",
            "membership__message__reading",
            "membership__message__customer",
            "membership__message__channel",
        )
    )


def _shown(rows: Sequence[Matter] | QuerySet[Matter]) -> list[Beside]:
    return [
        Beside(row.membership.message, (row.start, row.end), row.cluster.theme)
        for row in rows
        if row.cluster is not None and row.cluster.theme is not None
    ]
