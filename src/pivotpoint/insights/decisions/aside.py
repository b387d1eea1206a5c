"""Set an insight aside for a while."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.insights import events
from pivotpoint.insights.models import Insight
from pivotpoint.journal.record import record
from pivotpoint.lib import clock


@transaction.atomic
def set_aside(insight: Insight, until: datetime | None, *, by: Any) -> None:
    """Hide the insight until then; None shows it again. It goes on counting people meanwhile."""
    demand(by, "insight.change")
    if until is not None and until <= clock.now():
        raise ValidationError("Set an insight aside until a day that is still to come.")
    insight.set_aside_until, insight.set_aside_by = until, user_of(by) if until else None
    insight.save(update_fields=["set_aside_until", "set_aside_by"])
    record(events.SET_ASIDE, insight, by=by, until=until.isoformat() if until else None)
