"""What we know of a customer is noted on their party, with their yes; run against the fake and the real Tryton."""

from __future__ import annotations

from typing import Any

from pivotpoint.customers import consent
from pivotpoint.customers.erase import erase
from pivotpoint.customers.models import Customer
from pivotpoint.enterprise.models import Conflict, CustomerRecord, Retraction
from pivotpoint.enterprise.records import keep
from pivotpoint.pivot import loops
from tests.handoffs import later
from tests.tryton.contract import compare, someone
from tests.tryton.desk import Desk

NOTED = "note:What they told us"
FIELD = {"ours": "facts.insights", "theirs": NOTED, "policy": "ask"}


class Noting:
    """Test methods in two classes: one with the fake, one with the real server."""

    def test_nothing_is_noted_without_a_yes_and_it_goes_with_the_no(
        self, make_desk: Any, erp: Any, maren: Any
    ) -> None:
        link = self.known(make_desk(customers=[FIELD]))
        assert (compare(), notes(erp, link)) == (0, [])
        consent.give(link.customer, "share", source="Phone", by=maren)
        assert compare() == 1
        title = link.customer.backings.get().theme.title
        assert notes(erp, link) == [f"What they told us\n{title} (2 people, handed over)"]
        assert compare() == 0
        consent.withdraw(link.customer, "share", source="Phone", by=maren)
        assert (compare(), notes(erp, link)) == (1, [])

    def test_it_follows_the_loop(self, make_desk: Any, erp: Any, ines: Any) -> None:
        desk = make_desk(customers=[FIELD | {"policy": "ours"}])
        link = self.known(desk)
        consent.give(link.customer, "share", source="Phone")
        compare()
        loops.accept(desk.pivot.loops.get(), by=ines)
        assert compare() == 1, CustomerRecord.objects.get().error
        assert notes(erp, link)[0].endswith("(2 people, accepted)")

    def test_a_note_that_somebody_there_changed_is_for_a_person(
        self, make_desk: Any, erp: Any, maren: Any, ines: Any
    ) -> None:
        desk = make_desk(customers=[FIELD])
        link = self.known(desk)
        consent.give(link.customer, "share", source="Phone")
        compare()
        (note,) = erp.find("ir.note", ["resource", "=", link.record])
        erp.on("ir.note", "delete", [note["id"]])
        erp.create("ir.note", resource=link.record, message="What they told us\nShe is a friend.")
        assert compare() == 0  # theirs alone has changed: it stays
        loops.accept(desk.pivot.loops.get(), by=ines)
        assert compare() == 0
        conflict = Conflict.objects.open().get()
        assert conflict.theirs == "She is a friend."
        keep.settle(conflict, "theirs", by=maren)
        assert (compare(), notes(erp, link)) == (0, ["What they told us\nShe is a friend."])
        loops.start(desk.pivot.loops.get(), by=ines)
        compare()
        keep.settle(Conflict.objects.open().get(), "ours", by=maren)
        assert compare() == 1
        assert notes(erp, link)[0].endswith("(2 people, changing)")

    def test_an_erased_person_s_note_is_taken_out_also_when_it_is_away(
        self, make_desk: Any, erp: Any, maren: Any
    ) -> None:
        desk = make_desk(customers=[FIELD])
        link = self.known(desk)
        consent.give(link.customer, "share", source="Phone")
        compare()
        address = desk.destination.config["url"]
        self.lead_to(desk, "http://127.0.0.1:9")
        erase(Customer.objects.get(pk=link.customer_id), by=maren)
        keep.keep()
        assert (len(notes(erp, link)), Retraction.objects.exclude(error="").count()) == (1, 1)
        self.lead_to(desk, address)
        with later(700):
            keep.keep()
        assert (notes(erp, link), Retraction.objects.count()) == ([], 0)

    def known(self, desk: Desk) -> CustomerRecord:
        """A customer whose party is known, because a complaint was made for them."""
        desk.hand_over(someone())
        desk.settle()
        return CustomerRecord.objects.select_related("customer").get()

    def lead_to(self, desk: Desk, url: str) -> None:
        desk.destination.refresh_from_db()
        desk.destination.config["url"] = url
        desk.destination.save()


def notes(erp: Any, link: CustomerRecord) -> list[str]:
    rows = erp.find("ir.note", ["resource", "=", link.record], fields=("message",))
    return [row["message"] for row in rows]
