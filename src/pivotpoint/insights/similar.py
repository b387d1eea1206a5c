"""Find themes that are similar to another one, and those that say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pivotpoint.insights.models import Theme, ThemeVector
from textanalytics.base import FloatArray
from textanalytics.encoders import default
from textanalytics.grouping.micros import unit
from textanalytics.naming.belonging.twins import AGREE, CLOSE, say_the_same

LEAST = 0.25
"""Cosine below which two themes have nothing to do with each other."""

ADDED = re.compile(r" \([^()]*\)$")
"""What a title that another theme has already is told apart by."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest themes with their likeness (cosine, 0 to 1), and those of them that say the same as this one."""

    near: list[tuple[Theme, float]]
    twins: list[Theme]


def similar(theme: Theme, k: int = 5, *, seen_by: Any = None) -> list[tuple[Theme, float]]:
    """The nearest living themes and their likeness (cosine, 0 to 1), nearest first; two queries. Of those that
    `seen_by` may see; None is the system.

    A theme that is newer than the last consolidation has no place yet, and so no neighbours.
    """
    return _nearest(theme, k, seen_by).near


def neighbours(theme: Theme, k: int = 5, *, seen_by: Any = None) -> Neighbours:
    """The same, with those that `listen` would have made one with this theme: what they say is the same in other words,
    they are near, and people feel alike about it; or they tell of one failing (`gathering/see_also.py`). Two queries. Whoever gave one of
    them its name knows that they are two."""
    found = _nearest(theme, k, seen_by)
    twins = _twins(theme, [one for one, _ in found.near], found.means)
    failing = [one for one in found.failing if _may_be(theme) and _may_be(one) and one not in twins]
    return Neighbours(found.near, twins + failing)


class _Nearest(NamedTuple):
    """`means`: unit rows of the theme's mean and theirs, away from the mean of all messages."""

    near: list[tuple[Theme, float]]
    means: FloatArray
    failing: list[Theme]


def _nearest(theme: Theme, k: int, seen_by: Any) -> _Nearest:
    living = Theme.objects.filter(merged_into=None, messages__gt=0, vague=False, about_us=True)
    seen = living if seen_by is None else living.visible_to(seen_by)
    columns = ("theme", "vector", "theme__messages", "theme__fails_with")
    rows = list(ThemeVector.objects.filter(theme__in=seen).values_list(*columns))
    places = {pk: i for i, (pk, *_) in enumerate(rows)}
    if theme.pk not in places:
        return _Nearest([], np.zeros((0, 0), np.float32), [])
    vectors = np.frombuffer(b"".join(bytes(row[1]) for row in rows), np.float32).reshape(len(rows), -1)
    here = places[theme.pk]
    near = vectors @ vectors[here]
    order = [i for i in np.argsort(-near, kind="stable").tolist() if i != here and near[i] >= LEAST][:k]
    centre = np.average(vectors, axis=0, weights=[row[2] for row in rows]).astype(np.float32)
    first = theme.fails_with_id or theme.pk
    failing = [pk for pk, _, _, into in rows if first in (pk, into) and pk != theme.pk]
    found = Theme.objects.select_related("insight").in_bulk([*(rows[i][0] for i in order), *failing])
    themes = [(found[rows[i][0]], round(float(near[i]), 3)) for i in order]
    means = np.asarray(unit(vectors[[here, *order]] - centre), np.float32)
    return _Nearest(themes, means, [found[pk] for pk in sorted(failing)])


def _twins(theme: Theme, near: list[Theme], means: FloatArray) -> list[Theme]:
    if not near or not _may_be(theme):
        return []
    titles = [ADDED.sub("", one.title) for one in (theme, *near)]
    close = means @ means[0] >= CLOSE
    if not close[1:].any():
        return []  # Without a reason no process loads the encoder of titles.
    same = say_the_same(titles, means, default())[0]
    return [
        one
        for i, one in enumerate(near, 1)
        if close[i]
        and (same[i] or titles[i].casefold() == titles[0].casefold())
        and _may_be(one)
        and max(abs(mine - its) for mine, its in zip(_felt(theme), _felt(one), strict=True)) <= AGREE
    ]


def _may_be(theme: Theme) -> bool:
    """Nobody gave it its name, and there is something that all of it says."""
    return theme.titled_by_id is None and not theme.mixed


def _felt(theme: Theme) -> tuple[float, float]:
    """Shares of its messages that are upset, and that praise."""
    messages = max(theme.messages, 1)
    return theme.negative / messages, theme.intents.get("praise", 0) / messages
