"""Who lies in no theme goes to those whose title they say, or to others who say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pivotpoint.insights.intents import is_talk
from pivotpoint.insights.ladder.shown import felt_in
from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.naming.belonging.gleaning import Gleaner, resettled
from textanalytics.naming.choosing.titles import Title
from textanalytics.naming.saying.judging import Judging
from textanalytics.naming.saying.speaking import Speaking
from textanalytics.naming.telling.matters import Matter
from textanalytics.reading.readings import Readings
from textanalytics.settling.marks import unit_rows
from textanalytics.settling.moods import signs
from textanalytics.trends import rung


def glean(
    cleaned: Sequence[str],
    corpus: Corpus,
    labels: IntArray,
    titles: Mapping[int, Title],
    vectors: FloatArray,
    *,
    readings: Readings,
    people: IntArray,
) -> tuple[IntArray, dict[int, Title]]:
    """Labels and titles; who has a theme keeps it. `vectors` (n, d) are what the texts mean, `people` (n,) who wrote each. German texts are left
    as they are."""
    moods = signs(readings.mood)
    titles = felt_in(titles, labels, moods, readings.confidence["mood"])
    members = members_of(labels)
    sure = {label for label, own in members.items() if _is_sure(titles[label], people[own])}
    talk = {label for label, own in members.items() if _is_talk(own, readings, moods)}
    lying = np.array(
        sorted(text for label in members.keys() - sure - talk for text in members[label].tolist()), np.int64
    )
    if corpus.is_german or not len(lying):
        return labels, titles
    encoder, middle = default(), vectors[labels >= 0].mean(0)
    speaking = Speaking(corpus, unit_rows(encoder.encode(corpus.words.names) - middle))
    gleaner = Gleaner(
        cleaned,
        corpus,
        lying,
        people=people,
        intents=readings.intent,
        judging=Judging(corpus, moods, readings.sentiment, speaking),
        encoder=encoder,
    )
    homes = sorted(sure - talk, key=lambda label: (-len(members[label]), label))
    return resettled(labels, titles, gleaner.gleaned({label: titles[label].headline for label in homes}))


def said_still(
    told: Mapping[int, Sequence[Matter]], before: IntArray, labels: IntArray, titles: Mapping[int, Title]
) -> dict[int, tuple[Matter, ...]]:
    """What is said of each label that is left, without the texts that left it; who came says what the title says. `before`: the labels as
    they were."""
    come = members_of(np.where(labels != before, labels, -1))
    return {
        label: tuple(kept for one in said if (kept := _of(label, one, labels, come)).texts)
        for label, said in told.items()
        if label in titles
    }


def _of(label: int, said: Matter, labels: IntArray, come: Mapping[int, IntArray]) -> Matter:
    new = come[label].tolist() if said.titled and label in come else []
    return replace(said, texts=(*(text for text in said.texts if labels[text] == label), *new))


def _is_sure(title: Title, people: IntArray) -> bool:
    """Whether several people stand behind it, and it is a matter."""
    return not (title.mixed or title.unsure) and rung(len(np.unique(people))) == "trend"


def _is_talk(members: IntArray, readings: Readings, moods: IntArray) -> bool:
    intents = Counter(readings.intent[text] for text in members.tolist())
    return is_talk(intents, len(members), float((moods[members] < 0).mean()))
