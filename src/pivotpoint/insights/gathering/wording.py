"""What has no words in common is no theme: a consolidation takes it apart by its words, as `pivotpoint listen` does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pivotpoint.insights.models import Theme
from pivotpoint.insights.naming.languages import languages, spoken_to
from pivotpoint.listening.encoders.live import live_encoder
from pivotpoint.listening.reading.ahead import aside
from textanalytics.base import FloatArray, IntArray
from textanalytics.naming.choosing.candidates import Said, settled
from textanalytics.themes import Worded


def worded() -> Worded:
    """A constant number of queries. Themes that have a title which fits keep what they have."""
    kept = Theme.objects.filter(merged_into=None, titled_for__gt=0, mixed=False)
    return Worded(partial(_sort, spoken_to()), frozenset(kept.values_list("pk", flat=True)))


def _sort(
    names: frozenset[str], texts: Sequence[str], labels: IntArray, rows: FloatArray, moods: IntArray
) -> IntArray:
    """In the second process, if there is one: it has read most of these texts meanwhile."""
    said = Said(texts, languages(texts), labels, addressed=names)
    with aside(settled, said, rows, moods) as result:
        found: IntArray = result(lambda: settled(live_encoder(), said, rows, moods))
    return found
