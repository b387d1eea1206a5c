"""What a hand-off has become there, so that its connector finds it again."""

from __future__ import annotations

from pivotpoint.enterprise.connectors import Sent
from pivotpoint.enterprise.models import Counterpart, CustomerRecord
from pivotpoint.pivot.models import Handoff


def note(handoff: Handoff, sent: Sent) -> None:
    """Store the hand-off's record, and the record of the customer for whom it was made. Idempotent."""
    if sent.record:
        Counterpart.objects.get_or_create(handoff=handoff, defaults={"record": sent.record})
    if sent.customer_record:
        CustomerRecord.objects.get_or_create(
            destination=handoff.destination,
            record=sent.customer_record,
            defaults={"customer_id": sent.customer},
        )
