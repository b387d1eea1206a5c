"""What they said: a few faithful words of different people, with the words that they are quoted for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from pivotpoint.channels.models import Message
from pivotpoint.customers.handles import PUBLIC
from textanalytics.base import Span
from textanalytics.quotes import marks
from textanalytics.speakers.turns import quoted

CLUSTERS, EACH = 6, 4
"""Biggest clusters of a theme, as many as quotes are wanted or more, and latest messages of each, among which the quotes are chosen."""
SHORT, LONG = 25, 280

# The latest of a cluster come from the end of its index: a big one has tens of thousands.
CANDIDATES = """SELECT theme_id, message_id FROM (
        SELECT biggest.theme_id, biggest.place AS place, m.message_id,
            row_number() OVER (PARTITION BY m.cluster_id ORDER BY m.message_id DESC) AS turn
        FROM (
            SELECT id, theme_id, row_number() OVER (PARTITION BY theme_id ORDER BY count DESC, id) AS place
            FROM insights_microcluster WHERE theme_id IN ({themes}) AND count > 0
        ) AS biggest JOIN insights_membership m ON m.message_id IN (
            SELECT l.message_id FROM insights_membership l WHERE l.cluster_id = biggest.id
            ORDER BY l.message_id DESC LIMIT %s)
        WHERE biggest.place <= %s
    ) AS latest ORDER BY theme_id, turn, place"""


@dataclass(frozen=True)
class Quote:
    """`spans` are half-open character offsets into `text`, in order, not overlapping: words of the theme's title and keywords."""

    message: int
    text: str
    spans: list[Span]
    who: str
    channel: str
    said_at: datetime
    mood: str


def quotes(theme_ids: Collection[int], per_theme: int = 3) -> dict[int, list[Quote]]:
    """Up to `per_theme` quotes of each theme, from its biggest clusters, each of another person; two queries."""
    if not theme_ids:
        return {}
    chosen: dict[int, list[int]] = {theme: [] for theme in theme_ids}
    with connection.cursor() as cursor:
        sql = CANDIDATES.replace("{themes}", ", ".join(["%s"] * len(chosen)))
        cursor.execute(sql, [*chosen, EACH, max(CLUSTERS, per_theme)])
        for theme, message in cursor.fetchall():
            chosen[theme].append(message)
    return of_each(chosen, per_theme)


def of_each(
    chosen: Mapping[int, Sequence[int]], each: int, about: Mapping[int, str] | None = None
) -> dict[int, list[Quote]]:
    """Up to `each` quotes of these messages by whatever key, with the words that they are `about`, or their theme's title; one query."""
    said = _messages([message for messages in chosen.values() for message in messages])
    return {
        key: _best([said[pk] for pk in pks if pk in said], each, (about or {}).get(key, ""))
        for key, pks in chosen.items()
    }


def _messages(pks: list[int]) -> dict[int, Any]:
    beside = ("reading", "customer", "identity", "channel", "membership__cluster__theme")
    rows = Message.objects.select_related(*beside).filter(pk__in=pks)
    return {row.pk: row for row in rows}


def _best(messages: list[Any], count: int, about: str = "") -> list[Quote]:
    """Of the given order, those of a readable length first, and last whoever feels the opposite of most; one of each
    person, no text twice."""
    against = _opposite([message.reading.mood for message in messages])
    ordered = sorted(
        messages,
        key=lambda message: (
            message.reading.mood == against,
            not SHORT <= len(quoted(message.text)[0]) <= LONG,
        ),
    )
    people: set[int] = set()
    texts: set[str] = set()
    kept: list[Quote] = []
    for message in ordered:
        same = message.text.casefold().strip()
        if message.customer_id in people or same in texts:
            continue
        people.add(message.customer_id)
        texts.add(same)
        kept.append(_quote(message, about or message.membership.cluster.theme.title))
        if len(kept) == count:
            break
    return kept


def _opposite(moods: list[str]) -> str:
    """What stands for no more than a few among these; "" where both sides are heard alike."""
    upset, pleased = moods.count("negative"), moods.count("positive")
    return "positive" if upset > 2 * pleased else "negative" if pleased > 2 * upset else ""


def _quote(message: Any, about: str) -> Quote:
    text = quoted(message.text)[0]
    return Quote(
        message.pk,
        text,
        marks(about, text, message.reading.language),
        who(message),
        message.channel.name,
        message.said_at,
        message.reading.mood,
    )


def who(message: Any) -> str:
    """The name, else the handle under which it was said in public; an address is nobody's name."""
    handle = message.identity
    if message.customer and message.customer.name:
        return str(message.customer.name)
    return handle.handle if handle and handle.kind in PUBLIC else "Somebody"


def joined(spans: list[Span]) -> list[Span]:
    """In order, overlapping and touching ones as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
