"""From micro-clusters to a graph of shared neighbours, weighted so that copies count as what they are.

The words of the micro-clusters' texts join their vectors here (LSA): it knows names and languages that no
shipped encoder does, and it may change from run to run because ids are kept by `communities.warm`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack, identity

from textanalytics.base import FloatArray, IntArray

WORDS_WEIGHT = 0.6
WORDS_DIMENSIONS = 100


def features(units: FloatArray, texts: Sequence[str], *, seed: int) -> FloatArray:
    """(n, d) unit rows: centred vectors beside the latent semantics of the texts."""
    centred = _unit(units - units.mean(0))
    words = latent_words(texts, seed=seed)
    return _unit(np.hstack([centred, np.float32(WORDS_WEIGHT) * words])) if words is not None else centred


def latent_words(texts: Sequence[str], *, seed: int) -> FloatArray | None:
    """(n, <=100) unit rows by truncated SVD of TF-IDF over words, word pairs and character 3- to 5-grams.

    None when the texts share too few words.
    """
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    pairs = TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english", ngram_range=(1, 2))
    parts = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=3, max_features=60_000
    )
    try:
        counted = hstack([pairs.fit_transform(texts), parts.fit_transform(texts)]).tocsr()
    except ValueError:
        return None
    size = min(WORDS_DIMENSIONS, min(counted.shape) - 1)
    if size < 2:
        return None
    return _unit(TruncatedSVD(size, random_state=seed).fit_transform(counted.astype(np.float32)))


def neighbours(vectors: FloatArray, k: int = 10) -> IntArray:
    """(n, k) exact nearest others by cosine, nearest first."""
    n = len(vectors)
    k = min(k, n - 1)
    found = np.empty((n, k), np.int64)
    for start in range(0, n, 1024):
        near = vectors[start : start + 1024] @ vectors.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -9
        some = np.argpartition(near, n - k, axis=1)[:, n - k :]
        some.sort(axis=1)
        order = np.argsort(-np.take_along_axis(near, some, 1), axis=1, kind="stable")
        found[start : start + len(near)] = np.take_along_axis(some, order, 1)
    return found


def shared(near: IntArray) -> csr_matrix:
    """(n, n) symmetric Jaccard of two nodes' neighbourhoods (self included), on neighbour edges only."""
    n, k = near.shape
    points = csr_matrix((np.ones(n * k), (np.repeat(np.arange(n), k), near.ravel())), shape=(n, n))
    edges = points.maximum(points.T)
    around = (points + identity(n)).tocsr()
    common = (around @ around.T).multiply(edges).tocsr()
    common.data /= 2 * (k + 1) - common.data
    return common


def counted(similar: csr_matrix, counts: IntArray) -> csr_matrix:
    """The graph of micro-clusters that behaves like the graph of their messages: G_ij = J_ij sqrt(n_i n_j),
    G_ii = (n_i - 1) sum_j J_ij. Without it themes vanish as more copies fold into the same micro-cluster."""
    root = diags(np.sqrt(counts))
    loops = diags((counts - 1) * np.asarray(similar.sum(1)).ravel())
    return (root @ similar @ root + loops).tocsr()


def _unit(rows: FloatArray) -> FloatArray:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9), np.float32)
