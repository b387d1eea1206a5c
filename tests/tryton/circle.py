"""The whole circle with an enterprise system in it: words in, a complaint there, a yes there, a change, a verdict."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pivotpoint.channels import inbox
from pivotpoint.channels.inbound import Inbound
from pivotpoint.enterprise.connectors.tryton.records import reference
from pivotpoint.enterprise.models import Cursor
from pivotpoint.experiences import changes, verdicts
from pivotpoint.experiences.models import Notice
from pivotpoint.jobs import beat
from pivotpoint.lib import clock
from pivotpoint.metrics.ledger import ledger
from pivotpoint.pivot import edit
from pivotpoint.pivot.models import Handoff, Loop, Stage
from tests.switchyard import make_pivot
from tests.tryton.contract import someone

SAID = [
    "I was charged twice for the same order on my card.",
    "You charged my card twice for one order.",
    "My card was charged twice for the same order, give me a refund.",
]


class Circle:
    """Test methods in two classes: one with the fake, one with the real server."""

    @pytest.fixture
    def pivot(self, form: Any, teams: Any, ines: Any, settings: Any) -> Any:
        """Open to everything; whoever wrote in the form may be told."""
        settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
        form.notices = "free"
        form.save()
        return make_pivot(teams["finance"], ines, destinations=0, gate="open")

    @pytest.mark.django_db(transaction=True)
    def test_from_three_voices_to_three_verdicts(
        self, erp: Any, form: Any, pivot: Any, ines: Any, maren: Any, mail_server: Any
    ) -> None:
        lead_to(pivot, erp, maren)
        people = [someone() for _ in SAID]
        handoff = hear(form, people)
        mine = ["reference", "=", reference(handoff)]
        (complaint,) = erp.find("sale.complaint", mine, fields=("description",))
        assert SAID[0] in complaint["description"]
        erp.on("sale.complaint", "approve", [complaint["id"]])
        assert ask() == Stage.ACCEPTED
        told = tell(ines, mail_server)
        assert told == set(people)
        assert judge() == Stage.CONFIRMED
        assert ledger().balances

    @pytest.mark.django_db(transaction=True)
    def test_finance_from_a_refund_that_is_asked_for_to_the_one_that_is_paid(
        self, erp: Any, form: Any, pivot: Any, ines: Any, maren: Any, mail_server: Any
    ) -> None:
        """The credit note is made from the real invoice of whoever asked first."""
        lead_to(pivot, erp, maren, work="credit-note")
        people = [someone() for _ in SAID]
        bill = erp.bill(people[0])
        handoff = hear(form, people)
        mine = ["reference", "=", reference(handoff)]
        (complaint,) = erp.find("sale.complaint", mine, fields=("origin",))
        assert complaint["origin"] == f"account.invoice,{bill}"
        erp.on("sale.complaint", "approve", [complaint["id"]])
        assert ask() == Stage.ACCEPTED
        note = erp.credit_note(complaint["id"])
        erp.on("account.invoice", "post", [note])
        assert ask() == Stage.CHANGING
        erp.settle_credit(bill, note)
        assert ask() == Stage.DELIVERED
        assert tell(ines, mail_server) == set(people)
        assert judge() == Stage.CONFIRMED
        assert ledger().balances


def lead_to(pivot: Any, erp: Any, by: Any, **config: str) -> None:
    said = {"url": erp.url, "database": erp.database} | config
    edit.save_destination(pivot, name="ERP", kind="tryton", config=said, key=erp.key, by=by)


def hear(form: Any, people: list[str]) -> Handoff:
    """They write; it is read, gathered, handed over and sent."""
    inbox.receive(form, [_said(n, text, people[n]) for n, text in enumerate(SAID)])
    beat.settle()
    handoff = Handoff.objects.select_related("loop").get()
    assert (handoff.state, handoff.loop.stage, handoff.error) == ("sent", Stage.HANDED_OVER, "")
    return handoff


def ask() -> str:
    """How it stands there, and what has become of the loop."""
    Cursor.objects.update(due_at=clock.now())
    beat.settle()
    return Loop.objects.get().stage


def tell(by: Any, mail_server: Any) -> set[str]:
    """The change is recorded, and everybody gets a letter."""
    words = {"title": "One charge an order", "what": "The second charge is stopped before it leaves."}
    changes.record(**words, live_since=clock.today(), loops=[Loop.objects.get()], by=by)
    beat.settle()
    assert Loop.objects.get().stage == Stage.TOLD
    return {letter["To"] for letter in mail_server.messages}


def judge() -> str:
    """It has helped each of them."""
    for notice in Notice.objects.all():
        verdicts.give(notice, "helped")
    beat.settle()
    return Loop.objects.get().stage


def _said(n: int, text: str, email: str) -> Inbound:
    at = clock.now() - timedelta(hours=3 - n)
    return Inbound(f"c-{n}", text, email=email, said_at=at, may_tell=True)
