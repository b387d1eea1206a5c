"""Several hand-offs to one receiver go together: none is lost, none is taken twice, none is counted that was not tried."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.enterprise.connectors import Sent
from pivotpoint.enterprise.deliver import LEASE, attempt, deliver
from pivotpoint.enterprise.several import _claim, may_go_together, send_several
from pivotpoint.pivot.answers import answer
from pivotpoint.pivot.models import Attempt, Handoff
from tests.pivotpoint.enterprise.test_deliver import handoff_of, later, pivot, receiver
from tests.receiver import Receiver

__all__ = ["pivot", "receiver"]


@pytest.fixture
def four(pivot: Any) -> list[Handoff]:  # noqa: F811
    return [handoff_of(pivot, number) for number in range(1, 5)]


def rows() -> list[tuple[str, int]]:
    return list(Handoff.objects.order_by("pk").values_list("state", "attempts_made"))


def test_all_of_them_arrive_and_are_written_down(four: list[Handoff], receiver: Receiver) -> None:  # noqa: F811
    assert deliver() == 4
    assert rows() == [("sent", 1)] * 4
    assert list(receiver.taken) == [handoff.key for handoff in four]
    assert list(Handoff.objects.order_by("pk").values_list("external_ref", flat=True)) == [
        f"CR-{handoff.key}" for handoff in four
    ]
    assert Attempt.objects.filter(delivered=True, status="200").count() == 4


def test_one_that_fails_is_tried_again_alone(four: list[Handoff], receiver: Receiver) -> None:  # noqa: F811
    receiver.behave = lambda key: "fail" if key == four[1].key else "ok"
    assert deliver() == 4
    assert rows() == [("sent", 1), ("queued", 1), ("sent", 1), ("sent", 1)]
    receiver.behave = lambda _: "ok"
    with later(10):
        assert deliver() == 1
    assert list(receiver.arrived.values()) == [1, 2, 1, 1]


def test_what_a_killed_worker_had_claimed_is_sent_by_the_next(
    four: list[Handoff],
    receiver: Receiver,  # noqa: F811
) -> None:
    def killed(handoff: Handoff) -> Sent:
        if handoff.pk == four[1].pk:
            raise KeyboardInterrupt
        return Sent("CR-1")

    with pytest.raises(KeyboardInterrupt):
        send_several(four[0].destination, [handoff.pk for handoff in four], killed)
    assert rows() == [("sent", 1), ("sending", 1), ("queued", 0), ("queued", 0)]
    with later(LEASE.total_seconds() + 1):
        assert deliver() == 3
    assert rows() == [("sent", 1), ("sent", 2), ("sent", 1), ("sent", 1)]


def test_an_answer_that_overtakes_our_own_bookkeeping_stands(four: list[Handoff]) -> None:
    def answered(handoff: Handoff) -> Sent:
        answer(handoff, "accepted", key="x", actor_name="ERP")
        return Sent("CR-7")

    assert send_several(four[0].destination, [four[0].pk, four[1].pk], answered) == 2
    first = Handoff.objects.get(pk=four[0].pk)
    assert (first.state, first.external_ref, first.sent_at is not None) == ("answered", "CR-7", True)


def test_two_workers_do_not_claim_the_same(four: list[Handoff]) -> None:
    pks = [handoff.pk for handoff in four]
    assert [handoff.pk for handoff in _claim(pks[:3])] == pks[:3]
    assert [handoff.pk for handoff in _claim(pks)] == pks[3:]
    assert attempt(pks[0]) == 0


def test_a_limit_and_a_receiver_that_may_take_one_twice_go_one_by_one(pivot: Any) -> None:  # noqa: F811
    erp = pivot.destinations.get()
    assert may_go_together(erp)
    erp.per_minute = 60
    assert not may_go_together(erp)
    erp.per_minute, erp.kind = None, "email"
    assert not may_go_together(erp)
