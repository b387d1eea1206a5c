"""What an English text states in two words close together: that a thing failed or pleased, what was not so, what is to be done.

"My flight was delayed" and "a delayed flight" state the same, whatever stands around it. A name ("gate agent") states nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

import numpy as np

from textanalytics.base import BoolArray, Encoder, FloatArray, IntArray
from textanalytics.grammar.corpus import Corpus, everywhere
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.negation import TURNING, denial, denies
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text
from textanalytics.naming.saying.listing import ASTRAY
from textanalytics.naming.saying.things import nothing_else, stand
from textanalytics.naming.saying.usual import FELT
from textanalytics.sentiment import COLUMNS, strengths
from textanalytics.settling.concern import concern
from textanalytics.text import tokens

REACH = 4
"""Words by which the two lie apart at most, in one clause."""

FAILS = -1.2
"""Strength from which on a word says that something went wrong: "late", "broken"."""

TELLS, TELLS_ALL = 0.5, 0.7
"""How far one of the two words has to tell what the matter is, and a word that fails alone: see `settling.concern`."""

SAME_WORD, SAME_FEELING = 0.85, 0.35
"""Cosine of two words from which on one is the other ("canceled", "cancelled"), and of two that judge alike."""

STAFF = frozenset(
    "staff crew employee agent attendant rep representative driver waiter waitress server clerk cashier personnel bartender technician"
    " associate".split()
)
"""Who serves customers: of all of them the same is said."""

WIDE = 0.2
"""Share of all texts that speak of a thing, from which on that it is in trouble tells little."""

ALONE = -1
"""In place of a second word."""

AT_ONCE = 256
"""Words whose likes are found at once: so many times all words are in memory meanwhile."""

DENIED = {"never": "never", "no": "no", "without": "no"} | dict.fromkeys(
    "can't cannot cant couldn't couldnt unable won't wont wouldn't wouldnt".split(), "unable"
)
"""By its first word how something is denied: what never is, what there is none of and what one cannot do are three. Else it is not so."""

PARTS = frozenset({Kind.CONJUNCTION, Kind.SUBJECT, Kind.QUESTION})
"""Between two words these part them: "delayed and | my bag"."""

KINDS = kinds("en")
MEANING = frozenset({Kind.OPEN, Kind.ADJECTIVE})


class Sort(Enum):
    PRAISED = "praised"
    FAILED = "failed"
    DENIED = "denied"
    ASKED = "asked"


class Statement(NamedTuple):
    """Two stems in the order in which they stand, and how they are denied, "" if they are not."""

    first: int
    second: int
    how: str = ""


class Statements:
    """What some texts of one corpus state."""

    def __init__(self, corpus: Corpus, texts: Iterable[int], encoder: Encoder) -> None:
        """`texts` that are not English state nothing."""
        self._corpus = corpus
        self._stem, self._starts = corpus.words.stem, corpus.words.starts.tolist()
        small = np.array([name in ASTRAY for name in corpus.words.names], np.bool_)
        self._told = (corpus.tells() & ~small).tolist()
        stood = stand(corpus)
        self._done: list[bool] = (stood.done > stood.named).tolist()
        self._nouns = nothing_else(stood)
        self.by: defaultdict[Statement, list[int]] = defaultdict(list)
        """The texts that state each, in order."""
        read = [text for text in texts if corpus.languages[text] == "en"]
        self._words = Words(corpus, read, encoder)
        for text in read:
            for said in set(self._stated_in(text)):
                if self.sort(said):
                    self.by[said].append(text)

    def _stated_in(self, number: int) -> Iterator[Statement]:
        text, stems = self._corpus.texts[number], self.stems(number)
        places = [place for place, stem in enumerate(stems) if stem >= 0 and self._told[stem]]
        how = {place: _how(denial(text, place)) for place in places}
        named = {place: self._names_the_next(text, stems, place) for place in places}
        for at, first in enumerate(places):
            if how[first] or self._words.fails(stems[first]):
                yield Statement(stems[first], ALONE, how[first])
            for second in places[at + 1 :]:
                far = second - first > REACH or text.clause[first] != text.clause[second]
                if far or not PARTS.isdisjoint(text.kind[first + 1 : second]):
                    break
                own = not named[second] and not (named[first] and second > first + 1)
                if own and stems[first] != stems[second]:
                    yield Statement(stems[first], stems[second], how[first] or how[second])

    def _names_the_next(self, text: Text, stems: Sequence[int], place: int) -> bool:
        """Whether another noun stands right behind it: of a great flight attendant the flight need not be."""
        last = place + 1 == len(stems) or text.clause[place] != text.clause[place + 1]
        if last or self._words.feels(stems[place]) or self._words.fails(stems[place]):
            return False
        return stems[place + 1] >= 0 and bool(self._nouns[stems[place + 1]])

    def stems(self, text: int) -> list[int]:
        """The stem of each of its words, -1 for a small one."""
        found: list[int] = self._stem[self._starts[text] : self._starts[text + 1]].tolist()
        return found

    def name(self, stem: int) -> str:
        return self._corpus.words.names[stem]

    def in_phrase(self, text: int, phrase: Phrase) -> Statement | None:
        """What a phrase of two words at most that mean something states."""
        read, places = self._corpus.texts[text], range(phrase.start, phrase.end)
        stems = [stem for stem in self.stems(text)[phrase.start : phrase.end] if stem >= 0]
        if not 1 <= len(stems) <= 2:
            return None
        first, second = (*stems, ALONE)[:2]
        how = next((_how(read.lower[place : place + 1]) for place in places if denies(read, place)), "")
        return Statement(first, second, how)

    def in_title(self, title: str) -> Statement | None:
        """What a title states, if it is one of `Sort`; of one that judges, its last word: "Terrible customer service"."""
        words = [word.lower() for word, _, _ in tokens(title)]
        how = next((_how([word]) for word in words if KINDS.get(word) in TURNING), "")
        stems = [self._words.stem(word) for word in words if KINDS.get(word, Kind.OPEN) in MEANING]
        if len(stems) > 2 and stems[0] >= 0 and self._words.feels(stems[0]):
            stems = [stems[0], stems[-1]]
        if len(stems) != 2 or min(stems) < 0:
            return None
        said = Statement(stems[0], stems[1], how)
        return said if self.sort(said) else None

    def sort(self, said: Statement) -> Sort | None:
        """None for what states nothing, or does not tell what the matter is."""
        first, second, how = said
        if second == ALONE:
            return self._alone(first, how)
        if max(self._words.tells(first), self._words.tells(second)) < TELLS:
            return None
        if how:
            return Sort.DENIED
        return self._stated(first, second)

    def _alone(self, stem: int, how: str) -> Sort | None:
        tells, done = self._words.tells(stem), self._done[stem]
        if how:
            return Sort.DENIED if tells >= TELLS and (done or how == "no") else None
        return Sort.FAILED if tells >= TELLS_ALL else None

    def _stated(self, first: int, second: int) -> Sort | None:
        words, done = self._words, self._done
        for one, thing in ((first, second), (second, first)):
            if words.fails(one) and not done[thing] and not words.feels(thing):
                return Sort.FAILED
            if words.feels(one) > 0 and not words.feels(thing) and not words.fails(thing):
                return Sort.PRAISED if not done[thing] and words.tells(thing) >= TELLS else None
        asked = done[first] and not done[second] and not (words.fails(first) or words.fails(second))
        return Sort.ASKED if asked and not words.is_wide(first) else None

    def thing(self, said: Statement) -> int:
        """The one of the two words of a statement that failed or is praised."""
        judges = self._words.feels(said.first) or self._words.fails(said.first)
        return said.second if judges else said.first

    def troubles(self) -> dict[int, list[Statement]]:
        """For each thing that tells what the matter is all statements that it failed, in whatever way."""
        found: defaultdict[int, list[Statement]] = defaultdict(list)
        for said in sorted(self.by):
            if said.second != ALONE and self.sort(said) is Sort.FAILED and self._can_be_trouble(said):
                found[self.thing(said)].append(said)
        return dict(found)

    def only_blames(self, said: Statement) -> bool:
        """Whether it says of such a thing only that it is bad, and not how it failed."""
        if said.second == ALONE or self.sort(said) is not Sort.FAILED:
            return False
        return min(map(self._words.feels, said[:2])) < 0 and self._can_be_trouble(said)

    def _can_be_trouble(self, said: Statement) -> bool:
        """Not where all speak of the thing, nor with those who serve."""
        thing = self.thing(said)
        return self._words.tells(thing) >= TELLS_ALL and not self._words.is_wide(thing)

    def alike(self, said: Statement) -> list[Statement]:
        """The statements of the same sort that stand in the texts, in the same words or others of the same sense, in any order; what is to be done stands before
        to what."""
        first, second, how = said
        like = self._words.like
        if second == ALONE:
            found = [Statement(one, ALONE, how) for one in like(first)]
        else:
            found = [Statement(one, other, how) for one in like(first) for other in like(second)]
        sort = self.sort(said)
        if sort is not Sort.ASKED and second != ALONE:
            found += [Statement(other, one, how) for one, other, _ in found]
        return sorted({one for one in found if one in self.by and self.sort(one) is sort})

    def without_saying(self, said: Statement) -> list[Statement]:
        """Where all speak of the thing that failed, who says only that something did means it: "delayed again" to an airline."""
        if self.sort(said) is not Sort.FAILED or not self._words.is_wide(self.thing(said)):
            return []
        failed = said.first if self.thing(said) == said.second else said.second
        alone = Statement(failed, ALONE)
        return self.alike(alone) if self.sort(alone) else []

    def like(self, stem: int) -> list[int]:
        return self._words.like(stem)

    def look(self, some: Iterable[Statement]) -> None:
        """What these are `alike` will be asked."""
        self._words.look(stem for said in some for stem in said[:2] if stem != ALONE)


class Words:
    """What the words of some texts of a corpus say by themselves."""

    def __init__(self, corpus: Corpus, texts: Sequence[int], encoder: Encoder) -> None:
        self._names = names = corpus.words.names
        forms = _forms(corpus, texts)
        self._held = np.array(sorted(forms), np.int64)
        held = [names[stem] for stem in self._held.tolist()]
        self._rows = encoder.encode(held)
        self._place = {stem: place for place, stem in enumerate(self._held.tolist())}
        self._tells = concern(held).tolist()
        self._feels: IntArray = _feelings(held)
        self._fails = _failing([_telling(names[stem], forms[stem]) for stem in self._held.tolist()])
        self._serves = np.array([stem_of(name, "en") in SERVING for name in held], np.bool_)
        self._like: dict[int, list[int]] = {}
        # A word that was written once is a stem of its own, whatever it comes from.
        self._stems = {stem_of(names[stem], "en"): stem for stem in self._held.tolist()}
        self._stems |= {names[stem]: stem for stem in self._held.tolist()}
        self._common = everywhere(corpus, WIDE)

    def stem(self, word: str) -> int:
        """-1 for one that no text holds."""
        return self._stems.get(word, self._stems.get(stem_of(word, "en"), -1))

    def tells(self, stem: int) -> float:
        return float(self._tells[self._place[stem]])

    def feels(self, stem: int) -> int:
        """1 for a word that only praises, -1 for one that only blames, 0 for others."""
        return int(self._feels[self._place[stem]])

    def fails(self, stem: int) -> bool:
        """Whether it says that something went wrong."""
        return bool(self._fails[self._place[stem]])

    def is_wide(self, stem: int) -> bool:
        """Whether all speak of it, or it is one of those who serve."""
        return stem in self._common or bool(self._serves[self._place[stem]])

    def like(self, stem: int) -> list[int]:
        """The stems that say the same, itself among them."""
        self.look([stem])
        return self._like[stem]

    def look(self, stems: Iterable[int]) -> None:
        """Find those of many at once: one by one takes ten times as long."""
        new = [stem for stem in dict.fromkeys(stems) if stem not in self._like]
        for some in (new[start : start + AT_ONCE] for start in range(0, len(new), AT_ONCE)):
            places = [self._place[stem] for stem in some]
            for stem, place, near in zip(some, places, self._rows[places] @ self._rows.T, strict=True):
                self._like[stem] = self._held[self._alike(place, near)].tolist()

    def _alike(self, place: int, near: FloatArray) -> BoolArray:
        alike = near >= SAME_WORD
        if self._feels[place]:
            alike = (self._feels == self._feels[place]) & (near >= SAME_FEELING)
        if self._serves[place]:
            alike |= self._serves
        alike[place] = True
        return alike


SERVING = frozenset(stem_of(word, "en") for word in STAFF)


def _forms(corpus: Corpus, texts: Sequence[int]) -> dict[int, set[str]]:
    """How each stem is written."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    stem, starts = corpus.words.stem, corpus.words.starts
    for text in texts:
        for own, word in zip(
            stem[starts[text] : starts[text + 1]].tolist(), corpus.texts[text].lower, strict=True
        ):
            if own >= 0:
                found[own].add(word)
    return found


def _feelings(words: Sequence[str]) -> IntArray:
    felt = strengths(words)[:, COLUMNS["en"]] if words else np.zeros(0)
    judges = np.array([KINDS.get(word) is Kind.ADJECTIVE for word in words], np.bool_)
    return np.asarray(np.sign(felt) * (np.abs(felt) >= FELT) * judges, np.int64)


def _telling(name: str, forms: Iterable[str]) -> set[str]:
    """Its usual form, and the one for what happened: who misses a thing may love it, who "missed" it does not."""
    return {name, *(word for word in forms if word.endswith("ed"))}


def _failing(forms: Sequence[Iterable[str]]) -> BoolArray:
    """Whether one of the forms says that something went wrong."""
    words = sorted({word for some in forms for word in some})
    strength = dict(zip(words, strengths(words)[:, COLUMNS["en"]].tolist(), strict=True)) if words else {}
    return np.array([min(strength[word] for word in some) <= FAILS for some in forms], np.bool_)


def _how(denied: Sequence[str]) -> str:
    return DENIED.get(denied[0], "not") if denied else ""
