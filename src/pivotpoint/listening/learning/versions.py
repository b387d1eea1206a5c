"""Return to an earlier reader."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening.events import READER_RETURNED
from pivotpoint.listening.learning.reader import context, keep, learnt, tidy
from pivotpoint.listening.models import Correction, ModelVersion


def return_to(version: ModelVersion, *, by: Any) -> ModelVersion:
    """It reads from the next batch on: made anew from its judgements, without those taken back or erased since.

    The next candidate is compared with it, so it stays until something is right more often.
    """
    demand(by, "reading.manage")
    live = ModelVersion.objects.live()
    if live is not None and live.pk == version.pk:
        raise ValidationError("This version is live already.")
    reader = learnt(context(), version)
    keep(reader)
    known = Correction.objects.filter(undone_at=None, pk__lte=version.last_correction)
    with transaction.atomic():
        version.corrections = known.count()
        version.examples = len(reader.examples.told)
        version.path, version.live_at, version.live_by = f"{reader.version}.npz", clock.now(), user_of(by)
        version.save(update_fields=["path", "corrections", "examples", "live_at", "live_by"])
        record(READER_RETURNED, version, by=by, before=live.version if live else "")
    tidy()
    return version
