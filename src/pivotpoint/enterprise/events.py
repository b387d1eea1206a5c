"""What enterprise records."""

from __future__ import annotations

from pivotpoint.journal.record import register

register("enterprise.customer_kept", "A customer and their record in another system were made the same.")
register("enterprise.conflict_settled", "A person said whose value of a customer's field stays.")
register(
    "enterprise.record_adopted", "A loop goes on with a record that was there already in another system."
)
register("enterprise.system_paused", "A person lets a system rest: nothing goes there by itself.")
register("enterprise.system_resumed", "A system that rested goes on; what waited for it goes out.")
register("enterprise.room_opened", "A room for an insight's community was asked for in another system.")
register(
    "enterprise.room_closed", "Every loop of an insight has ended; nobody writes in its room there any more."
)
register("enterprise.room_reopened", "A loop is open again; its insight's room there is open again, too.")
register("enterprise.room_name_set", "Somebody said, or took back, what they are called in Matrix.")
FEED_OPENED = register("enterprise.feed_opened", "Events of some names go out to an address from now on.")
FEED_CHANGED = register(
    "enterprise.feed_changed", "A feed of events got another secret, or was told to try again."
)
FEED_CLOSED = register("enterprise.feed_closed", "No event goes out to that address any more.")
