"""What a Tryton and the connector owe each other; run against the fake and against the real one (fixture `erp`)."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest

from pivotpoint.channels.models import Message
from pivotpoint.customers.erase import erase
from pivotpoint.customers.models import Customer
from pivotpoint.enterprise.handoffs.forget import ask_to_forget
from pivotpoint.enterprise.models import Conflict, Counterpart, CustomerRecord
from pivotpoint.enterprise.records import keep
from pivotpoint.enterprise.systems.check import check_one
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, handoffs, loops
from pivotpoint.pivot.models import Answer, Attempt, Destination, Handoff, Stage
from tests.tryton.desk import Desk


@pytest.fixture
def make_desk(erp: Any, teams: Any, ines: Any, maren: Any, settings: Any) -> Any:
    settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]

    def make(**config: Any) -> Desk:
        return Desk(erp, teams["finance"], ines, maren, **config)

    return make


def someone() -> str:
    """An address that nobody has had before, also not in a server that outlives the test."""
    return f"person-{uuid.uuid4().hex[:12]}@home.example"


class Contract:
    """Test methods in two classes: one with the fake, one with the real server."""

    def test_a_hand_off_becomes_one_complaint_of_who_said_it_first(self, make_desk: Any, erp: Any) -> None:
        desk, email = make_desk(), someone()
        handoff = desk.hand_over(email)
        desk.settle()
        handoff.refresh_from_db()
        (row,) = desk.records(handoff, "sale.complaint", "description", "customer")
        assert (handoff.state, row["state"]) == ("sent", "waiting")
        assert handoff.external_ref == f"Complaint {row['number']}"
        assert handoff.external_url == f"{erp.url}/#{erp.database}/model/sale.complaint/{_id(desk, handoff)}"
        assert row["description"].startswith(handoff.payload["insight"]["title"])
        assert "[e-mail]" in row["description"]
        (party,) = erp.find("party.party", ["contact_mechanisms.value", "=", email], fields=("name",))
        assert row["customer"] == party["id"]
        assert handoff.counterpart.record == f"sale.complaint,{_id(desk, handoff)}"

    def test_a_party_that_is_there_is_found_whatever_its_capitals(self, make_desk: Any, erp: Any) -> None:
        desk = make_desk()
        handoff = desk.hand_over("hanne@home.example")
        desk.settle()
        (row,) = desk.records(handoff, "sale.complaint", "customer")
        assert row["customer"] == erp.facts["hanne"]

    def test_the_unknown_and_the_named_have_a_party_of_their_own(self, make_desk: Any, erp: Any) -> None:
        desk = make_desk()
        unknown = [desk.hand_over(), desk.hand_over()]
        desk.settle()
        everybody = {desk.records(each, "sale.complaint", "customer")[0]["customer"] for each in unknown}
        (party,) = erp.find("party.party", ["code", "=", "PP-EVERYBODY"])
        assert everybody == {party["id"]}
        desk.destination.config["party"] = "PP-EVERYBODY"
        desk.destination.save()
        named = desk.hand_over(someone())
        desk.settle()
        assert desk.records(named, "sale.complaint", "customer")[0]["customer"] == party["id"]

    def test_sent_again_it_is_the_same_complaint(self, make_desk: Any, ines: Any) -> None:
        desk = make_desk()
        handoff = desk.hand_over()
        desk.settle()
        handoffs.replay(handoff, by=ines)
        desk.settle()
        assert len(desk.records(handoff)) == 1
        assert Attempt.objects.filter(handoff=handoff, delivered=True).count() == 2

    def test_a_reopened_loop_is_a_new_complaint(self, make_desk: Any, ines: Any) -> None:
        desk = make_desk()
        first = desk.hand_over()
        desk.settle()
        loops.decline(first.loop, "Not now.", by=ines)
        loops.reopen(first.loop, "Now.", by=ines)
        desk.settle()
        second = Handoff.objects.exclude(pk=first.pk).get()
        assert len(desk.records(first)) == len(desk.records(second)) == 1

    def test_approved_there_is_accepted_here_once(self, make_desk: Any, erp: Any) -> None:
        desk = make_desk()
        handoff = desk.hand_over()
        desk.settle()
        assert desk.listen() == 0
        erp.on("sale.complaint", "approve", [_id(desk, handoff)])
        assert (desk.listen(), desk.listen()) == (1, 0)
        handoff = Handoff.objects.select_related("loop").get(pk=handoff.pk)
        assert (handoff.state, handoff.loop.stage) == ("answered", Stage.ACCEPTED)
        said = Answer.objects.get()
        assert (said.outcome, said.actor_name) == ("accepted", "ERP")
        assert said.note == f"{handoff.external_ref} is approved."

    def test_rejected_there_is_declined_here_with_a_reason(self, make_desk: Any, erp: Any) -> None:
        desk = make_desk()
        handoff = desk.hand_over()
        desk.settle()
        erp.on("sale.complaint", "reject", [_id(desk, handoff)])
        assert desk.listen() == 1
        loop = Handoff.objects.get(pk=handoff.pk).loop
        assert (loop.stage, Answer.objects.get().note) == (
            Stage.DECLINED,
            f"Complaint {desk.records(handoff)[0]['number']} is rejected.",
        )

    def test_a_changed_reference_does_not_hide_it(self, make_desk: Any, erp: Any, ines: Any) -> None:
        desk = make_desk()
        handoff = desk.hand_over()
        desk.settle()
        record = _id(desk, handoff)
        erp.on("sale.complaint", "write", [record], {"reference": "CR-1"})
        handoffs.replay(handoff, by=ines)
        desk.settle()
        assert desk.records(handoff) == []  # no second one was made
        erp.on("sale.complaint", "approve", [record])
        assert desk.listen() == 1

    def test_two_complaints_of_one_hand_off_become_one(self, make_desk: Any, erp: Any) -> None:
        """A given-up attempt that arrives after the one that counted."""
        desk = make_desk()
        handoff = desk.hand_over()
        desk.settle()
        (row,) = desk.records(handoff, "sale.complaint", "customer", "type", "company")
        double = {name: row[name] for name in ("customer", "type", "company", "reference")}
        erp.create("sale.complaint", **double)
        assert len(desk.records(handoff)) == 2
        desk.listen()
        (kept,) = desk.records(handoff)
        assert kept["id"] == row["id"]

    def test_what_is_erased_here_leaves_the_complaint_there(self, make_desk: Any, maren: Any) -> None:
        desk = make_desk()
        handoff = desk.hand_over()
        desk.settle()
        quote = handoff.payload["insight"]["quotes"][0]
        before = desk.records(handoff, "sale.complaint", "description")[0]["description"]
        erase(Message.objects.get(pk=quote["message"]).customer, by=maren)
        ask_to_forget(handoff, [quote["message"]], event=1)
        desk.settle()
        after = desk.records(handoff, "sale.complaint", "description")[0]["description"]
        assert (quote["text"] in before, quote["text"] in after) == (True, False)
        assert "What they say" in after
        assert desk.records(handoff)[0]["state"] == "waiting"

    def test_what_is_settled_there_is_for_a_person_to_write_anew(self, make_desk: Any, erp: Any) -> None:
        desk = make_desk()
        handoff = desk.hand_over()
        desk.settle()
        erp.on("sale.complaint", "reject", [_id(desk, handoff)])
        asked = ask_to_forget(handoff, [1], event=1)
        desk.settle()
        asked.refresh_from_db()
        assert (asked.state, asked.error[:35]) == ("dead", "Tryton refuses: You are not allowed")

    def test_finance_credits_the_real_invoice(self, make_desk: Any, erp: Any) -> None:
        email = someone()
        bill = erp.bill(email)
        desk = make_desk(work="credit-note")
        handoff = desk.hand_over(email)
        desk.settle()
        (row,) = desk.records(handoff, "sale.complaint", "origin")
        assert row["origin"] == f"account.invoice,{bill}"
        erp.on("sale.complaint", "approve", [row["id"]])
        assert desk.listen() == 1
        note = erp.credit_note(row["id"])
        assert note != bill
        erp.on("account.invoice", "post", [note])
        assert desk.listen() == 1
        assert Handoff.objects.get().loop.stage == Stage.CHANGING
        erp.settle_credit(bill, note)
        assert desk.listen() == 1
        assert Handoff.objects.get().loop.stage == Stage.DELIVERED

    def test_finance_without_an_invoice_is_for_a_person(self, make_desk: Any, erp: Any) -> None:
        desk = make_desk(work="credit-note")
        handoff = desk.hand_over(someone())
        desk.settle()
        handoff.refresh_from_db()
        assert (handoff.state, handoff.error) == (
            "dead",
            "Tryton has not got a posted invoice of this customer.",
        )
        assert desk.records(handoff) == []

    def test_supply_chain_inspects_the_last_delivery(self, make_desk: Any, erp: Any) -> None:
        desk = make_desk(work="quality", control="What customers report", supplier="Pump Works")
        handoff = desk.hand_over()
        desk.settle()
        (row,) = desk.records(handoff, "quality.inspection", "origin")
        assert row["origin"].startswith("stock.shipment.in,")
        assert desk.listen() == 0
        stages = []
        for step in erp.inspect(row["id"]):
            step()
            desk.listen()
            stages.append(Handoff.objects.get().loop.stage)
        assert stages == [Stage.ACCEPTED, Stage.CHANGING, Stage.DELIVERED]

    def test_a_customer_is_kept_the_same_on_both_sides(self, make_desk: Any, erp: Any, maren: Any) -> None:
        desk, email = make_desk(), someone()
        desk.hand_over(email)
        desk.settle()
        link = CustomerRecord.objects.get()
        person, party = link.customer, int(link.record.split(",")[1])
        here, there = partial(_change, person), partial(erp.on, "party.party", "write", [party])
        assert keep.keep() == 0  # the name went there with the party
        person.refresh_from_db()
        german = erp.find("ir.lang", ["code", "=", "de"])[0]["id"]
        there({"name": "Ida Lund", "lang": german})
        assert compare() == 2
        person.refresh_from_db()
        assert (person.name, person.language) == ("Ida Lund", "de")
        here(name="Ida Lund-Berg")
        assert compare() == 1
        assert erp.find("party.party", ["id", "=", party], fields=("name",))[0]["name"] == "Ida Lund-Berg"
        here(name="Ida Berg")
        there({"name": "I. Lund"})
        assert (compare(), compare()) == (0, 0)
        conflict = Conflict.objects.open().get()
        assert (conflict.field, conflict.ours, conflict.theirs) == ("name", "Ida Berg", "I. Lund")
        keep.settle(conflict, "ours", by=maren)
        assert keep.keep() == 1
        assert erp.find("party.party", ["id", "=", party], fields=("name",))[0]["name"] == "Ida Berg"
        assert not Conflict.objects.open().exists()
        erase(person, by=maren)
        assert not CustomerRecord.objects.exists()

    def test_check_says_what_is_wrong(self, make_desk: Any, erp: Any, maren: Any) -> None:
        desk = make_desk()

        def wrong(key: str = "", **config: Any) -> str:
            changed = desk.destination.config | config
            kind = {"name": "ERP", "kind": "tryton", "config": changed, "key": key or erp.key}
            again = Destination.objects.get(pk=desk.destination.pk)
            edit.save_destination(desk.pivot, by=maren, destination=again, **kind)
            return check_one(Destination.objects.get(pk=again.pk)).removeprefix("Refunds → ERP: ")

        assert wrong() == ""
        assert wrong(key="wrong") == "Tryton does not take this application key."
        assert wrong(database="moon") == "Tryton has no database “moon”, or the record is gone."
        assert wrong(company="Moonhus") == "Tryton has no company “Moonhus”."
        assert wrong(work="dance") == ("There is no work “dance”; there are complaint, credit-note, quality.")
        assert wrong(work="quality") == "Tryton has not got a quality control of this name."
        assert wrong(url="") == "The address or the database of Tryton is not given."
        assert wrong(url="http://127.0.0.1:9").startswith("ConnectError")
        assert wrong(mapping={"model": "moon.rock", "needs": "moon"}) == (
            "This Tryton has no moon.rock as the mapping expects it; activate its module moon."
        )

    def test_a_mapping_of_ones_own_changes_what_is_made(self, make_desk: Any, erp: Any) -> None:
        own = {"outcomes": [{"when": {"state": "done"}, "outcome": "delivered", "note": "Done."}]}
        desk = make_desk(mapping=own)
        handoff = desk.hand_over()
        desk.settle()
        erp.on("sale.complaint", "approve", [_id(desk, handoff)])
        desk.listen()
        assert Handoff.objects.get().loop.stage == Stage.DELIVERED


def _change(person: Customer, **values: str) -> None:
    Customer.objects.filter(pk=person.pk).update(**values)


def compare() -> int:
    """The next comparison, whose time has come."""
    CustomerRecord.objects.update(due_at=clock.now())
    return keep.keep()


def _id(desk: Desk, handoff: Handoff) -> int:
    return int(Counterpart.objects.get(handoff=handoff).record.split(",")[1])
