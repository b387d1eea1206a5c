"""What enterprise does when something happened before it."""

from __future__ import annotations

from pivotpoint.customers.belongings import belongs
from pivotpoint.customers.erase import before_erasing
from pivotpoint.enterprise.connectors import called, kinds
from pivotpoint.enterprise.feeds.open import OFFERED
from pivotpoint.enterprise.feeds.send import queue
from pivotpoint.enterprise.handoffs.forget import ask_to_forget
from pivotpoint.enterprise.records import keep
from pivotpoint.enterprise.rooms.open import look_again
from pivotpoint.journal.models import Event
from pivotpoint.journal.record import subscribe
from pivotpoint.pivot.content.destinations import name_settings
from pivotpoint.pivot.models import Handoff


def on_quotes_erased(event: Event) -> None:
    handoff = Handoff.objects.filter(pk=event.subject_id).select_related("destination").first()
    if handoff is not None:
        ask_to_forget(handoff, event.data["messages"], event.pk)


def on_commented(event: Event) -> None:
    look_again(event.subject_id)


subscribe("collaboration.commented", on_commented)
before_erasing(keep.forget)
for kind, connector in kinds().items():
    name_settings(kind, called(kind), connector.CONFIG)
belongs("enterprise.CustomerRecord")
subscribe("pivot.quotes_erased", on_quotes_erased)
for name in OFFERED:
    subscribe(name, queue)
