"""What most of a theme ask: who wants to know how much they have spent is not told by "Recently spent"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.phrases import Phrase, whole
from textanalytics.grammar.sentence import Text
from textanalytics.naming.saying.claims import HELD, Claims
from textanalytics.naming.saying.listing import Listing
from textanalytics.naming.saying.theme import Theme
from textanalytics.naming.saying.usual import Stands
from textanalytics.naming.saying.worth import Worth

ASKED = 0.35
"""Share of the texts that ask with the same first words: "how much", "when"."""

MEASURED = frozenset({Kind.ADVERB, Kind.ADJECTIVE, Kind.ATTRIBUTE, Kind.OPEN})
"""What stands behind a "how" that asks for a measure."""

OPENING = frozenset("what when where".split())
"""Words that ask for one thing. Who asks why complains, and how to do a thing is a title already."""

WRITTEN, SHARE = 2, 0.03
"""Texts, and their share of the theme's, that write a question of these words."""

HOLDING, WORDED, MEANT = 0.4, 0.2, 0.5
"""Share of the texts that hold its words, or others of the same sense; or, where fewer do, that hold them, and that say it by what they mean."""

LONGEST = 8
"""Words of a question that can be read at a glance."""

FIRST, BEGUN = 3, 0.08
"""Share of the texts in which its first words stand: "when is my", and not "when were my"."""


class Asking:
    """Asks the texts of one corpus what they ask."""

    def __init__(self, corpus: Corpus, listing: Listing, worth: Worth) -> None:
        self._texts, self._listing, self._worth = corpus.texts, listing, worth

    def question(self, theme: Theme, named: Collection[int]) -> str:
        """What most of the texts of an English theme ask whose title is of the words `named`; "" if they ask nothing in common."""
        if theme.claims is None or theme.language != "en":
            return ""
        for asked in self._put(theme, self._opening(theme)):
            said = self._listing.written(*asked)
            if said.endswith("?") and self._is_said(theme, theme.claims, asked, named):
                return said
        return ""

    def _opening(self, theme: Theme) -> str:
        """The first words with which enough of them ask; "" for none."""
        asked: Counter[str] = Counter()
        for text in theme.backing.places.tolist():
            asked.update(_openings(self._texts[text]))
        opening, count = max(asked.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        return opening if count >= ASKED * theme.backing.size else ""

    def _put(self, theme: Theme, opening: str) -> list[Stands]:
        """Questions that begin so, the one whose words most write first."""
        put: defaultdict[frozenset[int], list[Stands]] = defaultdict(list)
        for text in theme.backing.places.tolist() if opening else ():
            for phrase in _questions(self._texts[text], opening):
                put[frozenset(self._worth.stems(text, phrase))].append((text, phrase))
        least = max(WRITTEN, SHARE * theme.backing.size)
        often = [some for stems, some in put.items() if stems and len(some) >= least]
        often.sort(key=lambda some: (-len(some), some[0][0]))
        return list(map(self._most_written, often))

    def _most_written(self, some: Sequence[Stands]) -> Stands:
        said = [tuple(self._texts[text].lower[phrase.start : phrase.end]) for text, phrase in some]
        count = Counter(said)
        best = max(range(len(some)), key=lambda place: (count[said[place]], some[place][1].grace, -place))
        return some[best]

    def _is_said(self, theme: Theme, claims: Claims, asked: Stands, named: Collection[int]) -> bool:
        """Whether enough of the texts say the question, and it names each thing of the title that so many hold."""
        own, backing = self._worth.stems(*asked), theme.backing
        held = [stem for stem in named if self._listing.things[stem] and backing.share(stem) >= HELD]
        if self._begun(theme, asked) < BEGUN or not all(claims.repeats([stem], own) for stem in held):
            return False
        worded = claims.worded(*asked, backing).mean()
        meant = worded >= WORDED and claims.saying(*asked, backing).mean() >= MEANT
        return bool(worded >= HOLDING or meant)

    def _begun(self, theme: Theme, asked: Stands) -> float:
        """The share of the texts in which its first words stand, one behind the other."""
        text, phrase = asked
        first = " ".join(self._texts[text].lower[phrase.start : phrase.start + FIRST])
        read = (" ".join(self._texts[text].lower) for text in theme.backing.places.tolist())
        return sum(f" {first} " in f" {said} " for said in read) / theme.backing.size


def _openings(text: Text) -> set[str]:
    return {opening for place in range(len(text.lower)) if (opening := _opening(text, place))}


def _opening(text: Text, place: int) -> str:
    """The words with which something is asked for here; "" for none."""
    word = text.lower[place]
    if word == "how" and place + 1 < len(text.kind) and text.kind[place + 1] in MEASURED:
        return f"{word} {text.lower[place + 1]}"
    return word if word in OPENING else ""


def _questions(text: Text, opening: str) -> Iterator[Phrase]:
    for phrase in whole(text):
        places = range(phrase.start, phrase.end)
        numbered = any(text.lower[place][0].isdigit() for place in places)
        timed = Kind.TIME in text.kind[phrase.start : phrase.end]
        fits = phrase.asks and len(places) <= LONGEST and not (numbered or timed)
        if fits and _opening(text, phrase.start) == opening:
            yield phrase
