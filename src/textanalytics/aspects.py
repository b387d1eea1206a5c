"""How people feel about each thing that they name: "the flight was great but my bag is gone".

Two opinions are added. The reader's mood of the part of the text in which the thing stands: a sentence, cut where the
writer turns to the opposite ("but"). And the words that praise or blame (`sentiment`) near the thing: the less, the
farther away, hardly across a "but", never across the end of a sentence. What a thing is comes from the caller: the
organisation's own words, as its themes' keywords are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from threading import Lock

import numpy as np

from textanalytics.base import FloatArray, IntArray, Span
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.language import LanguageAnalyser
from textanalytics.reading.reading import Reader
from textanalytics.reading.sides import AGAINST
from textanalytics.sentiment import Valence, compound, strengths
from textanalytics.text import tokens
from textanalytics.words.page import LONGEST, Page, Vocabulary, open_page

ENDS_SENTENCE, ENDS_CLAUSE = re.compile(r"[.!?;\n]"), re.compile(r"[,:()–—]|\s-\s")
REACH = 6.0
"""Words after which a judgement counts a third."""

TURNS = AGAINST | frozenset(
    "despite instead unlike compared whereas aside given granted statt anstatt trotz".split()
)
LEADS = frozenset("and so even but und y aber pero".split())
"""Words before the one with which a sentence begins by conceding something ("And even though …")."""

ACROSS_CLAUSE, ACROSS_BUT = 0.6, 0.1
CLEAR = 0.15
"""A feeling of less is neutral."""

DECIDES = 0.35
"""A word is shown when it gave at least this share of what the strongest gave."""

Named = Sequence[tuple[str, Span]]
"""Things of one text: as the gazetteer spells them, and where they stand."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """A thing that a text names, as the gazetteer spells it; where it stands; the feeling about it, -1 to 1; and the
    words that decided, as half-open offsets."""

    term: str
    span: Span
    feeling: float
    evidence: tuple[Span, ...] = ()

    @property
    def mood(self) -> str:
        return "neutral" if abs(self.feeling) < CLEAR else "positive" if self.feeling > 0 else "negative"


def things_of(texts: Sequence[str], least: int = 2, most: int = 40) -> list[str]:
    """What texts speak of, the commonest first: words, or two of them, that stand behind "the", "my", "your" in at
    least so many texts, and neither praise nor blame.

    >>> things_of(["The drip tray leaks", "my drip tray is broken", "The beans, and the drip tray", "your beans are old"])
    ['drip tray', 'beans']
    """
    known = {**kinds("de"), **kinds("en")}
    alone: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        ones, twos = _named_in(text, known)
        alone.update(ones)
        pairs.update(twos)
    whole = {pair: n for pair, n in pairs.items() if n >= max(least, alone[pair.split()[0]] / 2)}
    firsts = {pair.split()[0] for pair in whole}
    found = {word: n for word, n in alone.items() if n >= least and word not in firsts} | whole
    words = sorted({word for thing in found for word in thing.split()})
    charged = {word for word, given in zip(words, strengths(words), strict=True) if given.any()}
    plain = {thing: n for thing, n in found.items() if charged.isdisjoint(thing.split())}
    return sorted(plain, key=lambda thing: (-plain[thing], thing))[:most]


def _named_in(text: str, known: Mapping[str, Kind]) -> tuple[set[str], set[str]]:
    """The words behind a determiner in one text, and the pairs of words that begin with one."""
    said = [word for word, _, _ in tokens(text)]
    kind = [known.get(word, Kind.OPEN if len(word) > 2 else Kind.NOISE) for word in said]
    ones, twos = set(), set()
    for i in range(len(said) - 1):
        if kind[i] is Kind.DETERMINER and kind[i + 1] is Kind.OPEN:
            ones.add(said[i + 1])
            if i + 2 < len(said) and kind[i + 2] is Kind.OPEN:
                twos.add(f"{said[i + 1]} {said[i + 2]}")
    return ones, twos


class AspectAnalyser:
    """Looks for `terms`; a longer one goes before a shorter one that it holds.

    >>> reader = AspectAnalyser(["flight", "bag"])
    >>> [(a.term, a.mood) for a in reader.predict(["The flight was great but my bag is broken"])[0]]
    [('flight', 'positive'), ('bag', 'negative')]
    """

    def __init__(self, terms: Iterable[str], reader: Reader | None = None) -> None:
        self.terms = _listed(terms)
        self.reader = reader or Reader()
        self.vocabulary, self.languages, self.valence = Vocabulary(), LanguageAnalyser(), Valence()
        self._reading = Lock()
        """What is known of words grows: one thread at a time, also of those that look for other terms."""

    def predict(self, texts: Sequence[str]) -> list[list[Aspect]]:
        """For each text the things it names, in reading order."""
        return self.feelings(texts, self.find(texts))

    def about(self, terms: Iterable[str]) -> AspectAnalyser:
        """The same analyser for other terms; it keeps what it has learnt of words."""
        other = copy(self)
        other.terms = _listed(terms)
        return other

    def find(self, texts: Sequence[str]) -> list[list[tuple[str, Span]]]:
        """The terms in each text, also with the commonest endings of a plural."""
        if not self.terms:
            return [[] for _ in texts]
        any_of = "|".join(map(re.escape, self.terms))
        pattern = re.compile(rf"(?<!\w)({any_of})(?:s|es|n|en)?(?!\w)", re.IGNORECASE)
        return [
            [(match[1].lower(), match.span()) for match in pattern.finditer(text, 0, LONGEST)]
            for text in texts
        ]

    def feelings(self, texts: Sequence[str], named: Sequence[Named]) -> list[list[Aspect]]:
        """The feeling about each thing that is named already."""
        with self._reading:
            page = open_page(texts, self.vocabulary)
            values, _ = self.valence.read(page, self.languages.read(page).value)
        first = np.searchsorted(page.text, np.arange(len(texts) + 1)).tolist()
        parts = [
            _Parts(page, values, first[i], first[i + 1]) if named[i] else None for i in range(len(texts))
        ]
        wanted = [
            (i, term, span, part.part_of(span))
            for i, part in enumerate(parts)
            if part is not None
            for term, span in named[i]
        ]
        moods = self.reader.read([texts[i][start:end] for i, _, _, (start, end) in wanted]).sentiment
        found: list[list[Aspect]] = [[] for _ in texts]
        for (i, term, span, _), mood in zip(wanted, moods.tolist(), strict=True):
            part = parts[i]
            if part is not None:
                near, evidence = part.near(span)
                found[i].append(Aspect(term, span, round((mood + near) / 2, 4), evidence))
        return found


def _listed(terms: Iterable[str]) -> tuple[str, ...]:
    listed = {term.strip().lower() for term in terms} - {""}
    return tuple(sorted(listed, key=lambda term: (-len(term), term)))


class _Parts:
    """One text, cut into sentences, clauses, and sides of a "but"; its pieces stand from `begin` to `end` of a page."""

    def __init__(self, page: Page, values: FloatArray, begin: int, end: int) -> None:
        self.values = values[begin:end]
        self.starts, self.ends = page.starts[begin:end], page.ends[begin:end]
        self.sentence, self.clause, self.side = _places(page, begin, end)

    def at(self, span: Span) -> int:
        """The piece that holds the beginning of the span."""
        place = int(np.searchsorted(self.starts, span[0], side="right")) - 1
        return max(0, min(place, len(self.starts) - 1))

    def part_of(self, span: Span) -> Span:
        """From the first to the last piece of the same sentence and side."""
        if not len(self.starts):
            return span
        at = self.at(span)
        own = np.flatnonzero((self.sentence == self.sentence[at]) & (self.side == self.side[at]))
        return int(self.starts[own[0]]), int(self.ends[own[-1]])

    def near(self, span: Span) -> tuple[float, tuple[Span, ...]]:
        """What the charged words of the same sentence say of the thing, -1 to 1, and those that decided."""
        if not len(self.starts):
            return 0.0, ()
        at = self.at(span)
        inside = (self.starts >= span[0]) & (self.starts < span[1])
        own = np.flatnonzero((self.values != 0) & (self.sentence == self.sentence[at]) & ~inside)
        if not len(own):
            return 0.0, ()
        weight = np.exp(-np.abs(own - at) / REACH)
        weight = weight * ACROSS_CLAUSE ** np.minimum(np.abs(self.clause[own] - self.clause[at]), 2)
        given = self.values[own] * weight * np.where(self.side[own] == self.side[at], 1.0, ACROSS_BUT)
        decided = own[np.abs(given) >= DECIDES * np.abs(given).max()]
        spans = tuple((int(self.starts[i]), int(self.ends[i])) for i in decided.tolist())
        return float(compound(given.sum())), spans


def _places(page: Page, begin: int, end: int) -> tuple[IntArray, IntArray, IntArray]:
    """For each piece: which sentence, which clause, and how many times the writer has turned to the opposite. A sentence
    that begins with the turn ("Although the food was good, …") turns where its first clause ends."""
    places = np.zeros((end - begin, 3), np.int64)
    words, last, here = page.vocabulary.words, 0, np.zeros(3, np.int64)
    text = page.texts[int(page.text[begin])] if end > begin else ""
    opens, conceded = True, False
    for piece in range(begin, end):
        between = text[last : page.starts[piece]]
        if ENDS_SENTENCE.search(between) or (piece > begin and words[page.word[piece - 1]][0] in "!?"):
            here += (1, 1, 0)
            opens, conceded = True, False
        elif ENDS_CLAUSE.search(between):
            here += (0, 1, int(conceded))
            conceded = False
        if words[page.word[piece]] in TURNS:
            conceded = opens
            here += (0, 1, int(not opens))
        opens = opens and words[page.word[piece]] in LEADS
        places[piece - begin] = here
        last = page.ends[piece]
    return places[:, 0], places[:, 1], places[:, 2]
