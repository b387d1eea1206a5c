"""Which theme a reader should see beside another, and which tell of one failing, once they have been put in order and their parts are told.
The state is the queue entry."""

from __future__ import annotations

from collections.abc import Mapping

from pivotpoint.insights.gathering.busy import is_busy
from pivotpoint.insights.gathering.parts import due
from pivotpoint.insights.models import IndexState, Theme, unsure
from pivotpoint.insights.naming.texts import OWN, texts_of
from pivotpoint.lib import bulk
from pivotpoint.listening.encoders.live import live_encoder
from textanalytics.encoders import default
from textanalytics.naming.belonging.failing import one_failing
from textanalytics.naming.belonging.related import FEWEST, MOST, related
from textanalytics.naming.choosing.candidates import vectors_of

READ = 40_000
"""Texts of all of them that are read: as many of each."""


def look_beside() -> int:
    """Look again if the themes were put in order since; how many have another beside them. Nothing while more is on its way in."""
    state = IndexState.objects.first()
    if state is None or state.beside == state.consolidated or is_busy() or due(1):
        return 0
    beside, failing = _found()
    _write("see_also", beside)
    _write("fails_with", failing)
    IndexState.objects.update(beside=state.consolidated)
    return len(beside)


def _write(name: str, found: Mapping[int, int]) -> None:
    known = dict(Theme.objects.exclude(**{name: None}).values_list("pk", name))
    changed = [
        Theme(pk=pk, **{f"{name}_id": found.get(pk)})
        for pk in sorted(known.keys() | found.keys())
        if known.get(pk) != found.get(pk)
    ]
    bulk.change(changed, (name,))


def _found() -> tuple[dict[int, int], dict[int, int]]:
    """A constant number of queries."""
    told = Theme.objects.live().filter(vague=False, mixed=False, messages__gte=FEWEST).exclude(unsure())
    titles = dict(told.order_by("-messages", "pk").values_list("pk", "title")[:MOST])
    if not titles:
        return {}, {}
    said, encoder = texts_of(titles, min(OWN, READ // len(titles))).said, live_encoder()
    corpus, vectors = said.read(), vectors_of(encoder, said.texts, said.labels)
    failing = one_failing(titles, said.labels, corpus, default())
    return related(titles, said.labels, vectors, corpus, encoder), dict(failing)
