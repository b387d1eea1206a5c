"""What small themes are called: of two people a sentence of one says nothing of the other.

A title that most of the texts do not say gives way to a phrase that they do, else to the words that they share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from textanalytics.base import Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, everywhere, members_of
from textanalytics.grammar.keywords import Weights, stem_of, weigh
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.phrases import LONGEST
from textanalytics.grammar.questions import ASKS, opens_a_question
from textanalytics.naming.belonging.agreeing import AGREED, FEW, Agreeing
from textanalytics.naming.choosing.sentences import sentence
from textanalytics.naming.saying.alone import reads_alone
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.claims import OUTRIGHT, Claims
from textanalytics.naming.saying.finding import Finder
from textanalytics.naming.saying.listing import APART, Listing
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.saying.titling import Title
from textanalytics.quotes import says
from textanalytics.text import tokens

ONE = 0.7
"""What texts have in common, on average (`agreeing.SAME`), from which on a sentence of one speaks for all."""

WORDS = 3
"""Words that are set side by side at most."""


def said_by_all(
    titles: Mapping[int, Title],
    texts: Sequence[str],
    corpus: Corpus,
    labels: IntArray,
    agreeing: Agreeing,
    *,
    vectors: FloatArray,
    encoder: Encoder,
    moods: Sequence[str] | None = None,
) -> dict[int, Title]:
    """The same titles; of English themes of two to `FEW` of these texts, if they are surely one, such as these say. German words are rarely said alike."""
    if corpus.is_german or not agreeing.tells:
        return dict(titles)
    members = members_of(labels)
    small = [
        label
        for label, title in sorted(titles.items())
        if 1 < len(members[label]) <= FEW and not (title.mixed or title.unsure)
    ]
    if not small:
        return dict(titles)
    shared = Shared(texts, corpus, agreeing, Meaning(encoder, vectors, labels), moods)
    weights, found = weigh(corpus.words, labels), dict(titles)
    taken = Counter(title.title.casefold() for title in titles.values())
    for label in small:
        own = titles[label].title.casefold()
        taken[own] -= 1
        if not taken[own]:
            del taken[own]
        said = shared.title(members[label], weights[label], titles[label].title, taken)
        taken[said.casefold()] += 1
        found[label] = replace(titles[label], title=said, troubled="", sided="", bare=False)
    return found


class Shared:
    """Finds what the few texts of a theme all say. Built for one corpus."""

    def __init__(
        self,
        texts: Sequence[str],
        corpus: Corpus,
        agreeing: Agreeing,
        meaning: Meaning,
        moods: Sequence[str] | None,
    ) -> None:
        self._said, self._agreeing = texts, agreeing
        self._corpus, self._listing = corpus, Listing(corpus)
        self._finder = Finder(corpus, moods, meaning, self._listing)
        self._claims, self._meaning = Claims(corpus, meaning), meaning
        self._matter = (corpus.matter() & corpus.tells()).tolist()
        self._tells, self._common = corpus.tells().tolist(), everywhere(corpus)
        names = enumerate(corpus.words.names)
        self._spelt = {stem_of(name, "en"): stem for stem, name in names if stem not in self._common}

    def title(self, members: IntArray, weights: Weights, title: str, taken: Collection[str]) -> str:
        """A title that enough of the texts say, and that is not `taken`; the same, if they say it or share nothing."""
        texts = [self._said[i] for i in members.tolist()]
        members, backing = self._finder.backed(members)
        if " " in title and np.mean([says(title, text) == 1 for text in texts]) >= AGREED:
            return title
        shared = self._shared(weights, backing)
        words = self._words(shared, backing)
        for said in (
            self._sentence(members, backing, shared, words),
            self._phrase(members, weights, backing),
            words,
        ):
            if said and said.casefold() not in taken:
                return said
        return title

    def _sentence(self, members: IntArray, backing: Backing, shared: Sequence[int], words: str) -> str:
        """A short sentence with the words that they share, out of the text that says most nearly what the others say; if all are nearly
        one, or what they share is no thing to call them by; else ""."""
        texts = members.tolist()
        common = np.array([[self._agreeing.common(one, other) for other in texts] for one in texts])
        others = (common.sum(1) - common.diagonal()) / (len(texts) - 1)
        bare = len(shared) == 1 and not self._listing.things[shared[0]]
        if others.mean() < ONE and not bare:
            return ""
        wanted = _stems(words)
        for place in np.argsort(-others, kind="stable").tolist():
            said = sentence(self._said[texts[place]], words)
            short = 0 < said.count(" ") < LONGEST and not said.endswith("…")
            if short and wanted <= _stems(said) and self._is_held(said, backing):
                return said + "?" * self._asks(texts[place], said)
        return ""

    def _is_held(self, said: str, backing: Backing) -> bool:
        """Whether enough of the texts say each of its telling words: they hold it, or another of the same sense, or are nearer to the
        sentence than to what is left of it without that word."""
        words = said.split()
        asked = [
            (place, self._spelt[root])
            for place, word in enumerate(words)
            for root in _stems(word) & self._spelt.keys()
        ]
        if not asked:
            return True
        without = [" ".join(words[:place] + words[place + 1 :]) for place, _ in asked]
        near = self._meaning.nearer(backing.places, said, without)
        held = np.stack([self._claims.holding(stem, backing) for _, stem in asked], axis=1)
        return bool(((held | near).mean(axis=0) >= OUTRIGHT).all())

    def _asks(self, text: int, said: str) -> bool:
        """Whether it is a question that nobody has marked."""
        read = self._corpus.texts[text]
        first = said.split(" ", 1)[0].casefold()
        begins = read.lower[:1] == [first] and not said.endswith("?")
        return begins and read.kind[0] in ASKS and opens_a_question(read, 0)

    def _phrase(self, members: IntArray, weights: Weights, backing: Backing) -> str:
        for text, phrase, _ in self._finder.candidates(members, backing, weights):
            read = self._corpus.texts[text]
            words = read.lower[phrase.start : phrase.end]
            alone = reads_alone(read, phrase, self._listing.nouns, self._finder.worth.all_stems(text))
            numbers = (word for word in words if any(map(str.isdigit, word)))
            timed = Kind.TIME in read.kind[phrase.start : phrase.end]
            if timed or not alone or any(backing.share(word) < AGREED for word in numbers):
                continue
            if self._claims.worded(text, phrase, backing).mean() >= AGREED:
                return self._listing.written(text, phrase)
        return ""

    def _shared(self, weights: Weights, backing: Backing) -> list[int]:
        """The words that enough of them hold, those first that say what it is about."""
        held = [stem for stem in weights.words if backing.share(stem) >= AGREED and stem not in self._common]
        told = [stem for stem in held if self._matter[stem]] or [stem for stem in held if self._tells[stem]]
        return sorted(told, key=lambda stem: (-weights.words[stem], stem))[:WORDS]

    def _words(self, shared: Sequence[int], backing: Backing) -> str:
        """These in one phrase if the texts put them so, else side by side; "" for none."""
        put = self._listing.usual.joined(set(shared), backing) if len(shared) > 1 else None
        if put is not None:
            return self._listing.written(*put)
        words = APART.join(self._listing.worded(stem, backing, "en") for stem in shared)
        return words[:1].upper() + words[1:] if words[:2].islower() else words


def _stems(said: str) -> set[str]:
    return {stem_of(word, "en") for word, _, _ in tokens(said)}
