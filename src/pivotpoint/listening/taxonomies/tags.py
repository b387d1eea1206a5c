"""Tags: the organisation's own classes of a message, written with its reading and corrected by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.channels.models import Message
from pivotpoint.journal.record import record
from pivotpoint.lib import bulk, clock, stored
from pivotpoint.listening.events import TAG_JUDGED
from pivotpoint.listening.models import Tag, TagVerdict, TaxonomyClass
from textanalytics.taught.several import tagger as read

COLUMNS = ("message", "of", "confidence", "evidence", "version")
Read = Mapping[int, Sequence[tuple[str, read.Tag]]]


def write(found: Read) -> None:
    """The tags of these messages (key to version and tag), in the caller's transaction; what is there stays."""
    rows = [(pk, version, tag) for pk, tags in found.items() for version, tag in tags]
    if not rows:
        return
    shown = stored.documents(tag.evidence for *_, tag in rows)
    bulk.insert(
        Tag,
        COLUMNS,
        [
            (pk, int(tag.name), tag.confidence, evidence, version)
            for (pk, version, tag), evidence in zip(rows, shown, strict=True)
        ],
        new_only=True,
    )


@transaction.atomic
def say(message: Message, of: TaxonomyClass, *, belongs: bool, by: Any) -> TagVerdict:
    """Say whether a message has a class. It counts at once, and the taxonomy learns."""
    demand(by, "reading.correct")
    if of.retired_at:
        raise ValidationError(f"{of.name} is no longer in use.")
    tag = Tag.objects.select_for_update().filter(message=message, of=of).first()
    verdict = TagVerdict.objects.create(
        message=message,
        of=of,
        belongs=belongs,
        read=tag.confidence if tag and tag.by_id is None else None,
        before=_kept(tag),
        by=user_of(by),
    )
    if belongs:
        said = {"confidence": 1.0, "by": user_of(by), "version": ""}
        Tag.objects.update_or_create(message=message, of=of, defaults=said)
    elif tag:
        tag.delete()
    record(TAG_JUDGED, verdict, by=by, belongs=belongs, of=of.pk)
    return verdict


@transaction.atomic
def undo(verdict: TagVerdict, *, by: Any) -> None:
    """Withdraw the latest verdict on a message and class: the tag is as it was before."""
    demand(by, "reading.correct")
    same = TagVerdict.objects.filter(message=verdict.message_id, of=verdict.of_id, undone_at=None)
    if same.filter(pk__gt=verdict.pk).exists():
        raise ValidationError("Somebody has said something else since; take that back first.")
    if not same.filter(pk=verdict.pk).update(undone_at=clock.now()):
        return
    Tag.objects.filter(message=verdict.message_id, of=verdict.of_id).delete()
    if verdict.before:
        Tag.objects.create(message_id=verdict.message_id, of_id=verdict.of_id, **verdict.before)
    verdict.refresh_from_db()
    record(TAG_JUDGED, verdict, by=by, belongs=verdict.belongs, of=verdict.of_id, undone=True)


def _kept(tag: Tag | None) -> dict[str, Any] | None:
    if tag is None:
        return None
    return {
        "confidence": tag.confidence,
        "evidence": tag.evidence,
        "version": tag.version,
        "by_id": tag.by_id,
    }
