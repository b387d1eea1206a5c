"""The connector against a real Tryton."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.pivot.models import Stage
from tests.handoffs import later, stage
from tests.pivotpoint.conftest import mail_server  # noqa: F401 a fixture
from tests.real.conftest import Real
from tests.tryton.circle import Circle
from tests.tryton.contract import Contract, make_desk  # noqa: F401 a fixture
from tests.tryton.faults import Faults, desk, wire  # noqa: F401 fixtures
from tests.tryton.noting import Noting
from tests.tryton.taking import Taking

pytestmark = [pytest.mark.real_server, pytest.mark.django_db, pytest.mark.xdist_group("tryton")]


class TestContract(Contract):
    pass


class TestFaults(Faults):
    pass


class TestCircle(Circle):
    pass


class TestNoting(Noting):
    pass


class TestTaking(Taking):
    pass


def test_the_administrator_signs_in_and_reads(erp: Real) -> None:
    (company,) = erp.find("company.company", fields=("rec_name",))
    assert company["rec_name"] == "Fjordhus"


def test_it_is_stopped_in_the_middle_and_comes_back(erp: Real, make_desk: Any) -> None:  # noqa: F811
    desk = make_desk()  # noqa: F811
    handoffs = [desk.hand_over() for _ in range(4)]
    deliver(limit=2)
    erp.server("down")
    try:
        with later(1):
            assert deliver() == 2
        assert [each.refresh_from_db() or each.state for each in handoffs] == [
            "sent",
            "sent",
            "queued",
            "queued",
        ]
    finally:
        erp.server("up")
    with later(300):
        desk.settle()
    assert [len(desk.records(each)) for each in handoffs] == [1, 1, 1, 1]
    assert desk.listen() == 0


def test_supply_chain_from_a_purchase_to_the_alert_about_its_supplier(
    erp: Real,
    make_desk: Any,  # noqa: F811
) -> None:
    """Customers complain about what was delivered last; the inspection of that shipment opens the alert."""
    shipment = erp.buy()
    supply = make_desk(work="quality", control="What customers report", supplier="Pump Works")
    handoff = supply.hand_over()
    supply.settle()
    (row,) = supply.records(handoff, "quality.inspection", "origin")
    assert row["origin"] == f"stock.shipment.in,{shipment}"
    fail, work_on, resolve = erp.inspect(row["id"])
    fail()
    alerts = erp.find("quality.alert", ["origin", "=", f"quality.inspection,{row['id']}"], fields=("state",))
    assert [each["state"] for each in alerts] == ["open"]
    assert (supply.listen(), stage(handoff)) == (1, Stage.ACCEPTED)
    work_on()
    assert (supply.listen(), stage(handoff)) == (1, Stage.CHANGING)
    resolve()
    assert (supply.listen(), stage(handoff)) == (1, Stage.DELIVERED)
