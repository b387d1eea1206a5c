"""Insights with people behind them, and loops to tell them about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from pivotpoint.channels.models import Channel, Message
from pivotpoint.customers import consent
from pivotpoint.customers.models import Customer, Identity, Purpose
from pivotpoint.experiences import changes
from pivotpoint.experiences.models import Change, Notice
from pivotpoint.insights.counting.count import recount
from pivotpoint.insights.models import Insight, Membership, MicroCluster, Theme
from pivotpoint.listening.models import Reading
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Loop, Pivot

WORDS = "I was charged twice for one order."


class People:
    """One theme, and people who join it; each has consented unless told otherwise."""

    def __init__(
        self, channel: Channel, now: datetime, pk: int = 7, title: str = "Charged twice for one order"
    ) -> None:
        self.channel, self.now, self.number = channel, now, 100 * (pk - 7)
        self.theme = Theme.objects.create(id=pk, title=title, titled_by=None)
        self.insight = Insight.objects.create(theme=self.theme, opened_at=now)
        self.cluster = MicroCluster.objects.create(id=pk, theme=self.theme, vector=b"")

    def join(
        self, name: str = "", *, consents: bool = True, at: datetime | None = None, **more: Any
    ) -> Customer:
        """Somebody says it; the theme is counted."""
        self.number += 1
        name = name or f"Person {self.number}"
        customer = more.pop("customer", None) or Customer.objects.create(
            name=name, language=more.pop("language", "en")
        )
        kind, handle = "email", f"p{customer.pk}@home.example"
        identity, _ = Identity.objects.get_or_create(
            kind=kind, handle=handle, defaults={"customer": customer}
        )
        if consents:
            consent.give(customer, Purpose.NOTICE, source="test")
        said = at or self.now
        channel = more.pop("channel", self.channel)
        message = Message.objects.create(
            channel=channel,
            external_id=f"x{self.number}",
            customer=customer,
            identity=identity,
            text=WORDS,
            said_at=said,
            read_at=said,
        )
        Reading.objects.create(
            message=message, language=customer.language or "en", sentiment=-0.5, mood="negative",
            intent="complaint", about_us=True, actionable=True, function="finance", version="1", gathered_at=said,
        )  # fmt: skip
        Membership.objects.create(
            message=message, cluster=self.cluster, customer=customer, channel=channel, said_at=said,
            day=said.date(), negative=True, actionable=True, function="finance",
        )  # fmt: skip
        recount([self.theme.pk])
        self.theme.refresh_from_db()
        return customer


@pytest.fixture
def people(mail: Channel, teams: Any, now: datetime) -> People:
    """The theme of the second charge, on e-mail, with nobody behind it yet."""
    mail.notices = "free"
    mail.save()
    return People(mail, now - timedelta(days=10))


@pytest.fixture
def pivot(ines: Any, teams: Any) -> Pivot:
    return Pivot.objects.create(name="Refunds → Finance", team=teams["finance"], owner=ines, gate="open")


@pytest.fixture
def loop(people: People, pivot: Pivot, maren: Any) -> Loop:
    """Three people's insight, handed to Ines."""
    for _ in range(3):
        people.join()
    return loops.open_loop(people.insight, pivot, by=maren)


@pytest.fixture
def change(loop: Loop, ines: Any, now: datetime) -> Change:
    """Ines has ended the second charge."""
    return record(loop, ines, now)


def record(loop: Loop, by: Any, now: datetime, **more: Any) -> Change:
    return changes.record(
        title="One charge per order",
        what="The second charge is blocked before it leaves.",
        live_since=now.date(),
        loops=[loop],
        by=by,
        **more,
    )


@pytest.fixture
def states(loop: Loop) -> Callable[[], list[str]]:
    """The states of the loop's notices, in order of writing."""
    return lambda: list(Notice.objects.filter(loop=loop).order_by("pk").values_list("state", flat=True))


@pytest.fixture
def sent() -> Callable[[], None]:
    """What is queued leaves, and its outcome comes back."""
    from pivotpoint.channels.models import Delivery
    from pivotpoint.experiences import tell
    from pivotpoint.lib import clock

    def leave() -> None:
        tell.send()
        Delivery.objects.filter(state="queued").update(state="sent", sent_at=clock.now())
        tell.take_outcomes()
        tell.finish()

    return leave
