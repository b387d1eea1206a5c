"""Praise and blame of one thing are two themes, and stay two: micro-clusters go by what most of their messages feel."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

import numpy as np

from textanalytics.base import BoolArray, IntArray

MANY, SHARE, CLEAR = 8, 0.18, 0.65
"""Messages on either side, and their share of the theme, from which on both are too many to be misread; and the share of
those in either mood, from which on the theme is about what they feel."""

FOLLOWED = 2
"""What each message that blames weighs beyond one where it is decided which part of a theme that people work on keeps its name."""

LEANS = 2
"""Times as many messages of one mood as of the other in a theme that is known for that mood."""


def torn(sizes: IntArray, praise: IntArray, blame: IntArray) -> BoolArray:
    """(n,) whether each of the themes, of so many messages that praise and that blame, is two."""
    fewer = np.minimum(praise, blame)
    return np.asarray(
        (fewer >= MANY) & (fewer >= SHARE * sizes) & (praise + blame >= CLEAR * sizes),
        np.bool_,
    )


@dataclass(frozen=True)
class Felt:
    """`praise` and `blame`, (m,) each: how many messages of each micro-cluster, by id, are in that mood.

    Themes that are `whole` are not divided: people know them as they are. From those that are `followed`, because somebody
    works on what is blamed in them, only praise is taken; and when the grouping parts one of them, the part with the blame rather
    keeps the name.
    """

    praise: IntArray
    blame: IntArray
    whole: Set[int] = field(default_factory=frozenset)
    followed: Set[int] = field(default_factory=frozenset)

    def sums(self, stands: IntArray, live: IntArray) -> tuple[IntArray, IntArray]:
        """Praise and blame of the `live` micro-clusters with those that folded into them; of ids that came since, none."""
        known = stands[: len(self.praise)]
        praise, blame = (
            np.bincount(known, said[: len(known)], len(stands)).astype(np.int64)[live]
            for said in (self.praise, self.blame)
        )
        return praise, blame


@dataclass(frozen=True)
class Clusters:
    """(n,) each, of the micro-clusters that are grouped: messages, those that praise and blame, whether a person holds it, its
    settled theme (-1 none), and the theme that its group would continue."""

    counts: IntArray
    praise: IntArray
    blame: IntArray
    held: BoolArray
    old: IntArray
    named: IntArray

    def sides(self) -> IntArray:
        """(n,) 1 where at least half of the messages praise and more than blame, -1 the other way round, else 0."""
        more = np.sign(self.praise - self.blame)
        return np.where(2 * np.maximum(self.praise, self.blame) >= self.counts, more, 0)


def by_mood(groups: IntArray, of: Clusters, felt: Felt) -> IntArray:
    """(n,) groups; of one with two clear moods, or of two themes that are known for theirs, the smaller side is a group of
    its own, numbered behind the old ones. What is in neither mood stays with its theme, a newcomer with the larger side."""
    if not len(groups):
        return groups
    side = of.sides()
    place = np.unique(groups, return_inverse=True)[1].ravel()
    up, down = (_sums(place, said * (side == mood)) for mood, said in ((1, of.praise), (-1, of.blame)))
    known = _known_for(place, side, of)
    apart = torn(_sums(place, of.counts), up, down) | (_has(place, known > 0) & _has(place, known < 0))
    smaller = np.where(up > down, -1, 1)[place]
    leaves = apart[place] & (np.where(side != 0, side, known) == smaller) & _may_go(of, smaller, felt)
    leaves &= (_sums(place, of.counts * leaves) >= MANY)[place]
    return np.where(leaves, int(groups.max()) + 1 + place, groups)


def _may_go(of: Clusters, smaller: IntArray, felt: Felt) -> BoolArray:
    """(n,) whether each may leave: nobody put it there, and its theme is not one that keeps such messages. What comes from
    another theme may always stay there."""
    whole, followed = (np.isin(of.named, list(themes)) for themes in (felt.whole, felt.followed))
    kept = (whole | (followed & (smaller < 0))) & ((of.old == of.named) | (of.old < 0))
    return ~of.held & ~kept


def _known_for(place: IntArray, side: IntArray, of: Clusters) -> IntArray:
    """(n,) what each one's settled theme clearly does in its group: 1 praises, -1 blames, 0 neither or no such theme."""
    pieces = np.unique(np.stack([place, of.old], 1), axis=0, return_inverse=True)[1].ravel()
    up, down = (_sums(pieces, said * (side == mood)) for mood, said in ((1, of.praise), (-1, of.blame)))
    praises, blames = (up >= MANY) & (up > LEANS * down), (down >= MANY) & (down > LEANS * up)
    return np.where(of.old >= 0, (praises.astype(np.int64) - blames)[pieces], 0)


def _sums(place: IntArray, said: IntArray) -> IntArray:
    return np.bincount(place, said).astype(np.int64)


def _has(place: IntArray, is_so: BoolArray) -> BoolArray:
    return np.bincount(place, is_so) > 0
