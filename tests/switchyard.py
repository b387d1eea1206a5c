"""Insights and pivots for tests: themes with as many people as said, written straight into the roll-ups."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pivotpoint.channels.models import Channel, Message
from pivotpoint.customers.models import Customer
from pivotpoint.insights.counting.shares import count_shares
from pivotpoint.insights.models import (
    Backing,
    Insight,
    Membership,
    MicroCluster,
    Rung,
    Theme,
    ThemeChannel,
)
from pivotpoint.lib import clock
from pivotpoint.listening.models import Reading
from pivotpoint.pivot.models import Destination, Pivot, Rule

TREND = [{"field": "rung", "op": "at_least", "value": "trend"}]


def make_channel() -> Channel:
    return Channel.objects.get_or_create(
        name="Letters", defaults={"kind": "api", "goal": "Hear those who write."}
    )[0]


def rung_of(people: int) -> str:
    return Rung.TREND if people >= 3 else Rung.PATTERN if people == 2 else Rung.VOICE


def make_insight(
    number: int = 1, people: int = 3, *, segment: str = "", negative: int = 0, **fields: Any
) -> Insight:
    """Insight `number` behind which `people` new people stand; `fields` go to the theme, or to the insight."""
    own = {key: fields.pop(key) for key in ("severity", "opened_at", "climbed_at") if key in fields}
    now: datetime = clock.now()
    values = {
        "title": f"Refund {number} does not arrive",
        "keywords": ["refund", "wait"],
        "people": people,
        "messages": people,
        "negative": negative,
        "rung": rung_of(people),
        "function": "finance",
        "first_at": now - timedelta(days=10),
        "last_at": now,
    } | fields
    theme = Theme.objects.create(id=number, **values)
    back(theme, people, segment=segment)
    insight = Insight.objects.create(theme=theme, **own)
    count_shares([theme.pk])
    return insight


def back(theme: Theme, people: int, *, segment: str = "") -> None:
    """People, their messages and the memberships that join both to the theme."""
    channel, now = make_channel(), clock.now()
    ids = (theme.pk, 1_000_000 + theme.pk)
    clusters = [MicroCluster.objects.create(id=pk, theme=theme, count=people, vector=b"") for pk in ids]
    for n in range(people):
        customer = Customer.objects.create(name=f"Person {theme.pk}.{n}", segment=segment)
        message = Message.objects.create(
            channel=channel,
            external_id=f"{theme.pk}-{n}",
            customer=customer,
            text=f"I wait for refund {n}. Write to me at person{n}@home.example or call 0151 2345678.",
            said_at=now - timedelta(hours=n),
        )
        Membership.objects.create(
            message=message,
            cluster=clusters[n % 2],
            customer=customer,
            channel=channel,
            said_at=message.said_at,
            day=message.said_at.date(),
            negative=False,
        )
        Reading.objects.create(
            message=message,
            language="en",
            sentiment=0.0,
            mood="neutral",
            intent="complaint",
            about_us=True,
            actionable=True,
            version="test",
        )
        Backing.objects.create(
            theme=theme, customer=customer, first_at=now, last_at=now, messages=1, negative=0
        )
    ThemeChannel.objects.create(theme=theme, channel=channel, people=people, messages=people)


def make_pivot(
    team: Any, owner: Any, name: str = "Refunds", *, conditions: Any = None, **fields: Any
) -> Pivot:
    """A pivot with one rule (trends by default) and one task destination unless `destinations` is 0."""
    destinations = fields.pop("destinations", 1)
    pivot = Pivot.objects.create(name=name, team=team, owner=owner, **fields)
    Rule.objects.create(pivot=pivot, conditions=TREND if conditions is None else conditions)
    for n in range(destinations):
        Destination.objects.create(pivot=pivot, position=n, name=f"Tasks {n}", kind="tasks")
    return pivot
