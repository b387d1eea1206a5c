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
    the number of its first member."""
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
