"""Notices follow their person: merged, taken apart again, erased."""

from __future__ import annotations

from django.db import transaction

from pivotpoint.customers.models import Merge
from pivotpoint.experiences.hold import WAITING, hold
from pivotpoint.experiences.models import Notice
from pivotpoint.journal.models import Event

KEY = "experiences.Notice"
"""Under this name the merge remembers which notices moved."""


@transaction.atomic
def on_merged(event: Event) -> None:
    """The notices become the person's. Where both had one about the same thing, the one that has not left stays."""
    merge = Merge.objects.select_for_update().filter(pk=event.data["merge"], undone_at=None).first()
    if merge is None or KEY in merge.moved:
        return
    kept = {_about(notice): notice for notice in Notice.objects.filter(customer=merge.kept_id)}
    gone = list(Notice.objects.filter(customer=merge.gone_id))
    moving = [notice.pk for notice in gone if _about(notice) not in kept]
    for notice in gone:
        other = kept.get(_about(notice))
        if other is not None:
            _only_one(notice, other)
    Notice.objects.filter(pk__in=moving).update(customer=merge.kept_id)
    merge.moved[KEY] = moving
    merge.save(update_fields=["moved"])


def _about(notice: Notice) -> tuple[int, int | None]:
    return notice.loop_id, notice.change_id


def _only_one(notice: Notice, other: Notice) -> None:
    """Of two notices to one person about one thing, at most one leaves."""
    skipped = Notice.State.SKIPPED
    held, stays = (other, notice) if other.state in WAITING and notice.state != skipped else (notice, other)
    if stays.state != skipped:
        hold(Notice.objects.filter(pk=held.pk), "The same person is told under another name")


@transaction.atomic
def on_unmerged(event: Event) -> None:
    """What had moved goes back."""
    merge = Merge.objects.select_for_update().filter(pk=event.data["merge"]).first()
    if merge is not None and KEY in merge.moved:
        Notice.objects.filter(pk__in=merge.moved.pop(KEY), customer=merge.kept_id).update(
            customer=merge.gone_id
        )
        merge.save(update_fields=["moved"])


def on_erased(event: Event) -> None:
    """Erasure is complete: what we wrote to them, and what they thought of it."""
    Notice.objects.filter(customer=event.subject_id).delete()
