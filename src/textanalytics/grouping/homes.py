"""What parts of messages are about: the theme that their nearest micro-clusters vote for, and how much they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from textanalytics.base import FloatArray, IntArray

VOTERS, LEAST = 5, 0.45
"""Micro-clusters that are asked, and the cosine from which one has a vote: as for a new message (`micros.vote`)."""


@dataclass(frozen=True)
class Homes:
    """Of n texts: the `theme`, -1 for none; the nearest `cluster` of that theme; the cosine of the nearest of all (`near`);
    and the share of the theme in the cosines of those asked (`agreed`)."""

    theme: IntArray
    cluster: IntArray
    near: FloatArray
    agreed: FloatArray


def homeless(count: int) -> Homes:
    nowhere, nothing = np.full(count, -1, np.int64), np.zeros(count, np.float32)
    return Homes(nowhere, nowhere, nothing, nothing)


def joined(some: Sequence[Homes]) -> Homes:
    return Homes(*(np.concatenate([getattr(one, field.name) for one in some]) for field in fields(Homes)))


def homes(cosines: FloatArray, themes: IntArray, clusters: IntArray) -> Homes:
    """`cosines` (n, k) with each micro-cluster, 0 for one that is not asked; `themes` and `clusters` (k,) are theirs.

    >>> found = homes(np.array([[0.75, 0.5, 0.625, 0.125]]), np.array([3, 4, 4, 4]), np.array([7, 8, 9, 10]))
    >>> found.theme.tolist(), found.cluster.tolist(), found.near.tolist(), found.agreed.tolist()
    ([4], [9], [0.75], [0.625])
    """
    row, voters = np.arange(len(cosines)), min(VOTERS, cosines.shape[1])
    nearest, near = np.zeros((len(row), voters), np.int64), np.zeros((len(row), voters), cosines.dtype)
    for place in range(voters):  # A few times the first of the largest is much faster than a partition.
        nearest[:, place] = best = cosines.argmax(1)
        near[:, place] = cosines[row, best]
        cosines[row, best] = -1.0
    cosines[row[:, None], nearest] = near
    theirs = themes[nearest]
    votes = np.where(near >= LEAST, near, 0.0)
    weight = (votes[:, None, :] * (theirs[:, :, None] == theirs[:, None, :])).sum(2) * (votes > 0)
    best = weight.argmax(1)
    known = weight[row, best] > 0
    agreed = np.where(theirs == theirs[row, best][:, None], near, 0.0).sum(1) / np.maximum(near.sum(1), 1e-9)
    return Homes(
        np.where(known, theirs[row, best], -1),
        np.where(known, clusters[nearest[row, best]], -1),
        np.maximum(near[:, 0], 0.0).astype(np.float32),
        np.where(known, agreed, 0.0).astype(np.float32),
    )
