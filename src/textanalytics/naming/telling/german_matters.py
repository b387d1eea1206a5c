"""What is said of a German theme: the nouns that stand with its own, and what happens to it.

German puts the parts of a statement wherever it likes ("fällt heute schon wieder ein Zug aus"), so few texts share a phrase. What they
share are words: a noun with all its compounds, a verb with the particle that it has sent to the end. Each is told as one would note it
down: "Schlichtung", "Streik beendet", "Zug fällt aus", "keine Steckdosen".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from textanalytics import lexicons
from textanalytics.base import IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.german import BENT, DOING, SPLIT, root, sent_off
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind
from textanalytics.grammar.negation import denied
from textanalytics.grammar.nouns import shells
from textanalytics.grammar.sentence import Text
from textanalytics.naming.saying.listing import APART, HAPPENED
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.naming.saying.titling import Title
from textanalytics.naming.telling.several import MATTERS, TEXTS
from textanalytics.settling.concern import concern
from textanalytics.text import tokens

FEW = 0.06
"""Share of the texts that say a thing that is told."""

OFTENER, MUCH_OFTENER, FAR_OFTENER = 2.0, 5.0, 10.0
"""Times as often as in all texts, from which on a word is said of the theme; a noun that may tell nothing by itself; and one that mostly
says where."""

MATTER, SURELY, NOTHING = 0.6, 0.7, 0.1
"""What other nouns have to tell (see `concern`), and those that mostly say where; and what tells nothing, however often it is said."""

MOST = 0.6
"""What more of the texts hold is what the theme is about, and not what is said of it."""

SAME_SENSE = 0.55
"""Cosine of two words of which one says what the other says."""

STATED = 2.0
"""How much more a statement is worth than a mere noun that as many say."""

MOSTLY = 0.6
"""Share of the texts with a word that deny it, for it to be told with its "nicht"."""

COMPOUND = 0.4
"""Share of the uses of a noun that are compounds with what the title names, from which on it is called so."""

NEW = 1 / 3
"""Share of those that say it who have not said what was told before."""

SHORTEST = 4
"""Letters of what says something."""


@dataclass
class Said:
    """One thing, and the texts of the theme that say it, each by its place among all; and the forms that they say it in."""

    texts: set[int] = field(default_factory=set)
    denied: set[int] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    """Of a verb or an adjective only those that do not stand before their noun."""
    beside: Counter[str] = field(default_factory=Counter)
    """The nouns that stand next to it."""
    said: set[tuple[str, ...]] = field(default_factory=set)
    """It with the two words before it: what a machine says again and again is said once."""


def only_nouns(title: Title) -> bool:
    """Whether a German title only names things, so that what is said of them belongs beside it."""
    return not title.mixed and not any(word[0].islower() for word in title.title.split())


class GermanTeller:
    """Tells what German texts of one corpus say of what their theme is called."""

    def __init__(self, corpus: Corpus, meaning: Meaning) -> None:
        self._corpus, self._meaning = corpus, meaning
        self._nouns, self._spelling = corpus.nouns, corpus.spelling
        self._small = set(lexicons.common_words()) | lexicons.words("small talk") | shells()
        names = corpus.words.names
        self._places = {names[stem] for stem in np.flatnonzero(corpus.places).tolist()}

    def more(
        self, members: IntArray, title: str, told: Mapping[str, Sequence[int]]
    ) -> dict[str, tuple[int, ...]]:
        """What they say besides what was `told` already, up to `MATTERS` in all; with the texts that say it."""
        found: dict[str, tuple[int, ...]] = {}
        heard = {text for texts in told.values() for text in texts}
        said = self._said(members.tolist())
        own = self._own(" ".join([title, *told]))
        asked = {key: one for key, one in said.items() if self._may_be_told(key, one, own, len(members))}
        left = {key: texts for key in asked if (texts := self._with_its_like(key, asked))}
        least = max(TEXTS, FEW * len(members))
        while left and len(told) + len(found) < MATTERS:
            best = max(left, key=lambda key: (self._worth(left[key] - heard, key, len(members)), key))
            texts = left.pop(best)
            if len(texts) < least or len(texts - heard) < max(TEXTS, NEW * len(texts)):
                continue
            if written := self._written(best, asked[best], title):
                found[written] = tuple(sorted(texts))
                heard |= texts
        return found

    def _may_be_told(self, key: str, one: Said, own: Collection[str], size: int) -> bool:
        several = len(one.said) >= TEXTS and len(np.unique(self._corpus.printed[sorted(one.texts)])) >= TEXTS
        return several and len(one.texts) <= MOST * size and self._tells(key, one, own, size)

    def _worth(self, texts: Collection[int], key: str, size: int) -> float:
        oftener = len(texts) / size / max(self._often[key] / len(self._corpus.texts), 1e-9)
        return len(texts) * float(np.log(max(oftener, 1.0)) + 0.1) * (STATED if key.startswith(DONE) else 1.0)

    @cached_property
    def _often(self) -> Counter[str]:
        """How many of all texts say each thing."""
        found: Counter[str] = Counter()
        for text in self._corpus.texts:
            found.update({key for key, _, _ in self._keys(text)})
        return found

    def _said(self, members: Sequence[int]) -> dict[str, Said]:
        found: defaultdict[str, Said] = defaultdict(Said)
        for number in members:
            text = self._corpus.texts[number]
            denials, stems = denied(text), self._stems(number)
            for key, place, form in self._keys(text):
                if key.startswith(DONE) and " " not in form and not self._is_telling(stems[place]):
                    continue
                one = found[key]
                one.said.add((*text.lower[max(place - 2, 0) : place], form))
                if number not in one.texts:
                    one.beside.update(self._beside(text, place))
                one.texts.add(number)
                if not (key.startswith(DONE) and _waits(text, place)):
                    one.forms[form] += 1
                if denials[place] or _is_none(text, place):
                    one.denied.add(number)
        return found

    def _is_telling(self, stem: int) -> bool:
        return stem >= 0 and self._telling[stem]

    @cached_property
    def _telling(self) -> list[bool]:
        return self._corpus.tells().tolist()

    def _stems(self, number: int) -> list[int]:
        starts = self._corpus.words.starts
        return self._corpus.words.stem[starts[number] : starts[number + 1]].tolist()

    def _beside(self, text: Text, place: int) -> set[str]:
        """The nouns of the word before it and of that behind it, small words left out."""
        found: set[str] = set()
        for step in (-1, 1):
            other = place + step
            while 0 <= other < len(text.clause) and text.clause[other] == text.clause[place]:
                if self._nouns.is_noun(text.lower[other]):
                    found.update(self._nouns.keys(text.lower[other]))
                    break
                if text.kind[other] is Kind.OPEN and text.lower[other] not in SPLIT:
                    break
                other += step
        return found

    def _keys(self, text: Text) -> Iterator[tuple[str, int, str]]:
        """What a text says: nouns by the stem of each of their parts, other words by what their forms share; with its place, and as it
        is written."""
        for place, word in enumerate(text.lower):
            if text.kind[place] is Kind.NOISE or len(word) < SHORTEST:
                continue
            nouns = self._nouns.keys(word)
            if self._nouns.is_noun(word) or not shells().issuperset(nouns):
                for noun in nouns:
                    yield noun, place, word
            elif text.kind[place] in DOING and text.words[place].islower() and word.isalpha():
                part = sent_off(text, place)
                yield _done(part, word), place, f"{word} {part}" if part else word

    def _own(self, title: str) -> set[str]:
        """What the title says."""
        words = [word for word, _, _ in tokens(title)]
        return {noun for word in words for noun in self._nouns.keys(word)} | {
            _done("", word) for word in words
        }

    def _tells(self, key: str, one: Said, own: Collection[str], size: int) -> bool:
        usual = self._often[key] / len(self._corpus.texts)
        if key in own or len(one.texts) / size < OFTENER * usual or key in self._small:
            return False
        if key.startswith(DONE):
            return bool(one.forms)
        name = self._nouns.names.get(key, "")
        silent = key in self._nouns.silent and key not in self._nouns.aside
        if not name or silent or key in self._nouns.trade or key in shells() or name in self._places:
            return False
        if self._is_like(name, self._named(own)):
            return False
        tells = float(concern([name], "de")[0])
        if key in self._nouns.aside:
            return tells >= SURELY or len(one.texts) / size >= FAR_OFTENER * usual
        return tells >= MATTER or (tells >= NOTHING and len(one.texts) / size >= MUCH_OFTENER * usual)

    def _is_a_matter(self, key: str) -> bool:
        return key in self._nouns.names and float(concern([self._nouns.names[key]], "de")[0]) >= MATTER

    def _named(self, keys: Collection[str]) -> list[str]:
        return [self._nouns.names[key] for key in keys if key in self._nouns.names]

    def _is_like(self, name: str, others: Sequence[str]) -> bool:
        return bool(others) and max(self._meaning.likeness(name, others)) >= SAME_SENSE

    def _with_its_like(self, key: str, asked: dict[str, Said]) -> set[int]:
        """The texts that say it in any word of the same sense; none, if more say another of these."""
        others = [other for other in asked if other != key]
        alike = self._meaning.likeness(
            self._name(key, asked[key]), [self._name(other, asked[other]) for other in others]
        )
        near = [other for other, cosine in zip(others, alike, strict=True) if cosine >= SAME_SENSE]
        if any((len(asked[other].texts), other) > (len(asked[key].texts), key) for other in near):
            return set()
        return asked[key].texts.union(*(asked[other].texts for other in near))

    def _name(self, key: str, one: Said) -> str:
        return self._nouns.names.get(key) or max(one.forms, key=lambda form: (one.forms[form], form))

    def _written(self, key: str, one: Said, title: str) -> str:
        """As one would note it down; "" where its forms do not allow that."""
        turned = len(one.denied) >= MOSTLY * len(one.texts)
        if not key.startswith(DONE):
            noun = self._spelling.word(self._noun(key, one, self._own(title)), "de")
            return f"kein(e) {noun}" if turned else noun
        thing = self._thing(one, title)
        form, last = _form(one.forms)
        if not form or not thing:
            return ""
        verb, _, part = form.partition(" ")
        words = (
            [verb, "nicht", part] if last and turned else ["nicht", verb, part] if turned else [verb, part]
        )
        return " ".join(word for word in (thing, *words) if word)

    def _noun(self, key: str, one: Said, own: Collection[str]) -> str:
        """As most write it: a compound with what the title names ("Geschenk-Ticket"), or by itself."""
        with_it = Counter(
            {form: n for form, n in one.forms.items() if not set(self._nouns.keys(form)).isdisjoint(own)}
        )
        some = with_it if with_it.total() >= COMPOUND * one.forms.total() else one.forms
        form = max(some, key=lambda form: (some[form], form))
        often = some is with_it or 2 * some[form] >= some.total()
        return form if often and self._nouns.is_noun(form) else self._nouns.names[key]

    def _thing(self, one: Said, title: str) -> str:
        """What it is said of: what the title names, or another noun that stands next to it in half of the texts."""
        own = self._own(title)
        own |= {noun for noun in one.beside if self._is_like(self._nouns.names[noun], self._named(own))}
        named = sum(one.beside[noun] for noun in own)
        other = max(one.beside, key=lambda noun: (one.beside[noun], noun), default="")
        if 2 * named >= len(one.texts):
            return title.split(APART)[0]
        if other and 2 * one.beside[other] >= len(one.texts) and self._is_a_matter(other):
            return self._spelling.word(self._nouns.names[other], "de")
        return ""


DONE = "+"
"""Before what is done, so that no verb is taken for a noun."""


def _done(part: str, word: str) -> str:
    """What the forms of a verb or an adjective share, its particle before it: "ausgefallen" and "fällt … aus" are one."""
    if part:
        return f"{DONE}{part}{root(word)}"
    own = max((p for p in SPLIT if word.startswith(p) and len(word) > len(p) + 3), key=len, default="")
    if own:
        return f"{DONE}{own}{root(word[len(own) :].removeprefix('zu'))}"
    stem = stem_of(word, "de")
    bare = stem.removeprefix("ge") if HAPPENED.fullmatch(word) else stem
    return f"{DONE}{bare if len(bare) >= SHORTEST else stem}"


def _waits(text: Text, place: int) -> bool:
    """Whether it stands right before its noun: "das falsche | Ticket"."""
    following = place + 1
    same = following < len(text.clause) and text.clause[following] == text.clause[place]
    return same and text.words[following][0].isupper() and text.lower[place].endswith(("e", *BENT))


def _is_none(text: Text, place: int) -> bool:
    """Whether "kein" stands right before it, or an adjective between: "keine freien Plätze"."""
    return any(word.startswith("kein") for word in text.lower[max(place - 2, 0) : place])


def _form(forms: Counter[str]) -> tuple[str, bool]:
    """The form that is used most, and whether "nicht" stands behind it ("fällt nicht aus") and not before ("nicht ausgefallen"); "" if it is
    none that can stand behind its noun ("falsche")."""
    form = max(forms, key=lambda form: (forms[form], bool(HAPPENED.fullmatch(form)), form))
    if form.endswith("e") or (form.endswith(BENT) and not form.endswith(("en", "er"))):
        return "", False
    return form, not HAPPENED.fullmatch(form) and not form.endswith("en")
