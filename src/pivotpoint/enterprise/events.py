"""What enterprise records."""

from __future__ import annotations

from pivotpoint.journal.record import register

register("enterprise.customer_kept", "A customer and their record in another system were made the same.")
register("enterprise.conflict_settled", "A person said whose value of a customer's field stays.")
register(
    "enterprise.record_adopted", "A loop goes on with a record that was there already in another system."
)
