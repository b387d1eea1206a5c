"""Find themes that are similar to another one."""

from __future__ import annotations

from typing import Any

import numpy as np

from pivotpoint.insights.models import Theme, ThemeVector

LEAST = 0.25
"""Cosine below which two themes have nothing to do with each other."""


def similar(theme: Theme, k: int = 5, *, seen_by: Any = None) -> list[tuple[Theme, float]]:
    """The nearest living themes and their likeness (cosine, 0 to 1), nearest first; two queries. Of those that
    `seen_by` may see; None is the system.

    A theme that is newer than the last consolidation has no place yet, and so no neighbours.
    """
    living = Theme.objects.filter(merged_into=None, messages__gt=0, vague=False, about_us=True)
    seen = living if seen_by is None else living.visible_to(seen_by)
    rows = list(ThemeVector.objects.filter(theme__in=seen).values_list("theme", "vector"))
    places = {pk: i for i, (pk, _) in enumerate(rows)}
    if theme.pk not in places:
        return []
    vectors = np.frombuffer(b"".join(bytes(vector) for _, vector in rows), np.float32).reshape(len(rows), -1)
    near = vectors @ vectors[places[theme.pk]]
    order = [
        i for i in np.argsort(-near, kind="stable").tolist() if rows[i][0] != theme.pk and near[i] >= LEAST
    ]
    found = Theme.objects.select_related("insight").in_bulk([rows[i][0] for i in order[:k]])
    return [(found[rows[i][0]], round(float(near[i]), 3)) for i in order[:k]]
