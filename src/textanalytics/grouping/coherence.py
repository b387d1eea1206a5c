"""Cut groups into coherent parts. A partition has a place for every text; a theme must not.

Communities of a sparse graph hold together by chains of neighbours. Here each is cut into parts in which members are
alike on average, more alike than two of the whole corpus are, and do not praise what others blame.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.grouping.linkage import average_link
from textanalytics.language import LanguageAnalyser
from textanalytics.sentiment import Valence
from textanalytics.words.page import Vocabulary, open_page

TOGETHER = 0.15
"""Mean likeness of two parts that say the same. Higher, and a matter falls into many small themes (airline reasons: ARI
.034 at .25, .066 at .15); lower, and titles no longer fit all."""

CLOSER = 0.20
"""The same where a group is diffuse (`diffuse.diffuse`): what has something in common there is kept, the rest falls apart."""

APART = 0.15
"""What praise beside blame takes off the likeness."""

FOREIGN = 0.1
"""How much nearer two texts of one other language are to each other than two English ones, whatever they say: the
encoder knows their words less. Measured between German and English messages on as many matters."""

FELT = 1.5
"""Strength of words, as the lexicons have it, from which on a text praises or blames."""

ALIKE = 0.6
"""Cosine of two that were left over, each the other's nearest: they say the same."""

LOYAL = 0.2
"""What having been in one theme adds to the likeness of two: what people know is cut only where it clearly has to be."""

SETTLED = 3
"""Members from which on a theme is one that people know."""

LARGEST = 3_000
"""Members of a community that is still looked at: its matrix is kept whole."""

COMPARED = 2_000


def cut_loose(
    groups: IntArray,
    units: FloatArray,
    features: FloatArray,
    moods: IntArray,
    held: BoolArray,
    *,
    old: IntArray | None = None,
) -> IntArray:
    """(n,) group numbers after cutting the groups into coherent parts; texts that are `held` stay with the first
    part of their group.

    Companions of one `old` theme (-1 none) hold together, and those of two stay apart, unless it is clearly otherwise.

    `features` are the rows the groups were found by: centred vectors first, words behind; `moods` as of `moods_of`. Those left over that are
    each other's nearest come together.
    """
    old = np.full(len(groups), -1) if old is None else old
    parts = _parts(groups, _specific(units, features), moods, held, old)
    return _paired(parts, units, held)


def cut_again(
    groups: IntArray,
    diffuse: BoolArray,
    units: FloatArray,
    features: FloatArray,
    moods: IntArray,
    held: BoolArray,
    old: IntArray,
) -> IntArray:
    """(n,) group numbers after cutting the `diffuse` of the groups, of numbers from 0, as `cut_loose` does but more strictly."""
    if not diffuse.any():
        return groups
    parts = _parts(groups, _specific(units, features), moods, held, old, diffuse=diffuse)
    return _paired(parts, units, held)


def _parts(
    groups: IntArray,
    rows: FloatArray,
    moods: IntArray,
    held: BoolArray,
    old: IntArray,
    *,
    diffuse: BoolArray | None = None,
) -> IntArray:
    """(n,) part of each; of groups that are not `diffuse`, if that is asked, the whole."""
    parts = np.empty(len(groups), np.int64)
    made = 0
    order = np.argsort(groups, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1) if len(order) else ():
        if len(members) <= LARGEST and (diffuse is None or diffuse[groups[members[0]]]):
            least = TOGETHER if diffuse is None else CLOSER
            found = _cut(rows[members], moods[members], old[members], least)
        else:
            found = np.zeros(len(members), np.int64)
        found[held[members]] = 0
        parts[members] = made + np.unique(found, return_inverse=True)[1]
        made += len(members)
    return parts


def _paired(parts: IntArray, units: FloatArray, held: BoolArray) -> IntArray:
    """(n,) the parts; of those who were left over, who are each other's nearest come together."""
    left = np.flatnonzero((np.bincount(parts)[parts] == 1) & ~held)
    parts[left] = len(parts) + pair(units[left])
    return parts


def _specific(units: FloatArray, features: FloatArray) -> FloatArray:
    """The features with a vector near the middle of all made short: long texts that speak of everything are near
    one another without saying the same."""
    length = np.linalg.norm(units - units.mean(0), axis=1)
    rows = features.copy()
    rows[:, : units.shape[1]] *= (length / max(float(np.sqrt((length**2).mean())), 1e-9))[:, None]
    return rows


def _cut(rows: FloatArray, moods: IntArray, old: IntArray, least: float) -> IntArray:
    near = (rows @ rows.T).astype(np.float64)
    near -= APART * (moods[:, None] * moods[None, :] < 0)
    near += loyalty(old, LOYAL)
    return average_link(near, least) - 1 if len(rows) > 1 else np.zeros(len(rows), np.int64)


def loyalty(old: IntArray, worth: float) -> npt.NDArray[np.float64]:
    """(n, n) what to add to the similarity of two texts: `worth` if they were in one theme before, `-worth` if in
    two (-1: none).

    A theme of so few that nobody would miss it keeps its members together, and does not keep others out.
    """
    known = old >= 0
    sizes = np.bincount(old[known], minlength=int(old.max(initial=0)) + 1)
    firm = known & (sizes[old] >= SETTLED)
    same = (old[:, None] == old[None, :]) & known[:, None]
    other = ~same & firm[:, None] & firm[None, :]
    return np.where(same, worth, np.where(other, -worth, 0.0))


def strangeness(texts: Sequence[str]) -> FloatArray:
    """(n, n) what to subtract from the cosines of these texts: for praise beside blame, and for a common language
    other than English."""
    moods, languages = _traits(texts)
    names = np.unique(languages, return_inverse=True)[1]
    other = np.array([language not in ("en", "und") for language in languages])
    common = (names[:, None] == names[None, :]) & other[:, None]
    opposite = moods[:, None] * moods[None, :] < 0
    return np.asarray(APART * opposite + FOREIGN * common, np.float32)


def moods_of(texts: Sequence[str]) -> IntArray:
    """(n,) 1 praises, -1 blames, 0 neither."""
    return _traits(texts)[0]


def _traits(texts: Sequence[str]) -> tuple[IntArray, list[str]]:
    """(1 praises, -1 blames, 0 neither; the language) of each."""
    page = open_page(texts, Vocabulary())
    languages = LanguageAnalyser().read(page).value
    strengths, _ = Valence().read(page, languages)
    total: npt.NDArray[np.float64] = page.total(strengths)
    return np.where(np.abs(total) >= FELT, np.sign(total), 0).astype(np.int64), languages


def pair(units: FloatArray) -> IntArray:
    """(n,) group numbers from 0: two texts that are each other's nearest neighbours, and near enough, share one."""
    count = len(units)
    if count < 2:
        return np.arange(count)
    nearest = np.empty(count, np.int64)
    close = np.empty(count, np.float32)
    for start in range(0, count, COMPARED):
        near = units[start : start + COMPARED] @ units.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -1
        nearest[start : start + COMPARED] = near.argmax(axis=1)
        close[start : start + COMPARED] = near.max(axis=1)
    mutual = (nearest[nearest] == np.arange(count)) & (close >= ALIKE)
    first = np.where(mutual, np.minimum(nearest, np.arange(count)), np.arange(count))
    return np.unique(first, return_inverse=True)[1]
