"""Which theme a reader should see beside another, once they have been put in order and their parts are told. The state is the queue entry."""

from __future__ import annotations

from pivotpoint.insights.gathering.busy import is_busy
from pivotpoint.insights.gathering.parts import due
from pivotpoint.insights.models import IndexState, Theme, unsure
from pivotpoint.insights.naming.texts import OWN, texts_of
from pivotpoint.lib import bulk
from pivotpoint.listening.encoders.live import live_encoder
from textanalytics.naming.belonging.related import FEWEST, MOST, related
from textanalytics.naming.choosing.candidates import vectors_of

READ = 40_000
"""Texts of all of them that are read: as many of each."""


def look_beside() -> int:
    """Look again if the themes were put in order since; how many have another beside them. Nothing while more is on its way in."""
    state = IndexState.objects.first()
    if state is None or state.beside == state.consolidated or is_busy() or due(1):
        return 0
    found = _found()
    known = dict(Theme.objects.exclude(see_also=None).values_list("pk", "see_also"))
    changed = [
        Theme(pk=pk, see_also_id=found.get(pk))
        for pk in sorted(known.keys() | found.keys())
        if known.get(pk) != found.get(pk)
    ]
    bulk.change(changed, ("see_also",))
    IndexState.objects.update(beside=state.consolidated)
    return len(found)


def _found() -> dict[int, int]:
    """A constant number of queries."""
    told = Theme.objects.live().filter(vague=False, mixed=False, messages__gte=FEWEST).exclude(unsure())
    titles = dict(told.order_by("-messages", "pk").values_list("pk", "title")[:MOST])
    if not titles:
        return {}
    said, encoder = texts_of(titles, min(OWN, READ // len(titles))).said, live_encoder()
    return related(titles, said.labels, vectors_of(encoder, said.texts, said.labels), said.read(), encoder)
