"""The connector against a real Synapse."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.enterprise.handoffs.deliver import deliver
from tests.handoffs import later
from tests.matrix.contract import Contract, House, house, wire  # noqa: F401 fixtures
from tests.matrix.rooms import Rooms, gathering  # noqa: F401 a fixture

pytestmark = [pytest.mark.real_server, pytest.mark.django_db, pytest.mark.xdist_group("synapse")]


class TestContract(Contract):
    pass


class TestRooms(Rooms):
    pass


def test_it_is_stopped_and_comes_back(home: Any, house: House) -> None:  # noqa: F811
    handoff, event = house.sent()
    house.read()
    house.bo.react(house.room, event, "👍")
    waiting = house.hand_over(2)
    home.server("down")
    try:
        assert deliver() == 1
        waiting.refresh_from_db()
        assert waiting.state == "queued"
    finally:
        home.server("up")
    with later(60):
        assert deliver() == 1
    assert house.read() == 1
    assert len(house.ours()) == 2
