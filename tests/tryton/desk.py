"""A pivot that leads to a Tryton, and what its tests look at."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.db.models import Min

from pivotpoint.customers.models import Customer, Identity
from pivotpoint.enterprise.answers.poll import listen, open_handoffs
from pivotpoint.enterprise.connectors.tryton.records import reference
from pivotpoint.enterprise.handoffs.deliver import deliver
from pivotpoint.insights.models import Backing
from pivotpoint.lib import clock
from pivotpoint.pivot import edit, loops
from pivotpoint.pivot.models import Destination, Handoff
from tests.switchyard import make_insight, make_pivot

_numbers = itertools.count(1)


class Desk:
    """`erp` is the other side; `url` may be a wire in front of it."""

    def __init__(self, erp: Any, team: Any, owner: Any, lead: Any, *, url: str = "", **config: Any) -> None:
        self.erp, self.lead = erp, lead
        self.pivot = make_pivot(team, owner, destinations=0)
        said = {"url": url or erp.url, "database": erp.database} | config
        self.destination = edit.save_destination(
            self.pivot, name="ERP", kind="tryton", config=said, key=erp.key, by=lead
        )

    def hand_over(self, email: str = "") -> Handoff:
        """A new insight, whose first person may have an address, handed over; it has not gone out yet."""
        insight = make_insight(next(_numbers), 2)
        if email:
            first = Customer.objects.get(
                pk=Backing.objects.filter(theme=insight.pk).order_by("pk").values_list("customer")[:1]
            )
            Identity.objects.create(customer=first, kind="email", handle=email)
        return loops.open_loop(insight, self.pivot, by=None, why="They wait.").handoffs.get()

    def settle(self, rounds: int = 60) -> None:
        """Send and try again, as time goes by, until nothing waits."""
        moment = clock.now()
        for _ in range(rounds):
            with clock.at(moment):
                deliver()
            waiting = Handoff.objects.filter(state__in=["queued", "sending"])
            due = waiting.aggregate(due=Min("next_attempt_at"))["due"]
            if due is None:
                return
            moment = max(due, moment + timedelta(seconds=61))

    def listen(self) -> int:
        destination = Destination.objects.get(pk=self.destination.pk)
        return listen(destination, list(open_handoffs(destination).order_by("pk")))

    def records(self, handoff: Handoff, model: str = "sale.complaint", *fields: str) -> list[dict[str, Any]]:
        """Every record there that carries the hand-off's key."""
        wanted = ("state", "number", "reference", *fields)
        rows = self.erp.find(model, ["reference", "=", reference(handoff)], fields=wanted)
        return list(rows)
