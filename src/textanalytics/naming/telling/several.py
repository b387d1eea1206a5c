"""Themes that share a thing and no matter: of a credit card one says that it is lost, another asks how to pay with it.

A title out of one of their messages would say of all what few say. They are called by the thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest

from textanalytics.base import BoolArray, IntArray
from textanalytics.grammar.corpus import Corpus, everywhere
from textanalytics.grammar.keywords import Weights, stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.listing import APART, ASTRAY, alike
from textanalytics.naming.saying.nearness import Meaning
from textanalytics.settling import settle

JUDGED = 12
"""Texts from which on it can be told whether they say one thing of it or many."""

NEARER = 0.4
"""A theme has a matter if one phrase is nearer to so many of its texts than the mere thing is."""

THING, WHOLE = 0.4, 0.5
"""Share of the texts that hold what is called the thing; and of these, of those that hold the other half of its name."""

ASKED = 200
"""Texts that are asked, evenly spread."""

TOGETHER = 0.4
"""Where so many hold a second word with it, they say the same of it."""

MATTERS = 4
"""How many are told of one thing."""

TEXTS, SHARE = 3, 0.05
"""Texts, and their share of the theme's, that say what is told, and that did not say what was told before."""

GROUP = 0.08
"""Share of the texts that say one of several matters."""

JUDGING = (Kind.ADJECTIVE, Kind.ADVERB, Kind.PARTICLE)

BELONG, ALIKE, HELD = 0.2, 0.25, 0.6
"""Words that are listed belong together by what they mean, as their mean cosine, or because the texts hold them together: see
`settle.SECOND`; words that only judge ("awful") count for nothing. Where they do not, the texts' mean cosine is less than this, and fewer of them hold two of the theme's
strongest words, nothing holds them together."""


class Several:
    """Tells of the texts of a theme whether they say one thing, several things of one thing, or nothing in common."""

    def __init__(self, corpus: Corpus, meaning: Meaning | None) -> None:
        """Without `meaning`, or where it is known of few themes only, every theme says one thing."""
        self._corpus = corpus
        self._meaning = meaning if meaning is not None and meaning.tells else None
        self._tells = corpus.tells().tolist()
        self._common = everywhere(corpus)

    def asks(self, members: IntArray) -> bool:
        """Whether there are enough of them to tell."""
        return self._meaning is not None and len(members) >= JUDGED

    def are_many(self, members: IntArray, thing: str, said: Sequence[str]) -> bool:
        """Whether of none of the phrases enough of the texts are nearer to it than to the mere thing."""
        some = members[:: -(-len(members) // ASKED)]
        return self._meaning is not None and self._meaning.closer(some, thing, said) < NEARER

    def are_none(self, members: IntArray, listed: str, weights: Weights, backing: Backing) -> bool:
        """Whether the words that are listed for the texts do not belong together, nor are the texts alike: see `BELONG`."""
        if self._meaning is None or len(members) < settle.JUDGED or not self._are_unlike(members):
            return False
        told = [stem for stem in weights.words if self._tells[stem]]
        told = nlargest(settle.WORDS, told, key=lambda stem: (weights.words[stem], -stem))
        second = backing.several(told) / backing.size
        matter = [word for word in listed.split(APART) if kinds("en").get(word.lower()) not in JUDGING]
        together = self._meaning.together(matter)
        return second < HELD and together + settle.SECOND * second < BELONG

    def says_all_sorts(self, members: IntArray, thing: str, weights: Weights) -> bool:
        """Whether at least two things that are said of the thing can be told."""
        told = set_apart(self._corpus, members, weights, thing, self._common)
        return sum(len(texts) >= GROUP * len(members) for texts in told.values()) > 1

    def none_is_told(self, members: IntArray, thing: str, weights: Weights) -> bool:
        """Whether they are not alike, and no two things that are said of the thing can be told."""
        return (
            self._are_unlike(members)
            and len(set_apart(self._corpus, members, weights, thing, self._common)) < 2
        )

    def _are_unlike(self, members: IntArray) -> bool:
        return self._meaning is not None and self._meaning.alike(members) < ALIKE


def thing_of(stems: Sequence[int], others: Sequence[int], backing: Backing, things: BoolArray) -> int:
    """Of these the thing that most of the texts hold, if so many do not hold one of `others` with it; -1 for none."""
    named = (stem for stem in stems if things[stem])
    best = max(named, key=lambda stem: (backing.share(stem), stem), default=-1)
    if best < 0 or backing.share(best) < THING:
        return -1
    second = (len(backing.all_of((best, other))) for other in others if other != best)
    return -1 if max(second, default=0) >= TOGETHER * backing.size else best


def full_name(thing: int, others: Sequence[int], backing: Backing) -> tuple[int, ...]:
    """With the other half of its name, if it is one of `others`: "card" in a theme of credit cards is "credit card"."""
    enough = WHOLE * len(backing.holding(thing))
    for other in others:
        if other != thing and len(backing.all_of((other, thing))) >= enough:
            if backing.are_one(other, thing):
                return other, thing
            if backing.are_one(thing, other):
                return thing, other
    return (thing,)


def set_apart(
    corpus: Corpus, members: IntArray, weights: Weights, title: str, common: frozenset[int]
) -> dict[int, tuple[int, ...]]:
    """The words that set some of these texts apart, each with the texts that hold it; the most telling first. `common` are those
    of which all speak."""
    stem, starts, names = corpus.words.stem, corpus.words.starts, corpus.words.names
    holding: dict[int, set[int]] = {}
    for text in members.tolist():
        for own in set(stem[starts[text] : starts[text + 1]].tolist()) & weights.words.keys():
            holding.setdefault(own, set()).add(text)
    tells = corpus.tells()
    named = {stem_of(word, "en") for word in title.lower().split()}
    spelt = {own: corpus.spelling.word(names[own], "en").lower() for own in holding}
    left = {
        own: texts
        for own, texts in holding.items()
        if tells[own]
        and own not in common
        and names[own] not in ASTRAY
        and stem_of(spelt[own], "en") not in named
    }
    least = max(TEXTS, SHARE * len(members))
    chosen: dict[int, tuple[int, ...]] = {}
    said: set[int] = set()
    while left and len(chosen) < MATTERS:
        best = max(left, key=lambda own: (weights.words[own] * len(left[own] - said) ** 0.5, -own))
        texts = left.pop(best)
        if len(texts - said) < least:
            left = {own: texts for own, texts in left.items() if len(texts - said) >= least}
            continue
        chosen[best] = tuple(sorted(texts))
        said |= texts
        left = {own: texts for own, texts in left.items() if not alike(names[own], names[best])}
    return chosen
