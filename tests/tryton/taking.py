"""A complaint that somebody in Tryton wrote becomes the record of a loop; run against the fake and the real one."""

from __future__ import annotations

from typing import Any

import pytest

from pivotpoint.enterprise.handoffs.adopt import adopt
from pivotpoint.pivot.models import Attachment, Handoff, Loop, Stage
from pivotpoint.pivot.refused import Refused
from tests.switchyard import make_insight
from tests.tryton.desk import Desk


def complain(erp: Any) -> dict[str, Any]:
    """Somebody there has written one down, and it waits."""
    (kind,) = erp.find("sale.complaint.type", ["origin.name", "=", "sale.sale"])
    (company,) = erp.find("company.company")
    own = {"type": kind["id"], "company": company["id"], "customer": erp.facts["hanne"]}
    made = erp.create("sale.complaint", description="The bank took it twice.", **own)
    erp.on("sale.complaint", "wait", [made])
    row: dict[str, Any] = erp.find("sale.complaint", ["id", "=", made], fields=("number", "state"))[0]
    return row


class Taking:
    """Test methods in two classes: one with the fake, one with the real server."""

    def test_a_loop_goes_on_with_a_complaint_that_is_there(
        self, make_desk: Any, erp: Any, maren: Any
    ) -> None:
        desk: Desk = make_desk()
        row, before = complain(erp), len(erp.find("sale.complaint"))
        loop = adopt(make_insight(81, 3), desk.destination, f"Complaint {row['number']}", by=maren)
        handoff = loop.handoffs.get()
        page = f"{erp.url}/#{erp.database}/model/sale.complaint/{row['id']}"
        assert (loop.stage, handoff.state) == (Stage.HANDED_OVER, "sent")
        assert (handoff.external_ref, handoff.external_url) == (f"Complaint {row['number']}", page)
        desk.settle()
        assert len(erp.find("sale.complaint")) == before  # nothing was made
        assert desk.listen() == 0
        erp.on("sale.complaint", "approve", [row["id"]])
        assert (desk.listen(), desk.listen()) == (1, 0)
        assert Loop.objects.get().stage == Stage.ACCEPTED

    def test_what_is_decided_there_already_counts_at_once(self, make_desk: Any, erp: Any, maren: Any) -> None:
        desk: Desk = make_desk()
        row = complain(erp)
        erp.on("sale.complaint", "reject", [row["id"]])
        adopt(make_insight(82, 2), desk.destination, str(row["number"]), by=maren)
        assert desk.listen() == 1
        assert Loop.objects.get().stage == Stage.DECLINED

    def test_the_same_record_again_is_the_same_loop_and_another_insight_goes_along(
        self, make_desk: Any, erp: Any, maren: Any
    ) -> None:
        desk: Desk = make_desk()
        row = complain(erp)
        insight, other = make_insight(83, 2), make_insight(84, 2)
        page = f"{erp.url}/#{erp.database}/model/sale.complaint/{row['id']}"
        loops = [adopt(each, desk.destination, page, by=maren) for each in (insight, insight, other)]
        assert {loop.pk for loop in loops} == {Loop.objects.get().pk}
        assert Attachment.objects.get().insight == other
        assert Handoff.objects.count() == 1

    def test_one_that_a_hand_off_has_made_takes_an_insight_along(
        self, make_desk: Any, erp: Any, maren: Any
    ) -> None:
        desk: Desk = make_desk()
        handoff = desk.hand_over()
        desk.settle()
        handoff.refresh_from_db()
        loop = adopt(make_insight(85, 2), desk.destination, handoff.external_ref, by=maren)
        assert loop == handoff.loop
        assert Attachment.objects.get().loop == loop

    def test_what_is_not_there_changes_nothing(self, make_desk: Any, erp: Any, maren: Any) -> None:
        desk: Desk = make_desk()
        with pytest.raises(Refused, match="Tryton knows no complaint as “987654321”"):
            adopt(make_insight(86, 2), desk.destination, "987654321", by=maren)
        assert not Loop.objects.exists()

    def test_one_that_is_on_its_way_there_is_not_taken_as_another(
        self, make_desk: Any, erp: Any, maren: Any
    ) -> None:
        desk: Desk = make_desk()
        row, handoff = complain(erp), desk.hand_over()
        Handoff.objects.filter(pk=handoff.pk).update(state="sending", attempts_made=1)
        with pytest.raises(Refused, match="is on its way to ERP already"):
            adopt(handoff.loop.insight, desk.destination, str(row["number"]), by=maren)
        assert not hasattr(Handoff.objects.get(), "counterpart")
