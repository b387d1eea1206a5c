"""Words that unusually many different people use: what rises inside a wide theme, or across themes.

A theme is judged by its people; a fault that is a tenth of a wide theme drowns in it for days. Its words do not: each word
is judged as a theme is (`rises.rises`), all words of one look together; and so is each pair of words that stand near each
other, for "comment" and "load" may be said every day and "comments do not load" never before. What the same messages
hold is one burst.

A word is said of many matters that have nothing to do with each other ("cancel" of an order, of a card, of a trip), and
then rises by chance. So the bar falls with how much the messages are about one thing: it is multiplied by the chance that
two of them are of the theme that most of them are of (weighted tests: Genovese, Roeder and Wasserman 2006).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from textanalytics import lexicons
from textanalytics.base import IntArray
from textanalytics.grammar.keywords import stem_of
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.rising.alerts import FALSE_SHARE, PART_OF_PAIRS, PART_OF_WORDS
from textanalytics.rising.rises import Rise, least_chance, no_hours, rises
from textanalytics.text import tokens
from textanalytics.trends import LEAST_PEOPLE, SIGNIFICANT, WEEK
from textanalytics.words.numbers import distinct

HISTORY = 28
"""Days that say how often a word is usual."""

SHORTEST, SHOWN = 3, 3
"""Letters of a word that is judged; words that are named of one burst."""

PLAIN = ("small talk", "vague", "asking", "pleading", "boosters", "dampers", "negators")
"""Lists of words that say nothing about a matter."""

TELLING = frozenset({Kind.OPEN, Kind.ADJECTIVE, Kind.PARTICLE})
"""Classes of words that may say what happened: "late", "down"; "second", "sorry" and "minutes" do not."""

FEW_DAYS, MANY_PEOPLE = 3, 500
"""Days, and people over all of them, that say before the first week is over which words are usual."""

MOST_USUAL = 1 / 15
"""The share of everybody from which on a word that they use every day ("flight", to an airline) tells of no matter."""

NEAR = 3
"""Words, of those that say what a text is about, at most so far apart are a pair."""

TOGETHER = 0.5
"""Words share a burst when so much of the rarer one's messages hold the other too."""


@dataclass(frozen=True)
class Heard:
    """Messages of the last `HISTORY` days: the numbers of each one's words, its `day` (0 is the oldest), who spoke.

    `themes` is (n, 2): a message, as its place, and a theme that it is of; it may be of several or of none. `days` is how
    many days there are, the last is today.
    """

    words: Sequence[IntArray]
    day: IntArray
    person: IntArray
    themes: IntArray
    days: int


@dataclass(frozen=True)
class Burst:
    """`words` by number, the strongest first; `messages` that hold it since it rose, of the last week, as places in `Heard`."""

    words: tuple[int, ...]
    messages: IntArray
    rise: Rise


def matter(text: str, language: str) -> dict[str, str]:
    """The words that say what a text is about: stem and spelling.

    >>> matter("The videos are out of sync, and the video stops", "en")
    {'video': 'videos', 'sync': 'sync', 'stop': 'stops'}
    """
    found: dict[str, str] = {}
    for word, _, _ in tokens(text):
        if len(word) >= SHORTEST and word[0].isalpha() and word not in plain():
            found.setdefault(stem_of(word.removesuffix("'s"), language), word)
    return found


@cache
def plain() -> frozenset[str]:
    holding = (word for word, kind in (*kinds("en").items(), *kinds("de").items()) if kind not in TELLING)
    return frozenset(lexicons.common_words()).union(holding, *map(lexicons.words, PLAIN))


@dataclass(frozen=True)
class _Terms:
    """Each `term`, a number, that each `message` holds; `words` of a term; `part` is theirs of the false alarms."""

    term: IntArray
    message: IntArray
    words: Callable[[int], tuple[int, ...]]
    part: float


@dataclass(frozen=True)
class _Found:
    words: tuple[int, ...]
    messages: IntArray
    rise: Rise


def bursts(heard: Heard) -> list[Burst]:
    """What bursts today, the surest first. Nothing in the first week: until then every word is new."""
    if not _knows(heard):
        return []
    found = [one for terms in (_words(heard), _near(heard)) for one in _rising(terms, heard)]
    return _together(sorted(found, key=lambda one: (one.rise.chance, one.words)))


def _knows(heard: Heard) -> bool:
    """Whether enough was heard before today to know which words are usual."""
    before = len(_pairs(heard.day, heard.person)[0]) - len(
        np.unique(heard.person[heard.day == heard.days - 1])
    )
    return heard.days > WEEK or (heard.days > FEW_DAYS and before >= MANY_PEOPLE)


def _words(heard: Heard) -> _Terms:
    lengths = np.fromiter(map(len, heard.words), np.int64, len(heard.words))
    word = np.concatenate([*heard.words, np.zeros(0, np.int64)])
    return _Terms(word, np.repeat(np.arange(len(heard.words)), lengths), lambda term: (term,), PART_OF_WORDS)


def _near(heard: Heard) -> _Terms:
    """Pairs, as larger * size + smaller."""
    one = _words(heard)
    size = int(one.term.max(initial=0)) + 1
    pairs, messages = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for apart in range(1, NEAR + 1):
        same = one.message[apart:] == one.message[:-apart]
        left, right = one.term[:-apart][same], one.term[apart:][same]
        pairs.append(np.maximum(left, right) * size + np.minimum(left, right))
        messages.append(one.message[apart:][same])
    return _Terms(
        np.concatenate(pairs),
        np.concatenate(messages),
        lambda pair: (pair % size, pair // size),
        PART_OF_PAIRS,
    )


def _rising(terms: _Terms, heard: Heard) -> list[_Found]:
    recent = heard.day[terms.message] >= heard.days - WEEK
    lately, number = np.unique(terms.term[recent], return_inverse=True)
    spoken = _pairs(number, heard.person[terms.message[recent]])[0]
    asked = lately[np.bincount(spoken, minlength=len(lately)) >= LEAST_PEOPLE]
    if not len(asked):
        return []
    place = np.minimum(np.searchsorted(asked, terms.term), len(asked) - 1)
    mine = asked[place] == terms.term
    place, message = place[mine], terms.message[mine]
    day = heard.day[message]
    people = _people(place, message, len(asked), heard)
    everyone = np.bincount(_pairs(heard.day, heard.person)[0], minlength=heard.days)
    found = rises(
        people,
        everyone,
        no_hours(len(asked)),
        tested=len(asked),
        false_before=[0] * len(asked),
        part=terms.part,
        significant=SIGNIFICANT,  # A word is said of many matters: it has to be as unlikely as an onset.
    )
    rising = [
        _Found(
            terms.words(int(asked[one.index])), np.unique(message[(place == one.index) & (day >= since)]), one
        )
        for one in found
        if (since := max(heard.days - WEEK, min(one.day, heard.days - one.hours // 24))) >= 0
    ]
    return [
        one
        for one in rising
        if one.rise.expected <= MOST_USUAL * everyone[-(one.rise.hours // 24) :].sum()
        and _is_enough(one, terms.part, weight(one.messages, heard.themes))
    ]


def _is_enough(one: _Found, part: float, weight: float) -> bool:
    """Whether it is as unlikely as what so little about one thing has to be."""
    rise = one.rise
    return (
        rise.chance <= weight * least_chance(SIGNIFICANT) and rise.false_share <= weight * part * FALSE_SHARE
    )


def weight(messages: IntArray, themes: IntArray) -> float:
    """The chance that two of the messages, drawn one after the other and put back, are of their commonest theme.

    >>> weight(np.array([0, 1, 2, 3]), np.array([[0, 7], [1, 7], [2, 5], [4, 7]]))
    0.25
    """
    own = themes[np.isin(themes[:, 0], messages), 1]
    most = np.unique(own, return_counts=True)[1].max(initial=0)
    return float(most / len(messages)) ** 2


def _together(found: Sequence[_Found]) -> list[Burst]:
    groups: list[list[_Found]] = []
    for one in found:
        for group in groups:
            shared = len(np.intersect1d(one.messages, group[0].messages))
            if shared >= TOGETHER * min(len(one.messages), len(group[0].messages)):
                group.append(one)
                break
        else:
            groups.append([one])
    return [Burst(_named(group), group[0].messages, group[0].rise) for group in groups]


def _named(group: Sequence[_Found]) -> tuple[int, ...]:
    """Words that rise by themselves; where none does, those of the pairs that do."""
    alone: list[tuple[int, ...]] = [one.words for one in group if len(one.words) == 1]
    named = alone or [one.words for one in group]
    return tuple(dict.fromkeys(word for words in named for word in words))[:SHOWN]


def spellings(words: Sequence[dict[str, str]]) -> dict[str, str]:
    """The most frequent spelling of each stem."""
    counts: dict[str, Counter[str]] = {}
    for one in words:
        for stem, word in one.items():
            counts.setdefault(stem, Counter())[word] += 1
    return {stem: max(sorted(seen), key=seen.__getitem__) for stem, seen in counts.items()}


def _people(place: IntArray, message: IntArray, words: int, heard: Heard) -> IntArray:
    """(words, days) different people."""
    cell = place * heard.days + heard.day[message]
    counts = np.bincount(_pairs(cell, heard.person[message])[0], minlength=words * heard.days)
    return counts.reshape(words, heard.days)


def _pairs(left: IntArray, right: IntArray) -> tuple[IntArray, IntArray]:
    """The different pairs of two columns."""
    size = int(right.max(initial=0)) + 1
    once = distinct(left * size + right)
    return once // size, once % size
