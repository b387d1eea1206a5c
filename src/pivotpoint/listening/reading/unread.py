"""Messages whose import was taken back are as if nobody had read them; let in again, they are read anew."""

from __future__ import annotations

from collections.abc import Sequence

from pivotpoint.channels.imports import take_back
from pivotpoint.lib.among import among
from pivotpoint.listening.models import CandidateReading, Correction, Mention, Reading, Tag, TagVerdict
from pivotpoint.listening.reading.read import read_these
from pivotpoint.listening.rereads.judged import hold


@take_back.leaving
def unread(messages: Sequence[int]) -> None:
    """Forget what was read of them. What people said of a reading stays."""
    for model in (CandidateReading, Mention, Tag, Reading):
        model.objects.filter(among("message", messages)).delete()  # type: ignore[attr-defined]


@take_back.coming
def read_judged(messages: Sequence[int]) -> None:
    """Those of which people have said something are read at once, and what people said holds; the others are read in turn."""
    mine = among("message", messages)
    judged = set(Correction.objects.standing().filter(mine).values_list("message", flat=True))
    judged |= set(TagVerdict.objects.filter(mine, undone_at=None).values_list("message", flat=True))
    if judged:
        read_these(judged)
        hold(list(judged))
