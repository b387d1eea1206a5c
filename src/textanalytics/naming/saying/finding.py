"""The phrases of a theme's texts that would suit it as a title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nlargest

import numpy as np

from textanalytics.base import IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.keywords import Weights
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.phrases import Phrase, whole
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.listing import Listing
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.saying.worth import Worth
from textanalytics.settling.moods import opposite

TEXTS_READ = 60
"""Per theme: phrases are taken from the texts that say the most."""

PHRASES_WEIGHED, PHRASES_KEPT = 60, 12
TEXTS_ASKED = 200
OFF_THE_POINT = 0.6
"""For a phrase without any of the theme's first keywords."""

AGAINST = 0.6
"""For a phrase out of praise in a theme of complaints, or out of a complaint in a theme of praise."""

RUN_INTO = 0.3
"""For a thing with another right behind it: "app the video freezes"."""

LEAST_SCORE = 0.35

NEARLY_ALL = 0.7
"""Share of the texts in one mood."""

Found = Sequence[tuple[int, Phrase, float]]
Candidates = dict[int, list[tuple[int, Phrase, float]]]
"""For each label the phrases that would suit it, the best first, each with the text that it stands in."""


class Finder:
    """Finds phrases of one corpus."""

    def __init__(
        self, corpus: Corpus, moods: Sequence[str] | None, meaning: Meaning | None, listing: Listing
    ) -> None:
        self._texts, self._languages = corpus.texts, corpus.languages
        self._moods, self._meaning, self._listing = moods, meaning, listing
        self.worth = Worth(corpus)

    def backed(self, members: IntArray) -> tuple[IntArray, Backing]:
        """Those of the texts that are in their main language, and what they say for a phrase."""
        spoken = Counter(self._languages[i] for i in members.tolist())
        language = max(spoken, key=lambda name: (spoken[name], name))
        members = members[[self._languages[i] == language for i in members.tolist()]]
        asked = members[:: -(-len(members) // TEXTS_ASKED)].tolist()
        stems = [self.worth.all_stems(i) for i in asked]
        return members, Backing([self._texts[i] for i in asked], stems, asked)

    def candidates(
        self, members: IntArray, backing: Backing, weights: Weights
    ) -> list[tuple[int, Phrase, float]]:
        """The phrases that would suit these texts, the best first, each with the text that it stands in."""
        scored: dict[tuple[str, ...], tuple[int, Phrase, float]] = {}
        weighed: dict[tuple[bool, str], tuple[float, bool]] = {}
        against = opposite(self._moods, members)
        first = set(nlargest(4, weights.words, key=lambda stem: (weights.words[stem], -stem)))
        for text in self._telling(members, weights):
            fits = AGAINST if self._moods is not None and self._moods[text] == against else 1.0
            for phrase in whole(self._texts[text]):
                same = phrase.asks, " ".join(self._texts[text].words[phrase.start : phrase.end])
                if same not in weighed:  # Many say it in the same words.
                    pointed = not first.isdisjoint(self.worth.stems(text, phrase))
                    weighed[same] = self.worth.weight(text, phrase, weights), pointed
                weight, pointed = weighed[same]
                score = fits * phrase.grace * weight
                if score and not pointed:
                    score *= OFF_THE_POINT
                if score < LEAST_SCORE:
                    continue
                key = tuple(self._texts[text].lower[phrase.start : phrase.end])
                if key not in scored or scored[key][2] < score:
                    scored[key] = (text, phrase, score)
        if len(members) == 1:
            return nlargest(PHRASES_KEPT, scored.values(), key=_rank)
        best = nlargest(PHRASES_WEIGHED, scored.values(), key=_rank)
        backed = [
            (
                text,
                phrase,
                score * self.worth.backed(text, phrase, weights, backing) * self._apart(text, phrase),
            )
            for text, phrase, score in best
        ]
        best = nlargest(2 * PHRASES_KEPT, (found for found in backed if found[2] > 0), key=_rank)
        near = self._nearness(members, best)
        fitting = [(text, phrase, score * fit) for (text, phrase, score), fit in zip(best, near, strict=True)]
        return nlargest(PHRASES_KEPT, fitting, key=_rank)

    def mood(self, members: IntArray) -> int:
        """1 where nearly all of these texts praise, -1 where nearly all blame, 0 otherwise."""
        if self._moods is None:
            return 0
        felt = Counter(self._moods[i] for i in members.tolist())
        most = NEARLY_ALL * len(members)
        return 1 if felt["positive"] >= most else -1 if felt["negative"] >= most else 0

    def blame(self, members: IntArray) -> float:
        """Share of these texts that blame."""
        blaming = (
            sum(self._moods[i] == "negative" for i in members.tolist()) if self._moods is not None else 0
        )
        return blaming / len(members)

    def _apart(self, text: int, phrase: Phrase) -> float:
        """Less than 1 where, in English, a noun runs into the next one, with nothing but its article between."""
        read = self._texts[text]
        if Kind.DETERMINER not in read.kind[phrase.start + 1 : phrase.end - 1]:
            return 1.0
        stems = self.worth.all_stems(text)
        runs = (
            place
            for place in range(phrase.start, phrase.end - 2)
            if read.kind[place + 1] is Kind.DETERMINER
            and stems[place] >= 0
            and self._listing.nouns[stems[place]]
        )
        return 1.0 if read.german or phrase.asks or next(runs, -1) < 0 else RUN_INTO

    def _nearness(self, members: IntArray, found: list[tuple[int, Phrase, float]]) -> list[float]:
        if self._meaning is None or not found:
            return [1.0] * len(found)
        return self._meaning.nearness(members, list(map(self.said, found)))

    def _telling(self, members: IntArray, weights: Weights) -> list[int]:
        def weight(text: int) -> float:
            own = self.worth.all_stems(text)
            return float(sum(weights.words.get(stem, 0.0) for stem in set(own)) / np.sqrt(len(own) + 3))

        return nlargest(TEXTS_READ, members.tolist(), key=lambda text: (weight(text), -text))

    def said(self, found: tuple[int, Phrase, float]) -> str:
        text, phrase, _ = found
        return " ".join(self._texts[text].words[phrase.start : phrase.end])


def _rank(found: tuple[int, Phrase, float]) -> tuple[float, int, int]:
    text, phrase, score = found
    return score, -text, -phrase.start
