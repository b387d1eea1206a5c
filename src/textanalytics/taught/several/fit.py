"""Fits a tagger: kernel ridge regression on how like a text is to the sentences of the classes, by meaning and by words.

Likeness of meaning falls off by `ridge.NARROW`; words are added as they are, so they are one weight a word and class. The
usual messages are taught as well, as texts of no class, but nothing is kept of them: what speaks for a class is always a
likeness to a sentence of some class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.taught.ridge import NARROW, by_some, some_of_each
from textanalytics.words.blas import one_thread
from textanalytics.words.page import Array
from textanalytics.words.sparse import csr_matrix, vstack

WORD, RIDGE = 0.4, 0.1
OTHERS, LEAST_USUAL = 50.0, 5.0
"""Texts that have not a class, for each that has it: usual messages are weighed until other classes' sentences and they are
so many together, and as LEAST_USUAL at least."""
BAR, SLOPE = 0.32, 10.0
"""The score of a text that has a class as likely as not, and the log odds of a score that is one higher. Measured (see
docs/reference/evaluation.md): three to five sentences are too few to hold some out and learn it."""
BAR_OF_ONE, BAR_OF_TEN = 0.2, 0.37
"""Of a class of one, the bar is lower, and rises with the logarithm: what is like several scores higher."""
DOUBT, FEW, ENOUGH = 1.0, 20, 200
"""Where most is found for what is given wrongly, fewer than half are right: by so much lower are the log odds that a class is
right, up to FEW sentences; from ENOUGH on they are what they look like. Measured (see docs/reference/evaluation.md)."""
LEAST_HELD_OUT, LEAST_FOUND = 8, 0.3
"""Texts of a class from which on the bar is learnt from some that are held out; and how many of these a bar has to find."""
LEAST_SEEN = 1.0
"""Usual messages that have a class, on average and as is guessed, from which on they say how wide classes are."""
TRIED_BARS = np.arange(0.15, 0.6, 0.01)
FOLDS, MANY = 4, 3_000
"""Of more texts one fold is enough."""
MOST = 4_000
"""Texts to which likeness is measured; of more, as many of each class."""
ROUNDS = 8
"""Of guessing what nobody knows by what is known; it moves little after the third."""
FINE, FIRM = 2_048, 1 << 16
"""Meanings, and likenesses and what they pull, are whole multiples of one such part: sums of these are exact, so that they
do not depend on what else is in the batch."""


@dataclass(frozen=True)
class Weights:
    """`exemplars` (m, dimensions) whole numbers; `pulls` (m, classes) is what being like each speaks for; `buckets` (used,
    classes) what the hashed features `used` do; `bias` (classes,) is added to the scores; `doubt` (classes,) is how much lower the log odds
    are that a class is right."""

    used: IntArray
    buckets: FloatArray
    exemplars: FloatArray
    pulls: Array
    bias: FloatArray
    doubt: FloatArray

    def scores(self, meanings: FloatArray) -> FloatArray:
        """(n, classes) by meaning, of whole numbers as `whole` makes them; the words' part is not in it."""
        return np.asarray(np.rint(alike(meanings, self.exemplars) * np.float64(FIRM)) @ self.pulls / FIRM)

    def directions(self) -> FloatArray:
        """(dimensions, classes) which way a text's meaning has to go to be more like each class."""
        return np.asarray(self.exemplars.T @ self.pulls.astype(np.float32) / np.float32(FINE))


@dataclass(frozen=True)
class Texts:
    """`words` (n, features) and `meanings` (n, dimensions) whole numbers."""

    words: csr_matrix
    meanings: FloatArray

    def rows(self, places: Array) -> Texts:
        """Those at these places."""
        return Texts(self.words[places], self.meanings[places])

    def and_those(self, others: Texts) -> Texts:
        both = vstack([self.words, others.words]).tocsr()
        return Texts(both, np.concatenate([self.meanings, others.meanings]))

    def alike(self, others: Texts) -> Array:
        """(n, others)"""
        near = alike(self.meanings, others.meanings)
        near += np.float32(WORD) * (self.words @ others.words.T).toarray()
        return near


def whole(meanings: FloatArray) -> FloatArray:
    """Unit rows as whole multiples of 1 / FINE: their products stay below 2**24 and are exact in single precision."""
    return np.rint(meanings * np.float32(FINE))


def alike(meanings: FloatArray, others: FloatArray) -> Array:
    """(n, m) one for the same meaning, falling with the square of the distance."""
    near = meanings @ others.T
    near *= np.float32(2 * NARROW / FINE**2)
    near -= np.float32(2 * NARROW)
    return np.asarray(np.exp(near, out=near))


def fit(texts: Texts, usual: Texts, known: IntArray, seed: int) -> Weights:
    """`known` (texts, classes) is 1, 0 or -1 for nobody knows; of the usual messages none has a class."""
    used = np.flatnonzero(np.asarray((texts.words > 0).sum(axis=0)).ravel())
    texts, usual = Texts(texts.words[:, used], texts.meanings), Texts(usual.words[:, used], usual.meanings)
    with one_thread():
        kept, pulls = _taught(texts, usual, known, seed)
        bar = learnt_bar(texts, usual, known, seed)
    pulls = np.rint(pulls * FIRM) / FIRM
    buckets = WORD * (kept.words.T @ pulls)
    bias, doubt = BAR - bars(known, bar), doubts(known)
    return Weights(used, np.asarray(buckets, np.float32), kept.meanings, pulls, bias, doubt)


def _taught(texts: Texts, usual: Texts, known: IntArray, seed: int) -> tuple[Texts, Array]:
    """The texts to which likeness is measured, and (those, classes) what it pulls."""
    both, truth = _in_one_breath(texts, usual, known, seed)
    every = texts.and_those(both).and_those(usual)
    weight = np.ones(len(every.meanings), np.float32)
    weight[len(known) + len(truth) :] = usual_weight(known, len(usual.meanings))
    kept = texts.rows(exemplars(known, seed))
    return kept, _solve(every, kept, weight, np.concatenate([known, truth]))


def learnt_bar(texts: Texts, usual: Texts, known: IntArray, seed: int) -> float:
    """The score from which on F1 is likely to be best, of texts that were held out in turn; BAR where most classes have too
    few to hold some out. F1 is asked twice: among the texts that people gave, of which too many have a class, and among the
    usual messages, where nobody says which have one; the mean counts. Usual messages of which hardly
    any has one only say that classes are rare: then it is BAR at least."""
    if np.median((known == 1).sum(axis=0)) < LEAST_HELD_OUT:
        return BAR
    own, stream = _held_out(texts, usual, known, seed)
    asked = ~np.isnan(own[:, 0])
    own, known, stream = own[asked], known[asked], stream[~np.isnan(stream[:, 0])]
    found = np.array([(own[known == 1] > bar).mean() for bar in TRIED_BARS])
    given = np.array([(own[known >= 0] > bar).mean() for bar in TRIED_BARS])
    good = _f1((known == 1).sum() / (known >= 0).sum(), found, given)
    if len(stream):
        given = np.array([(stream > bar).mean() for bar in TRIED_BARS]) + 1 / stream.size
        common = _most_common(found, given)
        if common * len(stream) < LEAST_SEEN:
            return max(float(TRIED_BARS[int(good.argmax())]), BAR)
        good = good + _f1(common, found, given)
    return float(TRIED_BARS[int(good.argmax())])


def _most_common(found: Array, given: Array) -> float:
    """A bound of how common classes are: at no bar more of the messages have them than are given them there, divided by how
    much of the classes is found (Blanchard, Lee and Scott 2010)."""
    return float((given / np.maximum(found, 1e-9))[found >= LEAST_FOUND].min(initial=1.0))


def _f1(common: float, found: Array, given: Array) -> Array:
    return 2 * common * found / np.maximum(common + given, 1e-9)


def _held_out(texts: Texts, usual: Texts, known: IntArray, seed: int) -> tuple[Array, Array]:
    """(texts, classes) and (usual, classes) scores by what was taught without them; of many texts only of a part, NaN
    for the others."""
    first = np.where((known > 0).any(axis=1), (known > 0).argmax(axis=1), known.shape[1])
    order = np.random.default_rng(seed).permutation(len(known))
    fold = np.empty(len(known), np.int64)
    fold[order[np.argsort(first[order], kind="stable")]] = np.arange(len(known)) % FOLDS
    of_usual = np.arange(len(usual.meanings)) % FOLDS
    own = np.full(known.shape, np.nan, np.float32)
    stream = np.full((len(of_usual), known.shape[1]), np.nan, np.float32)
    for number in range(1 if len(known) > MANY else FOLDS):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        kept, pulls = _taught(texts.rows(inside), usual.rows(of_usual != number), known[inside], seed)
        own[outside] = texts.rows(outside).alike(kept) @ pulls
        stream[of_usual == number] = usual.rows(of_usual == number).alike(kept) @ pulls
    return own, stream


def _in_one_breath(texts: Texts, usual: Texts, known: IntArray, seed: int) -> tuple[Texts, IntArray]:
    """Each text said together with another one, so that a message of two matters keeps both, and what is known of it: with
    a usual message, or with one of the texts where there are none.

    Words are sums over the pieces divided by about the root of their number, so two texts' sum over root two is what both
    together would have; so it is with meanings.
    """
    chance = np.random.default_rng(seed)
    count = len(known)
    if len(usual.meanings):
        other = chance.integers(0, len(usual.meanings), count)
        beside, truth = usual.rows(other), known
    else:
        other = chance.permutation(count)
        beside = texts.rows(other)
        truth = np.where((known == 1) | (known[other] == 1), 1, np.minimum(known, known[other]))
    words = ((texts.words + beside.words) * np.float32(1 / np.sqrt(2))).tocsr()
    meanings = texts.meanings + beside.meanings
    length = np.linalg.norm(meanings, axis=1, keepdims=True) / FINE
    return Texts(words, np.rint(meanings / np.maximum(length, 1e-6))), truth


def bars(known: IntArray, learnt: float = BAR) -> FloatArray:
    """(classes,) the score from which on a text has it: what was learnt, or less where few have the class."""
    own = np.maximum((known == 1).sum(axis=0), 1)
    few = np.minimum(BAR_OF_ONE + (BAR_OF_TEN - BAR_OF_ONE) * np.log10(own), min(BAR, learnt))
    return np.where(own >= LEAST_HELD_OUT, learnt, few).astype(np.float32)


def doubts(known: IntArray) -> FloatArray:
    """(classes,) DOUBT for few texts that have the class, nothing for enough, in between by the logarithm."""
    own = np.maximum((known == 1).sum(axis=0), 1)
    return np.asarray(DOUBT * np.clip(np.log(ENOUGH / own) / np.log(ENOUGH / FEW), 0, 1), np.float32)


def usual_weight(known: IntArray, usual: int) -> float:
    """Of each of so many usual messages, beside one of a text that people gave."""
    own = float(np.median((known == 1).sum(axis=0)))
    wanted = max(OTHERS * own - (len(known) - own), LEAST_USUAL * own)
    return min(wanted / max(usual, 1), 3.0)


def exemplars(known: IntArray, seed: int) -> IntArray:
    """The places of all texts, or of so many of each class drawn by the seed."""
    if len(known) <= MOST:
        return np.arange(len(known))
    some = max(MOST // known.shape[1], 1)
    first = np.where((known > 0).any(axis=1), (known > 0).argmax(axis=1), known.shape[1])
    return some_of_each(first, some, seed)


def _solve(every: Texts, kept: Texts, weight: FloatArray, known: IntArray) -> Array:
    """(kept, classes). What nobody knows is what the rest says of it, again and again until it hardly moves: that leaves it
    out of the sum, with one matrix for all classes (Yates 1933)."""
    like = every.alike(kept)
    solved = by_some(like, kept.alike(kept), weight, ridge=RIDGE)
    wanted = np.zeros((len(like), known.shape[1]), np.float32)
    wanted[: len(known)] = known == 1
    pulls = solved(wanted)
    unknown: BoolArray = np.zeros(wanted.shape, bool)
    unknown[: len(known)] = known < 0
    for _ in range(ROUNDS if unknown.any() else 0):
        pulls = solved(np.where(unknown, like @ pulls.astype(np.float32), wanted))
    return pulls
