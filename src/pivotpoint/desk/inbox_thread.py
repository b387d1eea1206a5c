"""The words of one conversation, as the inbox shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from pivotpoint.accounts.models import Installation
from pivotpoint.channels.adapters import adapter
from pivotpoint.channels.models import Conversation, Message, Policy
from pivotpoint.channels.outbox import addresses, policy
from pivotpoint.customers import consent
from pivotpoint.customers.models import Purpose
from pivotpoint.desk.inbox_list import theme_of
from pivotpoint.desk.inbox_reading import FEELINGS, exact
from pivotpoint.insights.evidence.quotes import joined
from pivotpoint.ui.words import intention
from textanalytics.base import Span

A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """A word on a message; `exact` is the figure behind it."""

    words: str
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One message; `day` is set where another day begins."""

    message: Message
    day: Any
    spans: list[Span]
    chips: list[Chip]

    @property
    def reading(self) -> Any:
        return getattr(self.message, "reading", None)

    @property
    def delivery(self) -> Any:
        return getattr(self.message, "delivery", None)


@dataclass(frozen=True, slots=True)
class Thread:
    """The latest messages, oldest first; `earlier` is where the ones before them begin."""

    lines: list[Line]
    earlier: int | None

    @property
    def last_heard(self) -> Line | None:
        return next((one for one in reversed(self.lines) if one.reading), None)


def thread(conversation: Conversation, before: str = "") -> Thread:
    """One query, however long the conversation is."""
    rows = conversation.messages.select_related(
        "author", "reading", "delivery", "membership__cluster__theme"
    ).order_by("-said_at", "-pk")
    mark = (
        conversation.messages.filter(pk=before).first() if before.isdecimal() and len(before) < 18 else None
    )
    if mark is not None:
        rows = rows.filter(Q(said_at__lt=mark.said_at) | Q(said_at=mark.said_at, pk__lt=mark.pk))
    found = list(rows[: A_PAGE + 1])
    shown = found[:A_PAGE]
    earlier = shown[-1].pk if len(found) > A_PAGE else None
    return Thread(_with_days(reversed(shown)), earlier)


def _with_days(messages: Iterable[Message]) -> list[Line]:
    lines: list[Line] = []
    moods = Installation.here().reads_mood
    before = None
    for message in messages:
        day = timezone.localtime(message.said_at).date()
        reading = getattr(message, "reading", None)
        spans, chips = _spans(reading, moods), _chips(message, reading, moods)
        lines.append(Line(message, None if day == before else day, spans, chips))
        before = day
    return lines


def _spans(reading: Any, moods: bool) -> list[Span]:
    """The words that decided, joined where they touch."""
    if reading is None:
        return []
    keys = ("intent", "function", "mood") if moods else ("intent", "function")
    return joined([tuple(span) for key in keys for span in reading.evidence.get(key, [])])


def _chips(message: Message, reading: Any, moods: bool) -> list[Chip]:
    """What was made of it, in words; how sure the reader was is said to who points at them."""
    if reading is None:
        return []
    if not reading.about_us:
        return [Chip("not about us")]
    theme = theme_of(message)
    return [
        *([Chip(intention(reading.intent), exact(reading, "intent"))] if reading.intent != "other" else []),
        *([Chip(theme.title, "What it is about")] if theme else []),
        *([Chip(FEELINGS[reading.mood], exact(reading, "mood"))] if moods else []),
    ]


@dataclass(frozen=True, slots=True)
class Way:
    """Whether a reply goes out here, and the sentence that says how."""

    open: bool
    words: str


def way_out(conversation: Conversation, by: Any) -> Way:
    """Policy, consent and address, said before somebody writes."""
    channel, person = conversation.channel, conversation.customer_id
    if channel.closed_at is not None:
        return Way(False, f"{channel.name} is closed; nothing goes out on it.")
    how = policy(channel, Purpose.REPLY)
    if how == Policy.NONE:
        return Way(False, f"Nothing goes out on {channel.name}. You can leave a note.")
    if channel.kind not in consent.allowed([person], Purpose.REPLY)[person]:
        return Way(False, "They asked for no answers here. You can leave a note.")
    to = adapter(channel.kind).address(addresses([person]).get(person, []))
    if not to:
        return Way(
            True, f"We know no address of theirs on {channel.name}; an answer waits until there is one."
        )
    if how == Policy.APPROVED and not by.may("notice.approve"):
        return Way(True, f"{channel.name}: your answer waits until somebody approves it.")
    return Way(True, f"{channel.name}: goes out at once.")
