"""Whether the few texts of a small theme say the same: two that share one word are two voices, and no pattern.

A partition has a place for everything, so what is like nothing else is put beside what it is least unlike. Of many texts that shows
in their neighbours (`mixed.unsure`); of two, each has the other. What tells of two is how near they are in meaning, away from what all
texts have in common, and how rare the words are that both hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, members_of
from textanalytics.naming.saying.nearness import AMONG
from textanalytics.naming.saying.titling import Title
from textanalytics.settling.marks import unit_rows

FEW = 8
"""Texts up to which a theme is asked whether they say the same: of more, their neighbours tell."""

SAME = 0.55
"""What two texts come to at least that say the same: their cosine, away from the mean of all, and `RARE` for their words."""

RARE, MOST = 0.02, 8.0
"""What a word adds that both hold, for each time that the texts that hold it are an e-th of all; and of how many such times at most,
all words together."""

COPY, WORDS = 0.9, 0.5
"""Cosine of two texts that are nearly copies, and share of the words of either that both hold then: they say the same, in whatever
language."""

AGREED = 2 / 3
"""Share of a theme's texts that have to say the same as one of them, to be one theme."""

THEIRS = 0.5
"""Share of those who hold a word that are of one theme, where the word is the theme's own."""

UNKNOWN = "und"


@dataclass(frozen=True)
class Usual:
    """What the texts of one language have in common: their mean, and how many of them hold each word."""

    texts: int
    mean: FloatArray
    holding: Counter[int]


class Agreeing:
    """Which of the texts of one corpus say the same."""

    def __init__(
        self,
        corpus: Corpus,
        labels: IntArray,
        vectors: FloatArray,
        languages: Sequence[str],
        moods: IntArray | None = None,
    ) -> None:
        """`languages`: what each text is in; `moods` as of `settling.moods.signs`. Texts without a label are not asked."""
        self._held, self._vectors = corpus.held, vectors
        # Untaught, moods of German are misread too often.
        read = None if corpus.is_german else moods
        self._moods = np.zeros(len(labels), np.int64) if read is None else read
        spoken = Counter(language for language in languages if language != UNKNOWN)
        self._main = max(spoken, key=lambda name: (spoken[name], name), default=UNKNOWN)
        self._language = [self._main if language == UNKNOWN else language for language in languages]
        texts: dict[str, list[int]] = {self._main: []}
        for text in np.flatnonzero(labels >= 0).tolist():
            texts.setdefault(self._language[text], []).append(text)
        self._usual = {language: self._of(own) for language, own in texts.items() if own}

        self.tells = len(texts[self._main]) >= AMONG
        """Whether there are enough texts for their mean to be what all have in common, and not what a few say."""

    def together(self, members: IntArray) -> list[list[int]]:
        """The texts in groups, the largest first: if enough of them say the same as one of them, all but who says it with nobody
        and holds no word of theirs; else each group all that say the same as one of theirs."""
        left = members.tolist()
        same, words = self._same(left), self.own_words(members)
        groups: list[list[int]] = []
        while left:
            saying = {text: [other for other in left if other in same[text]] for text in left}
            first = max(left, key=lambda text: (len(saying[text]), -text))
            group = saying[first]
            if not groups and len(group) >= AGREED * len(left):
                group = [
                    text for text in left if len(saying[text]) > 1 or not words.isdisjoint(self._held[text])
                ]
            groups.append(group)
            left = [text for text in left if text not in group]
        return groups

    def common(self, text: int, other: int) -> float:
        """How much two texts have in common: see `SAME`."""
        same = self._language[text] == self._language[other]
        usual = self._usual[self._language[text] if same else self._main]
        both = self._held[text] & self._held[other]
        rare = sum(float(np.log(usual.texts / max(usual.holding[stem], 1))) for stem in both)
        pair = self._vectors[[text, other]]
        whole, away = (float(one @ two) for one, two in (unit_rows(pair), unit_rows(pair - usual.mean)))
        either = self._held[text] | self._held[other]
        copied = whole >= COPY and len(both) >= max(WORDS * len(either), 1)
        return max(away + RARE * min(rare, MOST), whole if copied else -1.0)

    def own_words(self, members: IntArray) -> frozenset[int]:
        """Of several texts the words that enough of them hold and hardly anybody else does: the name of what all are about."""
        texts = members.tolist()
        own = Counter(stem for text in texts for stem in self._held[text])
        usual = self._usual[self._language[texts[0]]].holding
        return frozenset(
            stem
            for stem, count in own.items()
            if len(texts) > 2 and count >= AGREED * len(texts) and count >= THEIRS * usual[stem]
        )

    def _same(self, texts: list[int]) -> dict[int, set[int]]:
        """For each of the texts those that say the same, itself among them; who praises does not say what another blames."""
        found = {text: {text} for text in texts}
        for place, text in enumerate(texts):
            for other in texts[place + 1 :]:
                if self._moods[text] * self._moods[other] >= 0 and self.common(text, other) >= SAME:
                    found[text].add(other)
                    found[other].add(text)
        return found

    def _of(self, texts: list[int]) -> Usual:
        holding = Counter(stem for text in texts for stem in self._held[text])
        return Usual(len(texts), self._vectors[texts].mean(0), holding)


def at_odds(
    members: Mapping[int, IntArray], corpus: Corpus, labels: IntArray, vectors: FloatArray
) -> frozenset[int]:
    """Labels of a few texts of which too few say the same, whatever their moods; none where there are too few texts to tell."""
    few = {label: texts for label, texts in members.items() if 1 < len(texts) <= FEW}
    agreeing = Agreeing(corpus, labels, vectors, corpus.languages) if few else None
    if agreeing is None or not agreeing.tells:
        return frozenset()
    return frozenset(
        label for label, texts in few.items() if len(agreeing.together(texts)[0]) < AGREED * len(texts)
    )


def of_one_mind(
    labels: IntArray, titles: Mapping[int, Title], agreeing: Agreeing, *, german: bool
) -> tuple[IntArray, dict[int, Title]]:
    """(n,) labels; the texts of a small theme that do not say the same in groups that do, numbered behind the old ones. And the
    titles of the labels that are left: what only has a word to itself is `unsure`.

    All stay where there are too few texts to tell. Mixed themes are left out, and `german` ones that are unsure already or of more
    than two texts: these share a noun.
    """
    found, kept, number = labels.copy(), dict(titles), int(labels.max(initial=-1)) + 1
    most = (2 if german else FEW) if agreeing.tells else 0
    for label, members in sorted(members_of(labels).items()):
        title = titles.get(label)
        if title is None or title.mixed or (german and title.unsure) or not 1 < len(members) <= most:
            continue
        groups = agreeing.together(members)
        if len(groups) == 1:
            continue
        if len(groups[0]) < AGREED * len(members) and agreeing.own_words(members):
            kept[label] = replace(titles[label], unsure=True)
            continue
        del kept[label]
        for group in groups:
            found[group] = number
            number += 1
    return found, kept
