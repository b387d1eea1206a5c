"""Themes that people know change only where it clearly pays: what a fresh grouping would move is asked twice.

A piece is what an old theme and a new group have in common. Only what a run has put into its theme has an old theme: where a
message is until the first run is a guess, and guesses hold nobody back. Where it would leave its old companions it stays, unless it is
clearly nearer to those it would join; where it would stand alone it stays, unless it is clearly unlike those it leaves; and
where a whole theme would end in another one, both must be about as alike as they are in themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray, FloatArray, IntArray

KNOWN = 2
"""Messages of a theme that people know. Who is alone looks for company and is glad to find it."""

NEARER = 0.2
"""Mean cosine by which a piece must be nearer to another theme than to its own, to leave it."""

UNLIKE = 0.35
"""Share of the lesser cohesion of a piece and of those it leaves that the two have in common: with less it may go."""

AS_ONE = 0.8
"""Share of the lesser cohesion of two themes that they must have in common to become one."""


def keep_company(
    groups: IntArray, old: IntArray, rows: FloatArray, counts: IntArray, held: BoolArray
) -> IntArray:
    """(n,) the groups with what need not move put back. `old` is the settled theme of each, -1 none; `rows` are unit."""
    known = old >= 0
    if not known.any():
        return groups
    pieces = _pieces(groups, old, rows, counts)
    found = groups.copy()
    made = int(groups.max()) + 1
    back: dict[int, int] = {}
    for piece in np.argsort(-pieces.size, kind="stable").tolist():
        theme = int(pieces.theme[piece])
        owner = pieces.owner.get(int(pieces.group[piece]), -1)
        if owner == theme or (pieces.weight[theme] < KNOWN and owner >= 0):
            continue
        members = (old == theme) & (groups == pieces.group[piece])
        if held[members].any():
            continue
        home = pieces.home.get(theme, -1)
        if home >= 0:
            if pieces.stays(piece, home):
                found[members] = home
                back.setdefault(int(pieces.group[piece]), home)
        elif pieces.alone(piece):
            found[old == theme] = made
            pieces.home[theme], made = made, made + 1
    for group, home in back.items():
        _follow_back(found, group, home, old, rows * counts[:, None], counts)
    return found


def _follow_back(
    found: IntArray, group: int, home: int, old: IntArray, weighed: FloatArray, counts: IntArray
) -> None:
    """Newcomers whose known companions went back home go there too where both are as one: the same matter must not
    begin a second theme beside the first, which would look like a rise."""
    left = found == group
    if not left.any() or (old[left] >= 0).any():
        return
    there = found == home
    one, other = weighed[left].sum(0, np.float64), weighed[there].sum(0, np.float64)
    n, m = float(max(counts[left].sum(), 1)), float(max(counts[there].sum(), 1))
    if one @ other / (n * m) >= AS_ONE * min(_cohesion(one, n), _cohesion(other, m)):
        found[left] = home


def _cohesion(total: npt.NDArray[np.float64], n: float) -> float:
    """Mean cosine of two different members, by their summed unit rows; 1 for one alone."""
    return (float(total @ total) - n) / (n * (n - 1)) if n > 1 else 1.0


@dataclass
class _Pieces:
    """What old themes and new groups have in common: summed rows and messages of each such piece."""

    theme: IntArray
    group: IntArray
    size: IntArray
    total: npt.NDArray[np.float64]
    weight: dict[int, int]
    owner: dict[int, int]
    home: dict[int, int]
    place: dict[tuple[int, int], int]

    def near(self, one: int, other: int) -> float:
        return float(self.total[one] @ self.total[other]) / float(self.size[one] * self.size[other])

    def cohesion(self, piece: int) -> float:
        return _cohesion(self.total[piece], float(self.size[piece]))

    def stays(self, piece: int, home: int) -> bool:
        rest = self.place.get((int(self.theme[piece]), home))
        if rest is None:
            return True
        stay, joins = self.near(piece, rest), self._core(piece)
        if joins is None:
            return stay >= UNLIKE * min(self.cohesion(piece), self.cohesion(rest))
        return stay >= self.near(piece, joins) - NEARER

    def alone(self, piece: int) -> bool:
        joins = self._core(piece)
        if joins is None:
            return False
        return self.near(piece, joins) < AS_ONE * min(self.cohesion(piece), self.cohesion(joins))

    def _core(self, piece: int) -> int | None:
        """The piece that gives the group its name, None if that is new."""
        group = int(self.group[piece])
        return self.place.get((self.owner[group], group)) if group in self.owner else None


def _pieces(groups: IntArray, old: IntArray, rows: FloatArray, counts: IntArray) -> _Pieces:
    known = np.flatnonzero(old >= 0)
    pairs, place = np.unique(np.stack([old[known], groups[known]], 1), axis=0, return_inverse=True)
    place = place.ravel()
    size = np.bincount(place, counts[known], minlength=len(pairs)).astype(np.int64)
    total = np.zeros((len(pairs), rows.shape[1]))
    np.add.at(total, place, rows[known] * counts[known, None])
    owner: dict[int, int] = {}
    home: dict[int, int] = {}
    weight: dict[int, int] = {}
    for (theme, _), own in zip(pairs.tolist(), size.tolist(), strict=True):
        weight[theme] = weight.get(theme, 0) + own
    for piece in np.lexsort((pairs[:, 1], pairs[:, 0], -size)).tolist():
        theme, group = pairs[piece].tolist()
        if theme not in home and group not in owner:
            home[theme], owner[group] = group, theme
    lookup = {(theme, group): piece for piece, (theme, group) in enumerate(pairs.tolist())}
    return _Pieces(pairs[:, 0], pairs[:, 1], np.maximum(size, 1), total, weight, owner, home, lookup)
