"""What several people state whose messages lie in unsettled themes, by the rule of `listen`: the homes that are called so, and what has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pivotpoint.insights.models import Membership, Theme, lying
from pivotpoint.insights.naming.languages import languages
from pivotpoint.insights.naming.texts import texts_of
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus
from textanalytics.naming.belonging.gleaning import PEOPLE, Gleaned, Gleaner
from textanalytics.naming.choosing.candidates import Said
from textanalytics.naming.saying.judging import Judging
from textanalytics.naming.saying.speaking import Speaking
from textanalytics.settling.marks import unit_rows
from textanalytics.text import clean

LATEST = 8_000
"""Messages, the latest, that are asked: half a second of a processor for each thousand."""

HOMES = 1_000
"""Trends, those of most messages, whose titles are asked who states the same."""


class Lying(NamedTuple):
    """A message in an unsettled theme, cleaned."""

    pk: int
    theme: int
    customer: int
    text: str
    negative: bool
    positive: bool | None
    intent: str
    actionable: bool
    felt: float

    @property
    def sign(self) -> int:
        return bool(self.positive) - self.negative


def glean() -> list[tuple[Gleaned, list[Lying]]]:
    """Each with the messages that state it; what is English. A constant number of queries."""
    asked = _asked()
    if len({one.customer for one in asked}) < PEOPLE:
        return []
    beside = texts_of(()).said
    others = np.flatnonzero(~np.isin(beside.labels, sorted({one.theme for one in asked}))).tolist()
    texts = [one.text for one in asked] + [beside.texts[place] for place in others]
    labels = np.concatenate([np.array([one.theme for one in asked], np.int64), beside.labels[others]])
    corpus = Said(texts, languages(texts), labels, addressed=beside.addressed).read()
    if corpus.is_german:
        return []
    found = _gleaner(texts, corpus, asked).gleaned(_homes())
    return [(one, [asked[place] for place in one.texts]) for one in found]


def _asked() -> list[Lying]:
    columns = (
        "pk",
        "cluster__theme",
        "customer",
        "message__text",
        "negative",
        "positive",
        "intent",
        "actionable",
    )
    rows = Membership.objects.filter(lying()).order_by("-pk")
    found = rows.values_list(*columns, "message__reading__sentiment")[:LATEST]
    return [Lying(pk, theme, who, clean(text), *rest) for pk, theme, who, text, *rest in reversed(found)]


def _homes() -> Mapping[int, str]:
    rows = Theme.objects.trends().filter(insight__isnull=False).order_by("-messages", "pk")
    return dict(rows.values_list("pk", "title")[:HOMES])


def _gleaner(texts: Sequence[str], corpus: Corpus, asked: Sequence[Lying]) -> Gleaner:
    """Of the others, which only tell what all speak of, each stands for somebody of its own, who feels and wants nothing."""
    encoder, others = default(), len(texts) - len(asked)
    moods = np.array([one.sign for one in asked] + [0] * others, np.int64)
    felt = np.array([one.felt for one in asked] + [0.0] * others, np.float32)
    middle = encoder.encode(texts).mean(0)
    speaking = Speaking(corpus, unit_rows(encoder.encode(corpus.words.names) - middle))
    return Gleaner(
        texts,
        corpus,
        np.arange(len(asked)),
        people=np.array(
            [one.customer for one in asked] + [-1 - number for number in range(others)], np.int64
        ),
        intents=[one.intent for one in asked] + ["other"] * others,
        judging=Judging(corpus, moods, felt, speaking),
        encoder=encoder,
    )
