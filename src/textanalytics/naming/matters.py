"""What is said of a thing of which people say all sorts: "lost my card", "pay by card", each with the texts that say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.grammar.keywords import weigh
from textanalytics.naming.listing import APART
from textanalytics.naming.nearness import Meaning
from textanalytics.naming.several import JUDGED, set_apart
from textanalytics.naming.titles import Namer, Title


@dataclass(frozen=True)
class Matter:
    said: str
    texts: tuple[int, ...]
    """Those that hold its word. One text may stand under two."""


def matters(
    corpus: Corpus,
    labels: IntArray,
    titles: Mapping[int, Title],
    *,
    vectors: FloatArray,
    encoder: Encoder,
) -> dict[int, tuple[Matter, ...]]:
    """For each label of `JUDGED` texts or more whose title is a thing or sets words side by side, up to `MATTERS` things that are said of it.

    Each is a word that sets some of the texts apart, shown as the phrase that says it best; what most say comes first. What is
    left says something else again. Other labels are left out: their titles say it.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    wanted = [label for label in sorted(titles) if _needs(titles[label]) and sizes[label] >= JUDGED]
    if not wanted:
        return {}
    weights, members = weigh(corpus.words, labels), members_of(labels)
    told = {label: set_apart(corpus, members[label], weights[label], titles[label].title) for label in wanted}
    parts, part_of = _parts(len(labels), told)
    namer = Namer(corpus, None, Meaning(encoder, vectors, labels))
    inside = weigh(corpus.words, parts)
    found: dict[int, tuple[Matter, ...]] = {}
    for label in wanted:
        said: dict[str, tuple[int, ...]] = {}
        for stem, texts in sorted(told[label].items(), key=lambda one: -len(one[1])):
            part = inside.get(part_of[label, stem])
            said.setdefault(namer.saying(stem, np.array(texts, np.int64), part), texts)
        found[label] = tuple(Matter(what, texts) for what, texts in said.items())
    return found


def _needs(title: Title) -> bool:
    return not title.mixed and (title.several or APART in title.title or title.listed)


def _parts(
    texts: int, told: Mapping[int, Mapping[int, Sequence[int]]]
) -> tuple[IntArray, dict[tuple[int, int], int]]:
    """(texts,) the number of the first word of its theme that each text holds, -1 for none; and the number of each word."""
    parts = np.full(texts, -1, np.int64)
    part_of: dict[tuple[int, int], int] = {}
    for label, words in told.items():
        for stem, holding in words.items():
            part_of[label, stem] = len(part_of)
            some = np.array(holding, np.int64)
            parts[some[parts[some] < 0]] = part_of[label, stem]
    return parts, part_of
