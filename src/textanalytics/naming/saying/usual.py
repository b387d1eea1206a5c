"""How most of a theme's texts put the words of its title: the usual wording of two words, what usually stands around one, and how
a thing is usually judged.

A phrase stands in one text, and a list in none. "Table is booked" is what one says where six ask to "book a table", "double tap ·
skip" is "double tap to skip", and "spend" is "how much did I spend".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.kinds import FILLING, TELLING, Kind
from textanalytics.grammar.negation import denies
from textanalytics.grammar.phrases import Phrase, whole
from textanalytics.grammar.questions import is_asked_of
from textanalytics.grammar.sentence import Text
from textanalytics.naming.saying.asking import is_asked, is_left_of_one, lacks_its_object, question
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.deeds import wanted
from textanalytics.naming.saying.empty import tells_nothing
from textanalytics.sentiment import strengths

Stands = tuple[int, Phrase]
"""A phrase, and the text it stands in."""

WHOLE = 0.3
"""Grace of a phrase that can be read alone."""

LONGEST = 7
"""Words of it."""

WRITTEN, SHARE = 2, 0.03
"""Texts, and their share of the theme's, that put it so at least."""

TOGETHER, STATED = 0.12, 0.32
"""Share of the texts that hold all the words of what is put in one phrase, and of one that states something."""

OFTEN, CLEAR = 0.2, 0.6
"""Where so many hold them all, one phrase of such grace is enough."""

BETTER = 1.3
"""As often, for its grace, as the wording that it takes the place of."""

ADDED = 0.8
"""For each small word of a joined phrase that says something, and that few say."""

SENTENCE = 3
"""Words of a statement; fewer do not take the place of one: "cancelled flight"."""

AROUND, AROUND_SHARE = 3, 0.15
"""Texts, and their share of the theme's, that have the same small words around one word."""

BEFORE, BEHIND = 4, 3
"""Small words that are looked at on either side."""

LONGER = (0.0, 0.0, 0.8, 1.0, 1.15, 1.25, 1.3, 1.3)
"""By its number of words, what such a run is worth: "did I spend" says less than "how much did I spend"."""

OPENS = frozenset({Kind.OPEN, Kind.QUESTION, Kind.WEAK, Kind.NEGATED, Kind.NEGATION})
CLOSES = frozenset({Kind.OPEN, Kind.OBJECT, Kind.PARTICLE, Kind.WEAK})
SAYS = frozenset({Kind.QUESTION, Kind.WEAK, Kind.NEGATED, Kind.NEGATION, Kind.OBJECT, Kind.PARTICLE})
"""How a run may begin and end, and one of what it has to hold: "my account" says no more than "account"."""

BEHIND_ONE = frozenset({Kind.PREPOSITION, Kind.TO, Kind.DETERMINER, Kind.OBJECT, Kind.PARTICLE, Kind.WEAK})

CLAUSES = frozenset({Kind.SUBJECT, Kind.QUESTION, Kind.TIME})
JOINING = frozenset(("and", "or"))
"""Within a phrase for a list no other clause begins, nothing else joins two, and no time is told."""

COMPARED = frozenset("one same other another else".split())
"""What these stand for is not told: "transfer from one account"."""

COMPARING = frozenset(("better", "worse"))
"""And these judge only beside what they are compared with."""

PLAIN = frozenset(("my", "the", "a", "an"))
"""Articles that everybody means; "these flights" are somebody's."""

POINTING = frozenset("this that these those all both each every another".split())
"""What somebody points at, or counts: "paying all that money"."""

FELT = 1.5
"""Strength of a word that judges."""

JUDGED, JUDGED_SHARE = 3, 0.05
"""Texts, and their share of the theme's, that judge the thing in one word beside it."""


ARTICLES = frozenset("my your our their its the a an".split())
"""Of these a thing has one: "change my the number" is a slip."""

NUMBERED = frozenset("one two three four five six seven eight nine ten".split())


class Usual:
    """Asks the texts of a theme how they put it. Built for one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._texts, self._names = corpus.texts, corpus.words.names
        self._stem, self._starts = corpus.words.stem.tolist(), corpus.words.starts.tolist()

    def wording(self, text: int, phrase: Phrase, backing: Backing) -> Stands:
        """The phrase as most put it who say its words and no others, in whatever order; itself if none is clearly more usual. What is
        left of a question is asked."""
        own = self._stems(text)[phrase.start : phrase.end]
        put = self._put(frozenset(own) - {-1}, backing)
        read = self._texts[text]
        kept, denied, said = _kept(read, phrase, backing), _denied(read, phrase), self._words(text, phrase)
        mine = put.pop(_key(read, phrase), [])
        fitting = (
            some
            for some in put.values()
            if kept <= (words := self._words(*some[0]))
            and _denied(self._texts[some[0][0]], some[0][1]) == denied
            and all(backing.share(word) >= AROUND_SHARE for word in self._fillers(*some[0]) & (words - said))
            and COMPARED.isdisjoint(words - said)
        )
        if asked := self._asked((text, phrase), mine):
            return asked
        if wish := wanted((text, phrase), [mine, *put.values()], self._texts, self._stems):
            return self._most_written(wish)
        best = max(fitting, key=_usual, default=[])
        least = max(WRITTEN, SHARE * backing.size)
        if len(best) < least or _usual(best) < BETTER * max(len(mine), 1) * phrase.grace:
            return self._articled((text, phrase), mine)
        found = self._most_written(best)
        states = not TELLING.isdisjoint(self._kinds(text, phrase)[1:])
        shorter = states and found[1].end - found[1].start < SENTENCE
        return self._articled((text, phrase), mine) if shorter else found

    def _asked(self, own: Stands, same: Sequence[Stands]) -> Stands | None:
        """The question that most ask with these words, if the phrase is cut out of one that asks for its object: "how much do I | pay in
        taxes"."""
        said = same or [own]
        cut = lacks_its_object(self._texts[own[0]], own[1])
        if not cut or 2 * sum(is_asked(self._texts[text], other) for text, other in said) < len(said):
            return None
        asking: defaultdict[tuple[str, ...], list[Stands]] = defaultdict(list)
        for text, other in said:
            if asked := question(self._texts[text], self._stems(text), other):
                asking[_key(self._texts[text], asked)].append((text, asked))
        most = max(asking.values(), key=len, default=[])
        return self._most_written(most) if len(most) >= WRITTEN else None

    def _articled(self, own: Stands, same: Sequence[Stands]) -> Stands:
        """The phrase with plain articles, if somebody gives it those: "close my account", and not "close this account"."""
        found = own if self._is_plain(*own) else self._most_written([own, *same])
        return found if self._is_plain(*found) else own

    def _is_plain(self, text: int, phrase: Phrase) -> bool:
        words = zip(
            self._texts[text].lower[phrase.start : phrase.end], self._kinds(text, phrase), strict=True
        )
        return all(kind is not Kind.DETERMINER or word in PLAIN for word, kind in words)

    def _is_anybodys(self, text: int, phrase: Phrase) -> bool:
        """Whether it points at nothing, and is not cut out of a question: "when will my | card arrive"."""
        read = self._texts[text]
        return POINTING.isdisjoint(read.lower[phrase.start : phrase.end]) and (
            phrase.asks or not is_asked_of(read, phrase.start)
        )

    def joined(self, stems: Collection[int], backing: Backing) -> Stands | None:
        """How most put these words, and no others, in one phrase; none if hardly any do."""
        share = len(backing.all_of(list(stems))) / backing.size
        if share < TOGETHER:
            return None
        turned = backing.turned(list(stems)) >= 0.5
        put = [
            some
            for some in self._put(frozenset(stems), backing).values()
            if _is_one(self._texts[some[0][0]], some[0][1])
            and _denied(self._texts[some[0][0]], some[0][1]) == turned
            and (share >= STATED or TELLING.isdisjoint(self._kinds(*some[0])))
            and any(self._is_anybodys(*one) for one in some)
        ]
        clear = [some for some in put if share >= OFTEN and max(phrase.grace for _, phrase in some) >= CLEAR]
        if sum(map(len, put)) < max(WRITTEN, SHARE * backing.size):
            put = clear
        return (
            self._most_written(max(put, key=lambda some: self._plainly_usual(some, backing))) if put else None
        )

    def _plainly_usual(self, some: Sequence[Stands], backing: Backing) -> float:
        """Less for each small word in it that few say: "change the start date"."""
        rare = sum(backing.share(word) < AROUND_SHARE for word in self._fillers(*some[0]))
        return _usual(some) * ADDED**rare

    def around(self, stem: int, backing: Backing, *, share: float = AROUND_SHARE) -> Stands | None:
        """The small words that usually stand around one, as a phrase with it: "how much did I spend"; none if no such `share`
        of the texts have the same."""
        runs: defaultdict[tuple[str, ...], list[Stands]] = defaultdict(list)
        turned = backing.turned([stem]) >= 0.5
        for number in sorted(backing.holding(stem)):
            text = int(backing.places[number])
            own: set[tuple[str, ...]] = set()
            for phrase in self._runs(text, self._stems(text).index(stem)):
                key = _key(self._texts[text], phrase)
                if key not in own and _denied(self._texts[text], phrase) == turned:
                    own.add(key)
                    runs[key].append((text, phrase))
        least = max(AROUND, share * backing.size)
        often = [some for some in runs.values() if len(some) >= least]
        often = [
            some for some in often if not tells_nothing(_key(self._texts[some[0][0]], some[0][1]))
        ] or often
        return self._most_written(max(often, key=_longest_usual)) if often else None

    def judge(self, stems: Sequence[int], mood: int, backing: Backing) -> str:
        """The word by which most judge the thing of that name, who praise (`mood` 1) or blame (-1) it right before it, or as
        what it "is"; "" if hardly any do. Not the last degree, if another is used: "bad" before "worst"."""
        judging: Counter[str] = Counter()
        for number in sorted(backing.all_of(list(stems))):
            text = int(backing.places[number])
            judging.update({word for word in self._beside(text, stems) if self._feels(word) * mood >= FELT})
        if judging.total() < max(JUDGED, JUDGED_SHARE * backing.size):
            return ""
        plain = {
            word: count for word, count in judging.items() if not word.endswith("est") and word != "worst"
        }
        some = {word: count for word, count in plain.items() if count >= WRITTEN} or judging
        most = max(some, key=lambda word: (some[word], word))
        return "" if most in COMPARING else most

    def _stems(self, text: int) -> list[int]:
        return self._stem[self._starts[text] : self._starts[text + 1]]

    def _kinds(self, text: int, phrase: Phrase) -> list[Kind]:
        return self._texts[text].kind[phrase.start : phrase.end]

    def _words(self, text: int, phrase: Phrase) -> set[str]:
        return set(self._texts[text].lower[phrase.start : phrase.end])

    def _fillers(self, text: int, phrase: Phrase) -> set[str]:
        """Its small words that say a little more."""
        words = zip(
            self._texts[text].lower[phrase.start : phrase.end], self._kinds(text, phrase), strict=True
        )
        return {word for word, kind in words if kind in FILLING}

    def _put(self, wanted: frozenset[int], backing: Backing) -> dict[tuple[str, ...], list[Stands]]:
        """The phrases of these words and no others, by how they are put; each text is heard once, and copies are."""
        put: defaultdict[tuple[str, ...], list[Stands]] = defaultdict(list)
        seen: set[tuple[str, ...]] = set()
        for number in sorted(backing.all_of(list(wanted))) if wanted else ():
            text = int(backing.places[number])
            lower = tuple(self._texts[text].lower)
            if lower in seen:
                continue
            seen.add(lower)
            own: set[tuple[str, ...]] = set()
            for phrase in self._phrases(text, wanted):
                key = _key(self._texts[text], phrase)
                if key not in own:
                    own.add(key)
                    put[key].append((text, phrase))
        return dict(put)

    def _phrases(self, text: int, wanted: frozenset[int]) -> Iterator[Phrase]:
        stems = self._stems(text)
        for phrase in whole(self._texts[text]):
            if (
                phrase.end - phrase.start > LONGEST
                or phrase.grace < WHOLE
                or is_torn(self._texts[text], phrase)
            ):
                continue
            said = [stem for stem in stems[phrase.start : phrase.end] if stem >= 0]
            if len(said) == len(wanted) and wanted.issuperset(said) and len(set(said)) == len(said):
                yield phrase

    def _runs(self, text: int, place: int) -> Iterator[Phrase]:
        read, stems = self._texts[text], self._stems(text)

        def is_small(other: int) -> bool:
            inside = 0 <= other < len(stems) and read.clause[other] == read.clause[place]
            return inside and stems[other] < 0 and read.kind[other] is not Kind.NOISE

        first = last = place
        while place - first < BEFORE and is_small(first - 1):
            first -= 1
        while last - place < BEHIND and is_small(last + 1):
            last += 1
        for start in range(first, place + 1):
            for end in range(place + 1, last + 2):
                if _reads_alone(read.kind[start:end], place - start):
                    yield Phrase(start, end, 1.0, asks=read.kind[start] is Kind.QUESTION)

    def _beside(self, text: int, stems: Sequence[int]) -> Iterator[str]:
        """What stands right before the name, and what it is said to be."""
        read, own = self._texts[text], self._stems(text)
        for start in range(len(own) - len(stems) + 1):
            end = start + len(stems)
            if own[start:end] != list(stems):
                continue
            if start and read.clause[start - 1] == read.clause[start]:
                yield read.lower[start - 1]
            place = end
            while place < len(own) and read.kind[place] in {Kind.AUXILIARY, Kind.ADVERB, Kind.DETERMINER}:
                place += 1
            said = place < len(own) and Kind.AUXILIARY in read.kind[end:place]
            if said and read.clause[place] == read.clause[start] and not denies(read, place):
                yield read.lower[place]

    def _feels(self, word: str) -> float:
        if (known := self._felt.get(word)) is None:
            row: FloatArray = strengths([word])[0]
            known = self._felt[word] = float(row[np.abs(row).argmax()])
        return known

    @cached_property
    def _felt(self) -> dict[str, float]:
        return {}

    def _most_written(self, some: Sequence[Stands]) -> Stands:
        """Of phrases that differ in their articles the one that most write."""
        said = [tuple(self._texts[text].lower[phrase.start : phrase.end]) for text, phrase in some]
        plain = [self._is_plain(*one) for one in some]
        count = Counter(said)

        def usual(place: int) -> tuple[bool, int, float, int]:
            return plain[place], count[said[place]], some[place][1].grace, -place

        return some[max(range(len(some)), key=usual)]


def is_torn(text: Text, phrase: Phrase) -> bool:
    """Whether an English phrase is no language: with two articles for one thing, or with only the latter of two numbers: "two | adults,
    one child"."""
    words = text.lower[phrase.start : phrase.end]
    if text.german or any(
        one != other and ARTICLES.issuperset((one, other)) for one, other in pairwise(words)
    ):
        return not text.german
    before = text.lower[phrase.start - 1] if phrase.start else ""
    return _counts(before) and any(map(_counts, words[:-1]))


def _counts(word: str) -> bool:
    return word.isdigit() or word in NUMBERED


def _key(text: Text, phrase: Phrase) -> tuple[str, ...]:
    """A phrase without its articles, but for "no"."""
    places = range(phrase.start, phrase.end)
    return tuple(
        text.lower[place]
        for place in places
        if text.kind[place] is not Kind.DETERMINER or text.lower[place] == "no"
    )


def _usual(some: Sequence[Stands]) -> float:
    return len(some) * max(phrase.grace for _, phrase in some)


def _longest_usual(some: Sequence[Stands]) -> float:
    phrase = some[0][1]
    return len(some) * LONGER[min(phrase.end - phrase.start, len(LONGER) - 1)]


def _denied(text: Text, phrase: Phrase) -> bool:
    return any(denies(text, place) for place in range(phrase.start, phrase.end))


def _kept(text: Text, phrase: Phrase, backing: Backing) -> set[str]:
    """Its small words that say something which many say: "charged twice"."""
    kinds = (Kind.ADVERB, Kind.ATTRIBUTE)
    words = {text.lower[place] for place in range(phrase.start, phrase.end) if text.kind[place] in kinds}
    return {word for word in words if backing.share(word) >= AROUND_SHARE}


def _reads_alone(kinds: Sequence[Kind], place: int) -> bool:
    """Whether small words around the one at `place` say something with it: "talk to a person", not "what countries"."""
    before, behind = kinds[:place], kinds[place + 1 :]
    if kinds[0] not in OPENS or kinds[-1] not in CLOSES or SAYS.isdisjoint([*before, *behind]):
        return False
    if not {Kind.QUESTION, Kind.CONJUNCTION}.isdisjoint(kinds[1:]) or not BEHIND_ONE.issuperset(behind):
        return False
    if behind and behind[-1] is Kind.WEAK and kinds[-2] not in (Kind.PREPOSITION, Kind.DETERMINER, Kind.TO):
        return False
    return kinds[0] is not Kind.QUESTION or not {Kind.AUXILIARY, Kind.NEGATED, Kind.TO}.isdisjoint(before)


def _is_one(text: Text, phrase: Phrase) -> bool:
    """Whether it is one thought, which a list can be: not "money and the seller"."""
    places = range(phrase.start + 1, phrase.end)
    numbered = any(text.lower[place][0].isdigit() for place in range(phrase.start, phrase.end))
    return (
        not numbered
        and not is_left_of_one(text, phrase)
        and not any(
            text.kind[place] in CLAUSES
            or (text.kind[place] is Kind.CONJUNCTION and text.lower[place] not in JOINING)
            for place in places
        )
    )
