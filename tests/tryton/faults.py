"""The wire and the server fail in every way; afterwards exactly one complaint exists for each hand-off."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from pivotpoint.enterprise.connectors import exchange
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.lib import http
from pivotpoint.pivot.handoffs import replay_dead
from pivotpoint.pivot.models import Handoff
from tests.handoffs import later
from tests.tryton.between import Between, between
from tests.tryton.contract import someone
from tests.tryton.desk import Desk


@pytest.fixture
def wire(erp: Any) -> Iterator[Between]:
    with between(erp.url) as wire:
        yield wire


@pytest.fixture
def desk(wire: Between, erp: Any, teams: Any, ines: Any, maren: Any, settings: Any) -> Desk:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
    return Desk(erp, teams["finance"], ines, maren, url=wire.url)


def is_create(method: str, path: str) -> bool:
    return method == "POST" and path.endswith("/sale.complaint")


def once(how: str, when: Any = is_create) -> Any:
    """The first request of that sort meets the fault; all others pass."""
    met: list[str] = []

    def behave(method: str, path: str) -> str:
        if met or not when(method, path):
            return "ok"
        met.append(path)
        return how

    return behave


def give_up_early(monkeypatch: Any) -> None:
    """On the first complaint only: every other request has its usual time, however busy the machine is."""
    given_up: list[str] = []

    def call(method: str, url: str, *, seconds: float, **more: Any) -> Any:
        if not given_up and is_create(method, url):
            given_up.append(url)
            seconds = 0.3
        return http.call(method, url, seconds=seconds, **more)

    monkeypatch.setattr(exchange, "call", call)


class Faults:
    """Test methods in two classes: one with the fake, one with the real server."""

    def test_the_answer_to_the_first_attempt_is_lost(self, desk: Desk, wire: Between) -> None:
        wire.behave = once("lose")
        self.ends_well(desk, wire, "lose")

    def test_the_answer_comes_after_the_time_out(self, desk: Desk, wire: Between, monkeypatch: Any) -> None:
        give_up_early(monkeypatch)
        wire.behave = once("slow")
        self.ends_well(desk, wire, "slow")

    def test_it_answers_500(self, desk: Desk, wire: Between) -> None:
        wire.behave = once("fail")
        self.ends_well(desk, wire, "fail")

    def test_the_button_is_pressed_and_its_answer_is_lost(self, desk: Desk, wire: Between) -> None:
        wire.behave = once("lose", lambda method, path: path.endswith("/wait"))
        self.ends_well(desk, wire, "lose")

    def test_the_party_is_made_and_its_answer_is_lost(self, desk: Desk, wire: Between, erp: Any) -> None:
        wire.behave = once("lose", lambda method, path: method == "POST" and path.endswith("/party.party"))
        email = someone()
        self.ends_well(desk, wire, "lose", email)
        assert len(erp.find("party.party", ["contact_mechanisms.value", "=", email])) == 1

    def test_a_given_up_attempt_arrives_after_the_next(
        self, desk: Desk, wire: Between, monkeypatch: Any
    ) -> None:
        give_up_early(monkeypatch)
        wire.behave = once("hold")
        handoff = desk.hand_over()
        deliver()
        with later(30):
            deliver()
        first = desk.records(handoff)
        wire.release()
        assert len(desk.records(handoff)) == 2  # the fault did happen
        desk.listen()
        assert desk.records(handoff) == first
        handoff.refresh_from_db()
        assert handoff.state == "sent"

    def test_anything_may_fail_anywhere(self, desk: Desk, wire: Between) -> None:
        dice = random.Random(11)
        wire.behave = lambda *_: dice.choice([*["ok"] * 9, "fail", "lose", "refuse"])
        handoffs = [desk.hand_over() for _ in range(6)]
        desk.settle()
        wire.behave = lambda *_: "ok"
        replay_dead(desk.destination, by=desk.lead)
        desk.settle()
        desk.listen()
        assert wire.did["fail"] and wire.did["lose"] and wire.did["refuse"]
        assert set(Handoff.objects.values_list("state", flat=True)) == {"sent"}
        assert [len(desk.records(handoff)) for handoff in handoffs] == [1] * 6

    def ends_well(self, desk: Desk, wire: Between, fault: str, email: str = "") -> None:
        handoff = desk.hand_over(email)
        desk.settle()
        desk.listen()
        assert wire.did[fault] == 1
        handoff.refresh_from_db()
        (row,) = desk.records(handoff)
        assert (handoff.state, handoff.attempts_made, row["state"]) == ("sent", 2, "waiting")
