"""A system is not given more at once, nor more within a minute, than its destination says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from pivotpoint.enterprise.handoffs.deliver import attempt, deliver
from pivotpoint.lib import clock
from pivotpoint.pivot import loops
from pivotpoint.pivot.models import Destination, Handoff
from tests.receiver import SECRET, Receiver
from tests.switchyard import make_insight, make_pivot

pytestmark = pytest.mark.usefixtures("now", "maren")


@pytest.fixture
def lead_to(receiver: Receiver, teams: Any, ines: Any) -> Callable[..., Any]:
    """A pivot whose one destination has these limits."""

    def make(name: str, url: str = "", **limits: Any) -> Any:
        pivot = make_pivot(teams["finance"], ines, name, destinations=0)
        Destination.objects.create(
            pivot=pivot,
            name="ERP",
            kind="webhook",
            config={"url": url or receiver.url},
            secret=SECRET,
            **limits,
        )
        return pivot

    return make


def hand_over(pivot: Any, *numbers: int) -> list[Handoff]:
    return [loops.open_loop(make_insight(n, 1), pivot, by=None).handoffs.get() for n in numbers]


def test_no_more_than_so_many_within_a_minute(lead_to: Any, receiver: Receiver) -> None:
    made = hand_over(lead_to("Refunds", per_minute=3), *range(1, 8))
    arrived = []
    for seconds in (0, 30, 61, 90, 122):
        with clock.at(clock.now() + timedelta(seconds=seconds)):
            deliver()
            arrived.append(len(receiver.taken))
    assert arrived == [3, 3, 6, 6, 7]
    assert list(receiver.taken) == [handoff.key for handoff in made]


def test_a_failed_attempt_counts_too(lead_to: Any, receiver: Receiver) -> None:
    receiver.behave = lambda _: "fail"
    hand_over(lead_to("Refunds", per_minute=2), 1, 2, 3)
    deliver()
    assert sum(receiver.arrived.values()) == 2


def test_no_more_than_so_many_at_once(lead_to: Any, receiver: Receiver) -> None:
    first, second, third = hand_over(lead_to("Refunds", at_once=2), 1, 2, 3)
    Handoff.objects.filter(pk__in=[first.pk, second.pk]).update(state="sending", claimed_at=clock.now())
    assert deliver() == 0
    assert attempt([third.pk]) == 0
    Handoff.objects.filter(pk=first.pk).update(state="sent")
    assert deliver() == 1


def test_pivots_that_lead_to_the_same_system_share_its_limit(lead_to: Any, receiver: Receiver) -> None:
    hand_over(lead_to("Refunds", per_minute=3), 1, 2)
    hand_over(lead_to("Returns", per_minute=3), 3, 4)
    deliver()
    assert len(receiver.taken) == 3


def test_another_system_does_not_wait_for_it(lead_to: Any, receiver: Receiver) -> None:
    hand_over(lead_to("Refunds", per_minute=1), *range(1, 60))
    free = hand_over(lead_to("Returns", f"{receiver.url}/other"), 60)
    deliver()
    assert set(receiver.taken) > {free[0].key}
    assert len(receiver.taken) == 2


def test_of_one_loop_the_order_holds_within_a_limit(lead_to: Any, receiver: Receiver, ines: Any) -> None:
    (first,) = hand_over(lead_to("Refunds", per_minute=1), 1)
    loops.decline(first.loop, "No.", by=ines)
    loops.reopen(first.loop, "Yes.", by=ines)
    deliver()
    assert [key[-2:] for key in receiver.taken] == ["-1"]
    with clock.at(clock.now() + timedelta(seconds=61)):
        deliver()
    assert [key[-2:] for key in receiver.taken] == ["-1", "-2"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_together_stay_within_it(lead_to: Any, receiver: Receiver) -> None:
    made = hand_over(lead_to("Refunds", at_once=1), 1, 2, 3, 4)
    receiver.slow = 2.0
    receiver.behave = lambda _: "slow"
    start, tried = threading.Barrier(4), []

    def work(pk: int) -> None:
        try:
            start.wait(10)
            tried.append(attempt([pk]))
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(handoff.pk,)) for handoff in made]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sum(tried) == len(receiver.taken) == 1
