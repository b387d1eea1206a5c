"""The connector against the fake: the same contract that tests/real runs against Synapse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.lib import clock
from tests.matrix.contract import Contract, House, house, wire  # noqa: F401 fixtures
from tests.matrix.fake import Fake, running
from tests.matrix.rooms import Rooms, gathering  # noqa: F401 a fixture
from tests.tryton.between import Between

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Iterator[Fake]:
    with running() as fake:
        yield fake


class TestContract(Contract):
    pass


class TestRooms(Rooms):
    pass


def test_it_looks_for_its_message_when_the_homeserver_has_forgotten_the_transaction(
    home: Fake,
    house: House,  # noqa: F811 a fixture
    wire: Between,  # noqa: F811 a fixture
) -> None:
    wire.behave = lambda method, path: "lose" if "/send/" in path else "ok"
    house.hand_over()
    deliver()
    wire.behave = lambda *_: "ok"
    home.forget_transactions()
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert deliver() == 1
    assert len(house.ours()) == 1


def test_it_waits_as_long_as_the_homeserver_asks(home: Fake, house: House) -> None:  # noqa: F811
    handoff = house.hand_over()
    home.busy = 1
    deliver()
    handoff.refresh_from_db()
    assert handoff.error == "The homeserver asks for patience."
    assert handoff.next_attempt_at - clock.now() >= timedelta(seconds=90)
