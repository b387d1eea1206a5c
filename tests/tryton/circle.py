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
    """One test in two classes: one with the fake, one with the real server."""

    @pytest.mark.django_db(transaction=True)
    def test_from_three_voices_to_three_verdicts(
        self, erp: Any, form: Any, teams: Any, ines: Any, maren: Any, settings: Any, mail_server: Any
    ) -> None:
        settings.OUTGOING_PRIVATE_HOSTS = ["127.0.0.1"]
        form.notices = "free"
        form.save()
        pivot = make_pivot(teams["finance"], ines, destinations=0, gate="open")
        config = {"url": erp.url, "database": erp.database}
        edit.save_destination(pivot, name="ERP", kind="tryton", config=config, key=erp.key, by=maren)

        people = [someone() for _ in SAID]
        inbox.receive(form, [_said(n, text, people[n]) for n, text in enumerate(SAID)])
        beat.settle()
        handoff = Handoff.objects.select_related("loop").get()
        assert (handoff.state, handoff.loop.stage) == ("sent", Stage.HANDED_OVER)

        mine = ["reference", "=", reference(handoff)]
        (complaint,) = erp.find("sale.complaint", mine, fields=("description",))
        assert SAID[0] in complaint["description"]
        erp.on("sale.complaint", "approve", [complaint["id"]])
        Cursor.objects.update(due_at=clock.now())
        beat.settle()
        loop = Loop.objects.get()
        assert loop.stage == Stage.ACCEPTED

        words = {"title": "One charge an order", "what": "The second charge is stopped before it leaves."}
        changes.record(**words, live_since=clock.today(), loops=[loop], by=ines)
        beat.settle()
        loop.refresh_from_db()
        assert loop.stage == Stage.TOLD
        told = {letter["To"] for letter in mail_server.messages}
        assert told == set(people)

        for notice in Notice.objects.filter(loop=loop):
            verdicts.give(notice, "helped")
        beat.settle()
        loop.refresh_from_db()
        assert loop.stage == Stage.CONFIRMED
        assert ledger().balances


def _said(n: int, text: str, email: str) -> Inbound:
    at = clock.now() - timedelta(hours=3 - n)
    return Inbound(f"c-{n}", text, email=email, said_at=at, may_tell=True)
