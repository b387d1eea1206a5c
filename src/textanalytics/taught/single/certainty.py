"""How sure to be: learnt from examples that the weights and centres did not see.

The three opinions (margins on words, log odds of meaning, likeness to examples) are added with one factor each, chosen so
that the probabilities fit held-out examples; that blends and calibrates at once. What belongs to no class is told by
leaving whole classes out: to the model without them their examples are strangers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, FloatArray, IntArray
from textanalytics.taught.single.views import MANY
from textanalytics.words.page import Array

Factors = tuple[float, float, float]
FIRST: Factors = (2.0, 0.5, 1.0)
"""Factors where too few examples were held out to learn them."""

LITTLE = 1 / 8
MIXTURES: tuple[Callable[[float, float, float], Factors], ...] = (
    lambda margins, odds, likeness: (margins, odds, likeness),
    lambda margins, odds, likeness: (margins, 0.0, likeness),
    lambda margins, odds, likeness: (likeness * LITTLE, 0.0, likeness),
)
"""Of all opinions, without log odds of meaning, and of likeness with little of the margins; of equals the earlier is taken."""

LEAST_HELD_OUT = 20
NONE_SHARE = 0.15
"""How many of the messages are expected to belong to no class."""


@dataclass(frozen=True)
class Opinions:
    """What a model says of texts: (n, classes) margins, odds and likeness, (n,) strangeness."""

    margins: FloatArray
    odds: FloatArray
    likeness: FloatArray
    strangeness: FloatArray

    def rows(self, places: Array) -> Opinions:
        """Those of the texts at these places."""
        return Opinions(
            self.margins[places], self.odds[places], self.likeness[places], self.strangeness[places]
        )


@dataclass(frozen=True)
class Certainty:
    """`factors` of margins, odds and likeness; `doubt` weights of the two signs of a stranger and a bias, or none."""

    factors: Factors
    doubt: tuple[float, ...] = ()

    def probabilities(self, said: Opinions) -> FloatArray:
        """(n, classes), summing to one."""
        scores = _blend(said, self.factors)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)

    def none(self, said: Opinions) -> FloatArray:
        """(n,) the probability that a text belongs to no class; zeros where that was never learnt."""
        if not self.doubt:
            return np.zeros(len(said.margins), np.float32)
        scores = signs(said, self.factors) @ np.array(self.doubt[:-1]) + self.doubt[-1]
        return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), np.float32)


def learn(said: Opinions, true: IntArray, *, none: bool) -> Certainty:
    """`true` is the class by number, -1 for what belongs to none."""
    inside = true >= 0
    factors = FIRST
    if inside.sum() >= LEAST_HELD_OUT:
        factors = _factors(said.rows(inside), true[inside])
    if not none or inside.sum() < LEAST_HELD_OUT or (~inside).sum() < LEAST_HELD_OUT:
        return Certainty(factors)
    return Certainty(factors, _doubt(signs(said, factors), ~inside))


def signs(said: Opinions, factors: Factors) -> Array:
    """(n, 2): how far the best class's margin falls short, and how far the nearest examples are."""
    best = _blend(said, factors).argmax(axis=1)[:, None]
    margin = np.take_along_axis(said.margins, best, 1)[:, 0]
    return np.column_stack([-margin, said.strangeness]).astype(np.float64)


def _blend(said: Opinions, factors: Factors) -> Array:
    opinions = (said.margins, said.odds, said.likeness)
    return sum(
        (factor * opinion.astype(np.float64) for factor, opinion in zip(factors, opinions, strict=True)),
        np.zeros(said.margins.shape),
    )


def _factors(said: Opinions, true: IntArray) -> Factors:
    """Of the mixture that gives most right answers: an opinion that knows nothing that likeness does not know only makes
    the probabilities smoother."""
    tried = [_fitted(said, true, mixture) for mixture in MIXTURES]
    right = np.array([_blend(said, factors).argmax(axis=1) == true for factors in tried])
    best = int(right.sum(axis=1).argmax())
    many = said.margins.shape[1] >= MANY
    return tried[-1] if many and not _clearly(right[best], right[-1]) else tried[best]


def _clearly(right: BoolArray, other: BoolArray) -> bool:
    """Whether the first is right more often than chance among those on which they differ explains (one standard error)."""
    wins, losses = int((right & ~other).sum()), int((other & ~right).sum())
    return wins - losses > (wins + losses) ** 0.5


def _fitted(said: Opinions, true: IntArray, mixture: Callable[[float, float, float], Factors]) -> Factors:
    from scipy.optimize import minimize

    rows = np.arange(len(true))

    def loss(logs: Array) -> float:
        scores = _blend(said, mixture(*np.exp(logs).tolist()))
        scores -= scores.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[rows, true]))

    found = minimize(loss, np.log(FIRST), method="L-BFGS-B", bounds=[(-4, 4), (-6, 3), (-4, 4)])
    first, second, third = mixture(*np.exp(found.x).tolist())
    return round(first, 4), round(second, 4), round(third, 4)


def _doubt(features: Array, strange: BoolArray) -> tuple[float, ...]:
    """Both signs count alike, in spreads of the messages that belong: left-out classes are nearer relations than
    what people really send that belongs nowhere, so how much each sign tells must not be learnt from them."""
    from sklearn.linear_model import LogisticRegression

    spread = np.maximum(features[~strange].std(axis=0), 1e-6)
    sign = (features / spread).sum(axis=1, keepdims=True)
    weight = np.where(strange, NONE_SHARE / strange.mean(), (1 - NONE_SHARE) / (~strange).mean())
    model = LogisticRegression(C=1.0).fit(sign, strange, sample_weight=weight)
    return (*map(float, model.coef_[0, 0] / spread), float(model.intercept_[0]))
