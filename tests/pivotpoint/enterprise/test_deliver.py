"""Hand-offs go out: each arrives, none is taken twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.enterprise.connectors import Sent, signed
from pivotpoint.enterprise.connectors.webhook import connector
from pivotpoint.enterprise.handoffs.claim import Claims
from pivotpoint.enterprise.handoffs.deliver import LEASE, TRIES, attempt, deliver
from pivotpoint.jobs import beat
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, handoffs, loops
from pivotpoint.pivot.answers import answer
from pivotpoint.pivot.models import Attempt, Destination, Handoff
from tests.handoffs import later
from tests.receiver import SECRET, Receiver, at_random
from tests.switchyard import make_insight, make_pivot


@pytest.fixture
def pivot(receiver: Receiver, teams: Any, ines: Any, maren: Any, now: Any) -> Any:
    pivot = make_pivot(teams["finance"], ines, destinations=0)
    destination = edit.save_destination(
        pivot, name="ERP", kind="webhook", config={"url": receiver.url}, by=maren
    )
    Destination.objects.filter(pk=destination.pk).update(secret=SECRET)
    return pivot


def handoff_of(pivot: Any, number: int = 1) -> Handoff:
    return loops.open_loop(make_insight(number, 1), pivot, by=None).handoffs.get()


def test_a_hand_off_arrives_signed_and_brings_their_reference(pivot: Any, receiver: Receiver) -> None:
    handoff = handoff_of(pivot)
    assert deliver() == 1
    assert deliver() == 0
    handoff.refresh_from_db()
    assert receiver.taken[handoff.key]["insight"]["title"] == "Refund 1 does not arrive"
    assert (handoff.state, handoff.external_ref) == ("sent", f"CR-{handoff.key}")
    assert handoff.external_url == "https://erp.example/1"
    tried = Attempt.objects.get()
    assert (tried.delivered, tried.status) == (True, "200")


def test_a_receiver_that_has_not_changed_over_yet_still_verifies(
    pivot: Any, receiver: Receiver, maren: Any
) -> None:
    destination = pivot.destinations.get()
    new = edit.new_secret(destination, by=maren)
    for number, secret in enumerate((SECRET, new), 1):
        receiver.secret = secret
        handoff = handoff_of(pivot, number)
        assert deliver() == 1
        assert handoff.key in receiver.taken


def test_a_failure_is_tried_again_ever_more_slowly_until_it_is_dead(pivot: Any, receiver: Receiver) -> None:
    receiver.behave = lambda _: "fail"
    handoff, waits = handoff_of(pivot), []
    moment = clock.now()
    for _ in range(TRIES):
        with clock.at(moment):
            assert deliver() == 1
            handoff.refresh_from_db()
            waits.append((handoff.next_attempt_at - moment).total_seconds())
        moment = max(handoff.next_attempt_at, moment + timedelta(seconds=61))
    assert all(5 * 2**n <= wait <= 7.5 * 2**n for n, wait in enumerate(waits))
    assert (handoff.state, handoff.error) == ("dead", "It answered 500.")
    assert Attempt.objects.filter(delivered=False, status="500").count() == TRIES
    assert Event.objects.filter(name="pivot.handoff_died").count() == 1
    with clock.at(moment + timedelta(days=1)):
        assert deliver() == 0


def test_what_no_repetition_changes_is_dead_at_once_and_can_be_replayed(
    pivot: Any, receiver: Receiver, ines: Any
) -> None:
    receiver.behave = lambda _: "refuse"
    handoff = handoff_of(pivot)
    deliver()
    handoff.refresh_from_db()
    assert handoff.state == "dead"
    receiver.behave = lambda _: "ok"
    handoffs.replay(handoff, by=ines)
    deliver()
    handoff.refresh_from_db()
    assert (handoff.state, receiver.arrived[handoff.key]) == ("sent", 2)


def test_a_destination_that_fails_again_and_again_rests(pivot: Any, receiver: Receiver) -> None:
    receiver.behave = lambda _: "fail"
    for number in range(1, 9):
        handoff_of(pivot, number)
    assert deliver() == 5
    receiver.behave = lambda _: "ok"
    assert deliver() == 0
    with later(61):
        assert deliver() == 8
    assert Destination.objects.get().failures == 0


def test_no_state_is_bound_to_the_statement_that_claims_so_that_it_is_planned_once(pivot: Any) -> None:
    claims = Claims()
    assert claims.sql.count("%s") == len(claims.parameters) + 1
    assert set(Handoff.State.values).isdisjoint(str(each) for each in claims.parameters)
    assert all(f"'{state}'" in claims.sql for state in (Handoff.State.QUEUED, Handoff.State.SENDING))


def test_of_one_loop_the_earlier_hand_off_goes_first(pivot: Any, receiver: Receiver) -> None:
    receiver.behave = lambda _: "fail"
    first = handoff_of(pivot)
    deliver()
    loops.decline(first.loop, "No.", by=None)
    loops.reopen(first.loop, "Yes.", by=None)
    receiver.behave = lambda _: "ok"
    assert deliver() == 0  # the second waits until the first may be tried again
    with later(10):
        assert deliver() == 2
    assert [key[-2:] for key in receiver.taken] == ["-1", "-2"]


def test_an_answer_that_overtakes_our_own_bookkeeping_stands(pivot: Any, receiver: Receiver) -> None:
    handoff = handoff_of(pivot)

    def answer_first(key: str) -> str:
        answer(handoff, "accepted", key="x", actor_name="ERP")
        return "hang-up"

    # The receiver answers before it hangs up on us.
    Handoff.objects.filter(pk=handoff.pk).update(state="sending", claimed_at=clock.now())
    answer_first(handoff.key)
    with later(LEASE.total_seconds() + 1):
        assert deliver() == 0
    handoff.refresh_from_db()
    assert handoff.state == "answered"


def test_what_a_dead_worker_had_claimed_is_sent_by_the_next(pivot: Any, receiver: Receiver) -> None:
    handoff = handoff_of(pivot)
    Handoff.objects.update(state="sending", claimed_at=clock.now())
    assert deliver() == 0
    with later(LEASE.total_seconds() + 1):
        assert deliver() == 1
    assert receiver.arrived[handoff.key] == 1


def test_two_workers_do_not_send_the_same(pivot: Any, receiver: Receiver) -> None:
    handoff = handoff_of(pivot)
    assert attempt([handoff.pk]) == 1
    assert attempt([handoff.pk]) == 0


def test_what_arrived_is_written_down_also_when_the_next_cannot_be_claimed(
    pivot: Any, receiver: Receiver, monkeypatch: Any
) -> None:
    first, second = handoff_of(pivot, 1), handoff_of(pivot, 2)
    take = Claims.take

    def fail(claims: Claims, pk: int) -> Handoff | None:
        if pk == second.pk:
            raise OperationalError("the database is locked")
        return take(claims, pk)

    monkeypatch.setattr(Claims, "take", fail)
    with pytest.raises(OperationalError):
        deliver()
    assert list(Handoff.objects.order_by("pk").values_list("state", flat=True)) == ["sent", "queued"]
    monkeypatch.undo()
    assert deliver() == 1
    assert set(receiver.arrived.values()) == {1}
    assert list(receiver.taken) == [first.key, second.key]


def test_before_the_next_is_called_the_last_is_written_down(pivot: Any, receiver: Receiver) -> None:
    keys = [handoff_of(pivot, number).key for number in range(1, 4)]
    seen = []

    def look(handoff: Handoff, destination: Destination) -> Sent:
        seen.append(list(Handoff.objects.order_by("pk").values_list("state", flat=True)))
        return Sent(handoff.key)

    with patch.object(connector, "deliver", look):
        assert deliver() == 3
    assert seen == [
        ["sending", "queued", "queued"],
        ["sent", "sending", "queued"],
        ["sent", "sent", "sending"],
    ]
    assert list(Handoff.objects.order_by("pk").values_list("external_ref", flat=True)) == keys


def test_a_receiver_that_misbehaves_gets_each_hand_off_and_takes_it_once(
    pivot: Any, receiver: Receiver, monkeypatch: Any
) -> None:
    monkeypatch.setattr(signed, "SECONDS", 0.25)
    receiver.behave = at_random(7, "ok", "ok", "fail", "hang-up", "slow")
    keys = {handoff_of(pivot, number).key for number in range(1, 13)}
    moment = clock.now()
    for _ in range(40):
        with clock.at(moment):
            deliver()
        if not Handoff.objects.exclude(state="sent").exists():
            break
        moment += timedelta(seconds=120)
    assert set(receiver.taken) == keys
    assert set(Handoff.objects.values_list("state", flat=True)) == {"sent"}
    assert sum(receiver.arrived.values()) > len(keys)  # it did misbehave
    # Each arrival is an attempt that we know of: nothing went out behind our back.
    assert Attempt.objects.count() == sum(receiver.arrived.values())


def test_no_secret_no_call(pivot: Any, receiver: Receiver) -> None:
    Destination.objects.update(secret="")
    handoff = handoff_of(pivot)
    deliver()
    handoff.refresh_from_db()
    assert handoff.error == "It has no secret yet; make one and give it to the receiver."
    assert not receiver.arrived


def test_a_changed_secret_key_stops_the_hand_off_and_not_the_worker(
    pivot: Any, receiver: Receiver, settings: Any
) -> None:
    handoff = handoff_of(pivot)
    settings.SECRET_KEY = "x" * 50
    deliver()
    handoff = Handoff.objects.get(pk=handoff.pk)
    assert (handoff.state, handoff.error) == ("dead", "SECRET_KEY has changed; enter this secret again.")


@pytest.mark.django_db(transaction=True)
def test_a_webhook_is_asked_to_forget_what_was_erased(pivot: Any, receiver: Receiver, maren: Any) -> None:
    handoff = handoff_of(pivot)
    deliver()
    quoted = handoff.payload["insight"]["quotes"][0]["message"]
    erase(Message.objects.get(pk=quoted).customer, by=maren)
    beat.settle()
    said = next(body for body in receiver.taken.values() if body["type"] == "quotes.erased")
    assert (said["handoff"], said["messages"]) == (handoff.key, [quoted])
