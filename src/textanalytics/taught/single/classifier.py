"""Classes that an organisation teaches by examples; calibrated, with evidence, and able to say "none of these".

>>> texts = ["where is my card", "my card has not come", "the app crashes", "app does not start"]
>>> taught = Taught.teach(texts, ["card", "card", "app", "app"])
>>> [result.value for result in taught.predict(["no card in the post yet", "the app is broken"])]
['card', 'app']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from textanalytics import encoders
from textanalytics.base import Encoder, FloatArray, IntArray, Result
from textanalytics.reading.reading import Reader
from textanalytics.taught.single import centres, certainty, likeness, margins
from textanalytics.taught.single.centres import Centres
from textanalytics.taught.single.certainty import Certainty, Factors, Opinions
from textanalytics.taught.single.holdout import Part, parts
from textanalytics.taught.single.likeness import Likeness, Seen
from textanalytics.taught.single.margins import Weights
from textanalytics.taught.single.views import BATCH, Looker, View
from textanalytics.words.blas import one_thread

NONE = ""
"""The value of a text that belongs to none of the classes."""


@dataclass(frozen=True)
class Model:
    """Three views of the same examples."""

    weights: Weights
    centres: Centres
    likeness: Likeness

    def opinions(self, view: View) -> Opinions:
        seen = Seen.of(view, self.weights.scaling)
        near = self.likeness.near(seen.meanings)
        return Opinions(
            self.weights.margins(view),
            self.centres.odds(view.meanings),
            self.likeness.scores(near, seen),
            likeness.strangeness(near),
        )

    def telling(self, factors: Factors) -> Weights:
        """What each word gives to the answer: to the margins and, beside likeness, as itself."""
        table = factors[0] * self.weights.table[: len(self.likeness.table)] + factors[2] * self.likeness.table
        return replace(self.weights, table=table.astype(np.float32))


@dataclass(frozen=True)
class Taught:
    """`classes` in order of the columns of `probabilities`."""

    classes: tuple[str, ...]
    model: Model
    certainty: Certainty
    encoder: Encoder
    reader: Reader

    @cached_property
    def looker(self) -> Looker:
        return Looker(self.encoder, self.reader, len(self.classes))

    @classmethod
    def teach(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        *,
        none: str | None = None,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
        seed: int = 0,
    ) -> Taught:
        """`none` names the label of examples that belong to no class ("" when there are none of these, but texts
        that fit nowhere shall be told). ValueError when fewer than two classes have an example."""
        if len(texts) != len(labels):
            raise ValueError(f"There are {len(texts)} texts and {len(labels)} labels.")
        classes = tuple(sorted({label for label in labels if label != none}))
        if len(classes) < 2:
            raise ValueError("At least two classes need examples.")
        chosen, hears = encoder or encoders.default(), reader or Reader()
        looker = Looker(chosen, hears, len(classes))
        number = {name: i for i, name in enumerate(classes)}
        true = np.array([number.get(label, -1) for label in labels], np.int64)
        with one_thread():
            view = looker.look(texts)
            names, _ = looker.encode([spoken(name) for name in classes])
            sure = learn_certainty(view, true, names, none=none is not None, seed=seed)
            inside = np.flatnonzero(true >= 0)
            model = fit(view.rows(inside), true[inside], names, seed)
        return cls(classes, model, sure, chosen, hears)

    def opinions(self, texts: Sequence[str]) -> Opinions:
        with one_thread():
            return _together(
                [
                    self.model.opinions(self.looker.look(texts[start : start + BATCH]))
                    for start in range(0, max(len(texts), 1), BATCH)
                ]
            )

    def predict(self, texts: Sequence[str]) -> list[Result]:
        """The likeliest class of each text, NONE where it fits nowhere; how sure; the words that decided."""
        from textanalytics.taught.single.evidence import deciding

        said = self.opinions(texts)
        odds, none = self.certainty.probabilities(said), self.certainty.none(said)
        chosen = odds.argmax(axis=1)
        sure = odds[np.arange(len(odds)), chosen] * (1 - none)
        spans = deciding(texts, chosen, self.model.telling(self.certainty.factors))
        return [
            Result(NONE, float(doubt)) if doubt > 0.5 else Result(self.classes[i], float(how), tuple(shown))
            for i, how, doubt, shown in zip(chosen.tolist(), sure, none, spans, strict=True)
        ]


def fit(view: View, classes: IntArray, names: FloatArray, seed: int) -> Model:
    """`classes` (n,) by number; `names` (classes, dimensions) are the meanings of their names, which are used where
    most of them tell what the class is about."""
    sizes = np.bincount(classes, minlength=len(names))
    middles = centres.fit(view.meanings, classes, np.zeros_like(names))
    if centres.telling_names(names, middles, sizes):
        middles = centres.fit(view.meanings, classes, names)
    weights = margins.fit(view, classes, len(names), seed)
    seen = Seen.of(view, weights.scaling)
    return Model(weights, middles, likeness.fit(seen, classes, len(names), seed))


def learn_certainty(view: View, true: IntArray, names: FloatArray, *, none: bool, seed: int) -> Certainty:
    """From parts held out in turn; classes that a part leaves out whole are strangers to its model."""
    said: list[Opinions] = []
    truths: list[IntArray] = []
    for part in parts(true, len(names), none=none, seed=seed):
        found, truth = _judge(view, true, names, part, seed)
        said.append(found)
        truths.append(truth)
    if not said:
        return Certainty(certainty.FIRST)
    return certainty.learn(_together(said), np.concatenate(truths), none=none)


def _judge(view: View, true: IntArray, names: FloatArray, part: Part, seed: int) -> tuple[Opinions, IntArray]:
    """What a model of the part's examples says of those it did not see; left-out classes never win."""
    model = fit(view.rows(part.taught), true[part.taught], names, seed)
    said = model.opinions(view.rows(part.asked))
    known = np.bincount(true[part.taught], minlength=len(names)) > 0
    margins, odds = np.where(known, said.margins, -9), np.where(known, said.odds, -99)
    said = Opinions(margins, odds, np.where(known, said.likeness, 0), said.strangeness)
    truth = true[part.asked]
    return said, np.where((truth >= 0) & known[truth], truth, -1)


def _together(said: Sequence[Opinions]) -> Opinions:
    return Opinions(
        np.concatenate([one.margins for one in said]),
        np.concatenate([one.odds for one in said]),
        np.concatenate([one.likeness for one in said]),
        np.concatenate([one.strangeness for one in said]),
    )


def spoken(name: str) -> str:
    """A class's name as words: "card_arrival" as "card arrival"."""
    return " ".join(name.replace("_", " ").replace("-", " ").replace("/", " ").split())
