"""Which micro-clusters belong together, and which old theme each group continues."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.inflection import plain_words
from textanalytics.grouping.aside import Aside, nobody
from textanalytics.grouping.coherence import (
    LARGEST,
    TOGETHER,
    cut_again,
    cut_loose,
    loyalty,
    moods_of,
    strangeness,
)
from textanalytics.grouping.communities import louvain, warm
from textanalytics.grouping.diffuse import diffuse
from textanalytics.grouping.graph import (
    PLENTY,
    counted,
    features,
    neighbours,
    reach,
    shared,
    weighed,
    word_parts,
    words_and_pairs,
)
from textanalytics.grouping.halves import apart, made_whole
from textanalytics.grouping.light import followed, light
from textanalytics.grouping.linkage import average_link
from textanalytics.grouping.middles import among_many, clearly_nearer
from textanalytics.grouping.named import CLEAR, STORIES, Said, by_name
from textanalytics.words.sparse import csr_matrix

FEW = 100
"""Up to so many micro-clusters, plain nearness decides: a graph of neighbours needs neighbours. It is so low because those
who have more should never see the change of method."""
NEAR, NEARER = 0.30, 0.035
"""Mean cosine between two groups of ten messages that say the same, and how it rises with the logarithm of more:
among many, more strangers come near by chance."""
ALIKE = 0.45
"""Mean cosine between the micro-clusters of two communities that say the same in fixed phrases. Such phrases have no
neighbours but their own copies, so the graph alone cannot see that they belong together."""
ENOUGH = 10
"""Communities from which on one can tell what is usual between them."""
ABOVE_USUAL = 0.3
"""And so much above what is usual between communities: where all talk of one thing in few words, as in the reviews of
one app, even strangers are alike."""
SHUT, MOSTLY_SHUT = 0.05, 0.08
"""And only where one of the two is a world of its own, with at most so much of its neighbourhood outside, or where half of all
communities have little outside. Where the graph has looked at both and keeps them apart, the mean of many messages knows no
better: on BANKING77, where half have .14 or more outside, joining such too cost .01 of V and .03 of ARI, whatever encoder."""
FOCUSED = 0.285
"""Mean share of neighbours in common from which on messages speak of matters that lie apart: BANKING77 and CLINC150 have
.33 to .40, NLU++ .29, lines about software .22 to .27, app reviews .22, complaints on Twitter .18 to .19."""
LOYALTY = 0.08
"""What having been in one theme before adds to the cosine of two micro-clusters of a small corpus."""


def group_few(units: FloatArray, texts: Sequence[str], old: IntArray) -> IntArray:
    """(n,) group by average linkage; old companions hold together a little more than strangers."""
    near = (units @ units.T - strangeness(texts)).astype(np.float64)
    near += loyalty(old, LOYALTY)
    return average_link(near, NEAR + NEARER * math.log(max(len(units), 10) / 10))


def group_many(
    units: FloatArray,
    counts: IntArray,
    texts: Sequence[str],
    old: IntArray,
    held: BoolArray,
    *,
    detail: float,
    seed: int,
    aside: Aside = nobody,
) -> IntArray:
    """(n,) community in the graph of shared neighbours, starting from the old themes if there are any."""
    with aside(parts_and_moods, texts) as result:
        moods = np.zeros(0, np.int64)

        def parts(plain: Sequence[str]) -> csr_matrix | None:
            nonlocal moods
            found, moods = result(lambda: (weighed(word_parts(plain)), moods_of(texts)))
            return found

        rows = features(units, texts, seed=seed, parts=parts)
    wider, follows = among_many(rows, units.shape[1]), light(counts, held)
    of = Grouped(units, rows, wider, np.array(texts, np.object_), counts, moods, old, held)
    if not follows.any():
        return _communities(of, detail)
    found = np.empty(len(rows), np.int64)
    found[~follows] = groups = _communities(of.some(~follows), detail)
    found[follows] = followed(groups, rows, counts, follows)
    apart = found < 0
    found[apart] = int(groups.max()) + 1 + _groups_apart(of.some(apart), detail)
    return np.unique(found, return_inverse=True)[1]


@dataclass(frozen=True)
class Grouped:
    """(n, …) each, of the micro-clusters that are grouped: their vectors, features, features for comparing with many, texts, messages,
    moods, old themes (-1 none), and whether a person holds them."""

    units: FloatArray
    rows: FloatArray
    wider: FloatArray
    texts: npt.NDArray[np.object_]
    counts: IntArray
    moods: IntArray
    old: IntArray
    held: BoolArray

    def some(self, which: BoolArray) -> Grouped:
        return Grouped(*(getattr(self, field.name)[which] for field in fields(self)))


def _groups_apart(of: Grouped, detail: float) -> IntArray:
    """(n,) groups of what follows nobody: a new matter begins among many, too."""
    if len(of.rows) > LARGEST:
        return _communities(of, detail)
    return average_link((of.rows @ of.rows.T).astype(np.float64), TOGETHER)


def _communities(of: Grouped, detail: float) -> IntArray:
    """(n,) coherent group of each."""
    units, rows, counts, old, held = of.units, of.rows, of.counts, of.old, of.held
    similar = shared(neighbours(rows, reach(len(rows))))
    graph = counted(similar, counts)
    focused = focus(similar)
    resolution = detail * (8000 / len(units)) ** 0.5 * focused
    if (old >= 0).any():
        groups = warm(graph, resolution, old, held, counts)
    else:
        groups = louvain(graph, resolution)
    pinned, stays = np.where(held, old, -1), held | (old >= 0)
    groups = clearly_nearer(groups, of.wider, counts, stays, focused)
    groups = made_whole(groups, of.wider, counts, similar, pinned, focused)
    saw_enough = len(rows) >= PLENTY  # In a small corpus the graph looks at a few neighbours only.
    groups = join_alike(groups, units, pinned, similar if saw_enough else None)
    if STORIES <= focused < CLEAR:
        words = words_and_pairs(plain_words(of.texts.tolist())[0])
        groups = by_name(groups, Said(words, of.wider, counts, pinned, stays))
    groups = np.unique(cut_loose(groups, units, rows, of.moods, held, old=old), return_inverse=True)[1]
    loose = diffuse(groups, of.wider, counts, similar, old)
    return cut_again(groups, loose, units, rows, of.moods, held, old)


def focus(similar: csr_matrix) -> float:
    """At most 1, the factor of the resolution. Where neighbours have few neighbours in common, all talk runs into all other,
    and at the usual resolution one matter is cut into many by chance: there communities shall be broader."""
    common = float(similar.data.mean()) if similar.nnz else FOCUSED
    return min(1.0, common / FOCUSED) ** 2


def parts_and_moods(_: Encoder, texts: Sequence[str]) -> tuple[csr_matrix | None, IntArray]:
    """Of what `group_many` asks about the texts, some half."""
    return weighed(word_parts(plain_words(texts)[0])), moods_of(texts)


def join_alike(groups: IntArray, units: FloatArray, pinned: IntArray, similar: csr_matrix | None) -> IntArray:
    """(n,) groups after joining those whose members are alike on average; never two that a person keeps apart.

    `pinned` is the theme that a member is held in, -1 for most; `similar` the graph in which the groups were found,
    if it saw enough to be believed.
    """
    place = np.unique(groups, return_inverse=True)[1]
    gather = csr_matrix((np.ones(len(place), np.float32), (place, np.arange(len(place)))))
    means = (gather @ units) / np.bincount(place)[:, None]
    near = (means @ means.T).astype(np.float64)
    enough = len(near) >= ENOUGH
    usual = float(np.median(near[np.triu_indices(len(near), 1)])) if enough else 0.0
    near[apart(place, pinned)] = -1e3
    if similar is not None:
        shut = _shut(gather @ similar @ gather.T)
        near[~(shut[:, None] | shut[None, :])] = -1e3
    return average_link(near, max(ALIKE, usual + ABOVE_USUAL))[place]


def _shut(between: csr_matrix) -> BoolArray:
    """(n,) whether hardly an edge leads out of each group, or of most; `between` sums the edges from group to group."""
    total = np.asarray(between.sum(axis=1)).ravel()
    outside = 1 - between.diagonal() / np.maximum(total, 1e-12)
    outside[total == 0] = 0
    return np.full(len(total), True) if np.median(outside) <= MOSTLY_SHUT else outside <= SHUT


def continue_themes(
    groups: IntArray, old: IntArray, counts: IntArray, held: BoolArray, next_theme: int
) -> tuple[IntArray, int]:
    """(n,) theme ids and the next unused one. The group with most of an old theme's messages keeps its id.

    The biggest share takes its id first, so a few members that a person holds in another theme do not rename the
    rest of their group; held ones only win a tie.
    """
    shares: dict[tuple[int, int], tuple[int, int]] = {}
    rows = zip(old.tolist(), groups.tolist(), counts.tolist(), held.tolist(), strict=True)
    for theme, group, count, kept in rows:
        if theme >= 0:
            pinned, messages = shares.get((theme, group), (0, 0))
            shares[theme, group] = (pinned + count * kept, messages + count)
    named: dict[int, int] = {}
    used: set[int] = set()
    for theme, group in sorted(shares, key=lambda pair: (-shares[pair][1], -shares[pair][0], pair)):
        if group not in named and theme not in used:
            named[group] = theme
            used.add(theme)
    for group in np.unique(groups).tolist():
        if group not in named:
            named[group] = next_theme
            next_theme += 1
    return np.array([named[group] for group in groups.tolist()], np.int64), next_theme
