"""No page asks the database more often because there is more to show: each at a little and at ten times as much."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pivotpoint.channels.models import Channel
from pivotpoint.collaboration import room, tasks
from pivotpoint.desk import waiting
from pivotpoint.experiences import changes
from pivotpoint.experiences.models import Change
from pivotpoint.insights.models import Backing, Membership
from pivotpoint.jobs import kept
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.decide import decide
from tests.pivotpoint.desk.letters import WORDS, read, write
from tests.pivotpoint.desk.scene import count_days, read_all
from tests.switchyard import make_insight

PAGES = (
    "today",
    "inbox",
    "conversation",
    "insights",
    "insight",
    "switchyard",
    "pivot",
    "friction",
    "standing",
    "loops",
    "loop",
    "customers",
    "customer",
    "changes",
    "change",
    "notices",
    "insight_messages",
    "uncovered",
    "suggestions",
    "apart",
    "deliveries",
    "accuracy",
    "review",
    "rereads",
    "taxonomies",
    "proposals",
)


@pytest.fixture
def busy(yard: SimpleNamespace, mail: Channel) -> SimpleNamespace:
    """The yard with one of everything that a page can show."""
    yard.mail = mail
    yard.hers = write(mail)
    read(yard.hers)
    yard.loop = loops.open_loop(yard.trend, yard.refunds, by=yard.maren)
    yard.ids = {
        "conversation": yard.hers.conversation_id,
        "insight": yard.trend.pk,
        "pivot": yard.refunds.pk,
        "insight_messages": yard.trend.pk,
        "loop": yard.loop.pk,
        "notices": yard.loop.pk,
        "customer": yard.hers.customer_id,
    }
    decide(make_insight(4, 3))
    tasks.add(yard.trend, "Call the warehouse", yard.ines, clock.now(), by=yard.maren, loop=yard.loop)
    grow(yard, 10, 1)
    yard.ids["change"] = Change.objects.order_by("pk")[0].pk
    return yard


def grow(yard: SimpleNamespace, first: int, times: int) -> None:
    """So many times more: on lists more lines, and more behind the one insight, loop and customer that are looked at."""
    for number in range(first, first + 4 * times, 4):
        waits, travels, changed, free = (make_insight(number + n, 3) for n in range(4))
        for insight in (waits, travels, changed, free):
            count_days(insight)
        decide(waits)
        loops.accept(loops.open_loop(travels, yard.refunds, by=yard.maren), by=yard.ines)
        done = loops.open_loop(changed, yard.refunds, by=yard.maren)
        loops.accept(done, by=yard.ines)
        changes.record(
            title=f"Change {number}",
            what="Paid at once.",
            live_since=clock.today(),
            loops=[done],
            by=yard.ines,
        )
        read(write(yard.mail, f"P{number} Ople"))
        read(write(yard.mail, text=f"{WORDS} Number {number}."))
        behind(yard, number)
    read_all()


def behind(yard: SimpleNamespace, number: int) -> None:
    """More people who say it, and more work at it."""
    for membership in Membership.objects.filter(cluster__theme=number):
        Backing.objects.create(
            theme=yard.trend.theme,
            customer=membership.customer,
            first_at=membership.said_at,
            last_at=membership.said_at,
            messages=1,
            negative=1,
        )
    Membership.objects.filter(cluster__theme=number).update(cluster=yard.trend.pk)
    room.comment(yard.trend, f"Seen {number} of these.", by=yard.maren)
    room.decide(yard.trend, f"We pay within {number} days.", by=yard.maren)
    tasks.add(yard.trend, f"Check {number}", yard.ines, clock.now(), by=yard.maren, loop=yard.loop)


def queries(client: Client, yard: SimpleNamespace, page: str) -> int:
    path = reverse(f"desk:{page}", args=[yard.ids[page]] if page in yard.ids else [])
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_ten_times_as_much_is_no_query_more(
    busy: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A figure that took long to count is kept, which is a query more on a busy machine.
    monkeypatch.setattr(kept, "DEAR_MS", 1e9)
    # Today counts a list that is longer than what it shows of it: here each is so from the start.
    monkeypatch.setattr(waiting, "SHOWN", 1)
    client.force_login(busy.maren)
    few = {page: queries(client, busy, page) for page in PAGES}
    grow(busy, 50, 9)
    many = {page: queries(client, busy, page) for page in PAGES}
    assert {page: many[page] - few[page] for page in PAGES if many[page] > few[page]} == {}
