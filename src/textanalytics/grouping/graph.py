"""From micro-clusters to a graph of shared neighbours, weighted so that copies count as what they are.

The words of the micro-clusters' texts join their vectors here (LSA): it knows names and languages that no
shipped encoder does, and it may change from run to run because ids are kept by `communities.warm`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.grammar.inflection import plain_words
from textanalytics.words.sparse import csr_matrix, diags, hstack, identity

WORDS_WEIGHT, GERMAN_WEIGHT = 0.45, 1.0
"""What the words of a text count beside its vector; more in German, of which the shipped encoder knows less."""

WORD = re.compile(r"\b\w\w+\b")
WORDS_DIMENSIONS = 100
REMEMBERED = 4_000
"""Texts whose words are remembered: a small corpus is put in order again with every few messages."""

PASSES = 2
"""Passes that sharpen the random projection. On BANKING77 and CLINC150 more find no better themes."""
SPARE = 10
"""Directions more than are wanted in which a random projection looks."""
DIRECTIONS = 128
NEIGHBOURS, FEWEST = 10, 4
"""Neighbours of each micro-cluster, and the least of them in a small corpus."""
PLENTY = 1_200
"""Micro-clusters from which on each has all its neighbours."""


Parts = Callable[[Sequence[str]], "csr_matrix | None"]
"""Gives `weighed(word_parts(...))` of the plain words of texts, for whoever has that done elsewhere."""


def features(units: FloatArray, texts: Sequence[str], *, seed: int, parts: Parts | None = None) -> FloatArray:
    """(n, d) unit rows: centred vectors beside the latent semantics of the texts."""
    centred = _unit(_broadest(units - units.mean(0)))
    plain, german = plain_words(texts)
    words = latent_words(plain, seed=seed, parts=parts)
    if words is None:
        return centred
    weight = np.where(german, GERMAN_WEIGHT, WORDS_WEIGHT).astype(np.float32)[:, None]
    return _unit(np.hstack([centred, weight * words]))


def _broadest(centred: FloatArray) -> FloatArray:
    """(n, <=128) the directions in which the rows differ most: nearly all that tells them apart, in half the columns."""
    spread, directions = np.linalg.eigh(centred.T @ centred)
    return np.asarray(centred @ directions[:, np.argsort(-spread)[:DIRECTIONS]], np.float32)


def latent_words(texts: Sequence[str], *, seed: int, parts: Parts | None = None) -> FloatArray | None:
    """(n, <=100) unit rows by truncated SVD of TF-IDF over words, word pairs and character 3- and 4-grams.

    None when the texts share too few words.
    """
    words = weighed(words_and_pairs(texts))
    found = weighed(word_parts(texts)) if parts is None else parts(texts)
    if words is None or found is None:
        return None
    table = hstack([words, found]).tocsr()
    size = min(WORDS_DIMENSIONS, min(table.shape) - 1)
    return _unit(principal(table, size, seed=seed)) if size >= 2 else None


def weighed(table: csr_matrix) -> csr_matrix | None:
    """Unit rows by TF-IDF, the logarithm of how often, as scikit-learn weighs them; None when it has no columns.

    By hand, because the second process, which does half of it, has no other use for what takes most of a second to load.
    """
    texts, columns = table.shape
    if not columns:
        return None
    rarity = np.log((texts + 1) / (np.bincount(table.indices, minlength=columns) + 1)) + 1
    values = (np.log(table.data) + 1) * rarity[table.indices]
    row = np.repeat(np.arange(texts), np.diff(table.indptr))
    values /= np.sqrt(np.bincount(row, values * values, minlength=texts))[row]
    return csr_matrix((values.astype(np.float32), table.indices, table.indptr), shape=table.shape)


def principal(table: csr_matrix, size: int, *, seed: int) -> FloatArray:
    """(n, size) the rows in the directions in which they differ most: what a randomised SVD calls U times S (Halko et al.
    2011). Which directions these are, the small table of the rows' products in a random subspace tells; to decompose the
    rows themselves would take as long as all the rest.
    """
    basis = _range(table.T.tocsr(), size + SPARE, seed=seed)
    rows = (table @ basis).astype(np.float64)
    _, directions = np.linalg.eigh(rows.T @ rows)
    return np.asarray(rows @ directions[:, : -size - 1 : -1], np.float32)


def _range(table: csr_matrix, size: int, *, seed: int) -> FloatArray:
    """(n, size) a basis of the directions of a table's columns, to the byte as scikit-learn's `randomized_range_finder` finds
    it without a normaliser. By hand, because scikit-learn takes most of a second to load."""
    from scipy.linalg import qr

    found = np.random.RandomState(seed).normal(size=(table.shape[1], size)).astype(np.float32)
    for _ in range(PASSES):
        found = table.T @ (table @ found)
    return np.asarray(qr(table @ found, mode="economic", check_finite=False)[0])


def words_and_pairs(texts: Sequence[str], *, least: int = 2) -> csr_matrix:
    """(n, words) how often each word, and each pair of neighbours, is in each text: as scikit-learn counts them, without
    its little words of English, but by numbers instead of strings. What is in fewer than `least` texts is left out.
    """
    numbers: dict[str, int] = {}
    rows = [[numbers.setdefault(word, len(numbers)) for word in _words(text)] for text in texts]
    size, names = max(len(numbers), 1), list(numbers)
    text = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    word = np.fromiter((i for row in rows for i in row), np.int64, len(text))
    beside = np.flatnonzero(text[1:] == text[:-1])
    item = np.concatenate([word, size + word[beside] * size + word[beside + 1]])
    items, item = np.unique(item, return_inverse=True)
    cells, counts = np.unique(
        np.concatenate([text, text[beside]]) * max(len(items), 1) + item, return_counts=True
    )
    row, item = np.divmod(cells, max(len(items), 1))
    often = np.flatnonzero(np.bincount(item, minlength=len(items)) >= least)
    said = [_spelt(i, names) for i in items[often].tolist()]
    place = np.full(len(items), -1)
    place[often[sorted(range(len(said)), key=said.__getitem__)]] = np.arange(len(often))
    kept = place[item] >= 0
    values = (counts[kept].astype(np.float64), (row[kept], place[item][kept]))
    return csr_matrix(values, shape=(len(rows), len(often)))


def _spelt(item: int, names: Sequence[str]) -> str:
    if item < len(names):
        return names[item]
    first, second = divmod(item - len(names), len(names))
    return f"{names[first]} {names[second]}"


@lru_cache(REMEMBERED)
def _words(text: str) -> list[str]:
    little = _little()
    return [word for word in WORD.findall(text.lower()) if word not in little]


@cache
def _little() -> frozenset[str]:
    """scikit-learn's, from the file in which it keeps them and nothing else: all of it takes most of a second to load."""
    package = find_spec("sklearn")
    folder = Path(package.origin).parent if package and package.origin else Path()
    kept = folder / "feature_extraction" / "_stop_words.py"
    if kept.is_file():
        return frozenset(run_path(str(kept))["ENGLISH_STOP_WORDS"])
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return ENGLISH_STOP_WORDS


def word_parts(texts: Sequence[str], *, least: int = 3, most: int = 60_000) -> csr_matrix:
    """(n, parts) how often each run of 3 or 4 characters of a word (blanks around it) is in each text.

    Runs in fewer than `least` texts are left out, and all but the `most` frequent. Each different word is cut once:
    texts share their words, so this is many times faster than cutting the texts.
    """
    words: dict[str, int] = {}
    rows = [[words.setdefault(word, len(words)) for word in text.lower().split()] for text in texts]
    parts: dict[str, int] = {}
    cut = [[parts.setdefault(run, len(parts)) for run in _runs(f" {word} ")] for word in words]
    counted = _counts(rows, len(words)) @ _counts(cut, len(parts))
    often = np.bincount(counted.indices, minlength=len(parts)) >= least
    total = np.where(often, np.asarray(counted.sum(0)).ravel(), 0)
    names = np.array(list(parts))
    kept = np.lexsort((names, -total))[: min(most, int(often.sum()))]
    return counted[:, kept[np.argsort(names[kept])]]


def _runs(word: str) -> list[str]:
    """Runs of 3 and 4 characters; a shorter word is one run."""
    runs = [word[i : i + n] for n in (3, 4) for i in range(len(word) - n + 1)]
    return runs or [word]


def _counts(rows: list[list[int]], width: int) -> csr_matrix:
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    flat = np.fromiter((i for row in rows for i in row), np.int64, ends[-1])
    found = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), width))
    found.sum_duplicates()
    return found


def reach(n: int) -> int:
    """How many neighbours each of n has: a tenth of all would tie strangers together, so few have fewer."""
    return int(np.clip(round(NEIGHBOURS * (n / PLENTY) ** 0.4), FEWEST, NEIGHBOURS))


def neighbours(vectors: FloatArray, k: int = NEIGHBOURS) -> IntArray:
    """(n, k) exact nearest others by cosine, nearest first; of equals the first row."""
    n = len(vectors)
    k = min(k, n - 1)
    found = np.empty((n, k), np.int64)

    def find(start: int) -> None:
        near = vectors[start : start + 1024] @ vectors.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -9
        found[start : start + len(near)] = greatest(near, k)

    with ThreadPoolExecutor(2) as threads:  # Products and sorting let another thread work meanwhile.
        list(threads.map(find, range(0, n, 1024)))
    return found


BUNCH = 32
"""Columns of which first only the greatest is looked at."""


def greatest(near: FloatArray, k: int) -> IntArray:
    """(n, k) columns of the k greatest of each row, greatest first; of equals the first column.

    The k-th greatest of the bunches' maxima is a floor that only few columns reach, and all of the k do: to find it
    and them costs a fraction of sorting each row in part.
    """
    floor = _floor(near, k)
    row, column = np.divmod(np.flatnonzero(near >= floor[:, None]), near.shape[1])
    order = np.lexsort((column, -near[row, column], row))
    first = np.searchsorted(row, np.arange(len(near)))
    return column[order][first[:, None] + np.arange(k)]


def _floor(near: FloatArray, k: int) -> FloatArray:
    """(n,) at least k of each row reach it. A bunch is spread over the columns, so that the maxima are taken of whole rows."""
    width = near.shape[1] // BUNCH
    peaks = near[:, : width * BUNCH].reshape(len(near), BUNCH, width).max(1) if width >= 2 * k else near
    return np.partition(peaks, peaks.shape[1] - k, axis=1)[:, peaks.shape[1] - k]


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
