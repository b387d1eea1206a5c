"""Whether unusually many people spoke of a theme within the last hours: mistakes spread faster than days are counted.

The expected number is the theme's share of everybody, as the days know it (`trends.expect`), times everybody of these
hours, times the theme's own habit at this time of day. The chances of all windows and of every look in a day are added
up (Bonferroni), so that looking every minute finds no more than looking once.
"""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.trends import KNOWN_FIRST, LEAST_PEOPLE, Table, chance_of

WINDOWS = (1, 3, 6)
"""Hours."""

HOURS_A_DAY = 24
LEAST_EXPECTED = 0.1
"""People. More than of a day: a few who speak within one hour often know one another."""

HABIT_PRIOR = 20.0
"""So many people speak for a theme that is spoken of at all hours like anything else."""


def looks() -> IntArray:
    """(windows,): how many windows of each length a day holds, over all lengths' share of the chance of a false alarm."""
    return np.array([len(WINDOWS) * HOURS_A_DAY // hours for hours in WINDOWS], np.int64)


def surging(
    people: IntArray, everyone: IntArray, habit: Table, *, share: Table, dispersion: Table, before: int
) -> Table:
    """(themes, windows): the chance that so many people would have spoken, of any look of the day at any window.

    `people` and `habit` are (themes, windows), `everyone` (windows,); `share` and `dispersion` (themes,) are what the
    days before know; `before` is how many people were heard before today: with too few, nothing is unusual.
    """
    counts = np.asarray(people, np.float64)
    if before < KNOWN_FIRST:
        return np.ones_like(counts)
    usual = share[:, None] * np.asarray(everyone, np.float64)[None, :] * habit
    expected = np.maximum(usual, LEAST_EXPECTED)
    chance = chance_of(counts, expected, np.broadcast_to(dispersion[:, None], counts.shape))
    found: Table = np.where(counts >= LEAST_PEOPLE, np.minimum(1.0, chance * looks()[None, :]), 1.0)
    return found


def habits(theme: IntArray, everyone: IntArray, hour: int) -> Table:
    """(themes, windows): how many times as many people as usual speak of a theme in the hours that end with `hour`.

    `theme` is (themes, 24), people by hour of the day in the weeks before; `everyone` is (24,), the same of everybody.

    >>> evening, all_day = [0] * 18 + [40] * 6, [10] * 24
    >>> habits(np.array([evening]), np.array(all_day), hour=20).round(1).tolist()
    [[3.8, 3.8, 1.9]]
    """
    own, all_of = np.asarray(theme, np.float64), np.asarray(everyone, np.float64)
    share = all_of / max(all_of.sum(), 1.0)
    found = np.ones((len(own), len(WINDOWS)))
    for i, hours in enumerate(WINDOWS):
        at = [(hour - back) % HOURS_A_DAY for back in range(hours)]
        usual = own.sum(axis=1) * share[at].sum()
        # Speaking at all hours is believed as if HABIT_PRIOR people had done so, spread as everybody is.
        prior = HABIT_PRIOR * max(share[at].sum(), 1 / HOURS_A_DAY)
        found[:, i] = (own[:, at].sum(axis=1) + prior) / (usual + prior)
    return found


def within(
    hours_ago: FloatArray, theme: IntArray, person: IntArray, themes: int
) -> tuple[IntArray, IntArray]:
    """Different people in each window: (themes, windows) and, of everybody, (windows,). `theme` counts from 0;
    -1 is any other, which counts among everybody."""
    counts, everyone = np.zeros((themes, len(WINDOWS)), np.int64), np.zeros(len(WINDOWS), np.int64)
    for i, hours in enumerate(WINDOWS):
        inside = (hours_ago < hours) & (hours_ago >= 0)
        pairs = np.unique(np.stack([theme[inside], person[inside]]), axis=1)
        everyone[i] = pairs.shape[1]
        own = pairs[0][pairs[0] >= 0]
        counts[:, i] = np.bincount(own, minlength=themes)
    return counts, everyone
