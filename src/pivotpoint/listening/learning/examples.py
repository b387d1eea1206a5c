"""Example sentences of what is about us, a rival, the trade, or noise; the reader learns from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pivotpoint.accounts.permissions import demand, user_of
from pivotpoint.journal.record import record
from pivotpoint.lib import clock
from pivotpoint.listening.events import EXAMPLES_CHANGED
from pivotpoint.listening.models import RelevanceExample
from textanalytics.base import RELEVANCES

LONGEST, MOST = 400, 40
"""Characters of a sentence, and sentences of one kind."""


@transaction.atomic
def give(texts: Sequence[str], about: str, *, by: Any) -> list[RelevanceExample]:
    """Add example sentences; a sentence that was given before with another answer takes the new one."""
    demand(by, "reading.manage")
    if about not in RELEVANCES:
        raise ValidationError(f"A sentence is about {', '.join(RELEVANCES)}, not {about or 'nobody'}.")
    told = list(dict.fromkeys(" ".join(text.split())[:LONGEST] for text in texts if text.strip()))
    if not told:
        raise ValidationError("Write a sentence, as customers would.")
    standing = RelevanceExample.objects.select_for_update().standing()
    same = {one.text for one in standing.filter(text__in=told, about=about)}
    new = [text for text in told if text not in same]
    if standing.filter(about=about).count() + len(new) > MOST:
        raise ValidationError(f"{MOST} sentences of a kind are enough.")
    standing.filter(text__in=new).update(undone_at=clock.now(), undone_by=user_of(by))
    for text in new:
        one = RelevanceExample.objects.create(text=text, about=about, by=user_of(by))
        record(EXAMPLES_CHANGED, one, by=by, about=about, what="given")
    return list(standing.filter(text__in=told))


@transaction.atomic
def take_back(one: RelevanceExample, *, by: Any) -> None:
    """Withdraw an example. The reader forgets it before the next batch. Idempotent."""
    demand(by, "reading.manage")
    standing = RelevanceExample.objects.standing().filter(pk=one.pk)
    if standing.update(undone_at=clock.now(), undone_by=user_of(by)):
        record(EXAMPLES_CHANGED, one, by=by, about=one.about, what="taken back")
    one.refresh_from_db()
