"""Group themes that are about one thing under wider themes with stable ids; people's decisions stay.

Computed again after each consolidation, in its sweep. It changes no message and no rung.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.db import transaction

from pivotpoint.insights.models import MicroCluster, Theme, ThemeVector, WiderTheme
from pivotpoint.insights.naming.languages import languages
from pivotpoint.insights.wider.count import count_wider
from pivotpoint.lib import bulk
from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grouping.partition import continue_themes
from textanalytics.naming.belonging.wider import TEXTS, THEMES, Wider

NOTHING = -1


@dataclass(frozen=True)
class Words:
    """What the living themes of most messages are named by: known before what they are called."""

    themes: list[int]
    read: Wider


def read_words() -> Words | None:
    themes = _themes()
    return _words(themes) if themes else None


def widen(words: Words | None = None) -> int:
    """Group the live themes with the most messages; returns how many moved. `words` are read again if they are of
    other themes."""
    themes = _themes()
    if not themes:
        return 0
    if words is None or words.themes != [theme.pk for theme in themes]:
        words = _words(themes)
    with transaction.atomic():
        themes = _again(themes)
        groups = _group(words.read, themes)
        before = {theme.part_of_id for theme in themes}
        moved = _put(themes, groups)
        touched = before | {theme.part_of_id for theme in themes}
        _title(words.read, themes)
        count_wider([pk for pk in touched if pk is not None])
    return moved


def rename_anew(themes: Collection[int]) -> None:
    """After an erasure: make the titles of wider themes that used these themes' words again."""
    made = WiderTheme.objects.filter(inside__in=themes, titled_by=None)
    if not made.exists():
        return
    WiderTheme.objects.filter(pk__in=made.values("pk")).update(title="")
    rows = _themes()
    words = _words(rows)
    _title(words.read, rows)


def _themes() -> list[Theme]:
    """Those of most messages that have a middle, in the order of their ids."""
    rows = Theme.objects.live().filter(vague=False, vector__isnull=False).order_by("-messages", "pk")
    return sorted(rows[:THEMES], key=lambda theme: theme.pk)


def _again(themes: list[Theme]) -> list[Theme]:
    """As they are now, locked: a person may have decided meanwhile."""
    return list(Theme.objects.select_for_update().filter(pk__in=[t.pk for t in themes]).order_by("pk"))


def _words(themes: list[Theme]) -> Words:
    texts = [some[:TEXTS] for some in _texts([theme.pk for theme in themes])]
    spoken = iter(languages([text for some in texts for text in some]))
    read = Wider(texts, [list(islice(spoken, len(some))) for some in texts])
    return Words([theme.pk for theme in themes], read)


def _texts(themes: list[int]) -> list[list[str]]:
    """Kept texts of each, from its biggest clusters first."""
    kept: dict[int, list[str]] = defaultdict(list)
    rows = MicroCluster.objects.filter(theme__in=themes, folded_into=None, count__gt=0)
    for theme, samples in rows.order_by("-count", "pk").values_list("theme", "samples"):
        if len(kept[theme]) < TEXTS:
            kept[theme].extend(samples)
    return [kept[theme] for theme in themes]


def _group(words: Wider, themes: list[Theme]) -> IntArray:
    """(n,) the wider theme of each, by its id or a new number past all; -1 for none.

    What a person placed stays, and what was beside it stays with it unless it has found others.
    """
    units, counts, old, held = _figures(themes)
    groups = words.groups(units, counts, old, held & (old == NOTHING))
    out = np.where(np.isin(old, old[held]), old, NOTHING)
    last = WiderTheme.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    some = np.flatnonzero(groups >= 0)
    out[some], _ = continue_themes(groups[some], old[some], counts[some], held[some], last + 1)
    return np.where(held, old, out)


def _figures(themes: list[Theme]) -> tuple[FloatArray, IntArray, IntArray, BoolArray]:
    vectors = dict(
        ThemeVector.objects.filter(theme__in=[theme.pk for theme in themes]).values_list("theme", "vector")
    )
    units = np.stack([np.frombuffer(bytes(vectors[theme.pk]), np.float32) for theme in themes])
    counts = np.array([theme.messages for theme in themes], np.int64)
    old = np.array([theme.part_of_id or NOTHING for theme in themes], np.int64)
    return units, counts, old, np.array([theme.part_held for theme in themes], np.bool_)


def _put(themes: list[Theme], groups: IntArray) -> int:
    """Write where each belongs now; rows for the new wider themes."""
    known = set(WiderTheme.objects.values_list("pk", flat=True))
    made = {}
    for group in sorted(set(groups.tolist()) - known - {NOTHING}):
        made[group] = WiderTheme.objects.create(title="").pk
    moved = []
    for theme, group in zip(themes, groups.tolist(), strict=True):
        place = None if group == NOTHING else made.get(group, group)
        if theme.part_of_id != place:
            theme.part_of_id = place
            moved.append(theme)
    bulk.change(moved, ("part_of",))
    return len(moved)


def _title(words: Wider, themes: list[Theme]) -> None:
    """Name those that have no name; one that was given stays, so that people find it again."""
    unnamed = list(WiderTheme.objects.filter(title="", inside__isnull=False).distinct().order_by("pk"))
    taken = set(WiderTheme.objects.exclude(title="").values_list("title", flat=True))
    for wider in unnamed:
        members = [place for place, theme in enumerate(themes) if theme.part_of_id == wider.pk]
        largest = sorted(members, key=lambda place: -themes[place].messages)
        names = [themes[place].title for place in largest if themes[place].title]
        wider.title = _unlike(words.title(np.array(members, np.int64), taken, names), taken, wider.pk)
        taken.add(wider.title)
    bulk.change(unnamed, ("title",))


def _unlike(title: str, taken: Collection[str], pk: int) -> str:
    title = title[:150] or f"Wider theme {pk}"
    return title if title not in taken else f"{title} ({pk})"
