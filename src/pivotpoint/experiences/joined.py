"""Who joins after the telling is told what has already come of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pivotpoint.channels import outbox
from pivotpoint.customers.models import Consent, Purpose
from pivotpoint.experiences.again import CHANGED
from pivotpoint.experiences.draft import draft
from pivotpoint.experiences.hold import REOPENED, WITHDRAWN
from pivotpoint.experiences.models import Notice, Telling
from pivotpoint.journal.models import Event
from pivotpoint.lib import clock
from pivotpoint.lib.prepared import Prepared, any_of
from pivotpoint.pivot.loops import unsaid
from pivotpoint.pivot.models import Loop, Stage

LATELY = timedelta(days=7)


def on_declined(event: Event) -> None:
    """Everybody behind the insight hears the reason, once there is one for them; who heard one before is left in peace."""
    loop = Loop.objects.filter(pk=event.subject_id, stage=Stage.DECLINED).first()
    if loop is None or unsaid(loop) is not None:
        return
    # A loop that was declined, reopened and declined again: its held notices begin anew with this reason.
    Notice.objects.filter(loop=loop, change=None, state=Notice.State.SKIPPED, why_not=REOPENED).delete()
    Telling.objects.filter(loop=loop).update(drafted_at=None)
    draft(loop, None)


def draft_for_joiners() -> int:
    """Whoever joined a theme after its telling gets a notice of what has already changed; how many."""
    if not _any_unfinished():
        return 0
    rows = _unfinished().select_related("loop__insight__theme", "loop__pivot", "change")
    return sum(draft(telling.loop, telling.change) for telling in rows)


def _unfinished() -> QuerySet[Telling]:
    live = Q(loop__stage__in=CHANGED, change__isnull=False, change__taken_back_at=None)
    declined = Q(loop__stage=Stage.DECLINED, change=None)
    return Telling.objects.current().incomplete().filter(live | declined)


_any_unfinished = any_of(_unfinished)


def try_again_after_a_yes() -> int:
    """Who was not written to for want of consent, and has said yes since, is looked at again; how many.

    Their skipped notice goes, so that the next drafting writes them another one.
    """
    found = _refused_before(clock.now() - LATELY)
    if not found:
        return 0
    with transaction.atomic():
        Notice.objects.filter(pk__in=[pk for pk, _ in found], state=Notice.State.SKIPPED).delete()
        Telling.objects.filter(loop__in={loop for _, loop in found}).update(drafted_at=None)
    return len(found)


@Prepared
def _refused_before(since: datetime) -> QuerySet[Notice, tuple[int, int]]:
    """Notices that were skipped for want of the consent which came since, and their loops."""
    lately = Consent.objects.filter(purpose=Purpose.NOTICE, granted=True, at__gte=since)
    yes = lately.filter(customer=OuterRef("customer"), at__gt=OuterRef("created_at"))
    present = Q(change=F("loop__telling__change")) | Q(change=None, loop__telling__change=None)
    refused = Q(why_not=outbox.NO_CONSENT) | Q(why_not__startswith=WITHDRAWN)
    rows = Notice.objects.filter(present, refused, state=Notice.State.SKIPPED)
    return rows.filter(Exists(yes), customer__in=lately.values("customer")).values_list("pk", "loop")
