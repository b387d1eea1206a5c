"""Average-linkage clustering."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textanalytics.base import IntArray


def average_link(near: npt.NDArray[np.float64], least: float) -> IntArray:
    """(n,) group numbers: groups are merged while their members' mean cosine is at least `least`.

    `near` is (n, n), symmetric. Numbers begin at 1, and are 0 for a single member.
    """
    if len(near) < 2:
        return np.zeros(len(near), np.int64)
    far = np.maximum(1 - near, 0)
    np.fill_diagonal(far, 0)
    if len(far) == 2:
        return np.array([1, 1 if far[0, 1] <= 1 - least else 2], np.int64)
    # Loaded here, because it takes a second and only a consolidation needs it.
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    tree = linkage(squareform(far, checks=False), "average")
    return fcluster(tree, 1 - least, "distance").astype(np.int64)


def few_alike(near: npt.NDArray[np.float64], least: float) -> IntArray:
    """As `average_link`, one merge after the other and without what that has to load: where hardly any are alike. A group has
    the number of its first member. Who is linked to a group by nothing is never compared with it."""
    groups = np.arange(len(near))
    for linked in _linked(near, least):
        groups[linked] = linked[_merged(near[np.ix_(linked, linked)], least)]
    return groups


def _linked(near: npt.NDArray[np.float64], least: float) -> list[IntArray]:
    """Those that hang together, whoever is between, by being so near."""
    first = list(range(len(near)))

    def top(one: int) -> int:
        while first[one] != one:
            first[one] = first[first[one]]
            one = first[one]
        return one

    ones, others = (side.tolist() for side in np.nonzero(np.triu(near, 1) >= least))
    for one, other in zip(ones, others, strict=True):
        smaller, larger = sorted((top(one), top(other)))
        first[larger] = smaller
    tops = np.array([top(one) for one in range(len(near))], np.int64)
    return [np.flatnonzero(tops == one) for one in sorted({top(one) for one in ones})]


def _merged(near: npt.NDArray[np.float64], least: float) -> IntArray:
    mean, sizes, groups = near.copy(), np.ones(len(near)), np.arange(len(near))
    np.fill_diagonal(mean, -np.inf)
    while len(mean):
        one, other = sorted(divmod(int(mean.argmax()), len(mean)))
        if mean[one, other] < least:
            break
        both = (sizes[one] * mean[one] + sizes[other] * mean[other]) / (sizes[one] + sizes[other])
        mean[one] = mean[:, one] = both
        mean[other] = mean[:, other] = mean[one, one] = -np.inf
        sizes[one] += sizes[other]
        groups[groups == other] = one
    return groups
