"""Words that unusually many different people use: what rises inside a wide theme, or across themes.

A theme is judged by its people; a fault that is a tenth of a wide theme drowns in it for days. Its words do not: each word
is judged as a theme is (`rises.rises`), all words of one look together. Words that the same messages hold are one burst.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from textanalytics import lexicons, surges
from textanalytics.base import IntArray
from textanalytics.grammar import Kind, kinds
from textanalytics.keywords import stem_of
from textanalytics.rises import Hours, Rise, rises
from textanalytics.text import tokens
from textanalytics.trends import LEAST_PEOPLE, WEEK

HISTORY = 28
"""Days that say how often a word is usual."""

SHORTEST, SHOWN = 3, 3
"""Letters of a word that is judged; words that are named of one burst."""

PLAIN = ("small talk", "vague", "asking", "pleading", "boosters", "dampers", "negators")
"""Lists of words that say nothing about a matter."""

TELLING = frozenset({Kind.OPEN, Kind.ADJECTIVE, Kind.PARTICLE})
"""Classes of words that may say what happened: "late", "down"; "second", "sorry" and "minutes" do not."""

TOGETHER = 0.5
"""Words share a burst when so much of the rarer one's messages hold the other too."""


@dataclass(frozen=True)
class Heard:
    """Messages of the last `HISTORY` days: the numbers of each one's words, its `day` (0 is the oldest), who spoke.

    `days` is how many days there are, the last is today.
    """

    words: Sequence[IntArray]
    day: IntArray
    person: IntArray
    days: int


@dataclass(frozen=True)
class Burst:
    """`words` by number, the strongest first; `messages` of the last week that hold it, as places in `Heard`."""

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


def bursts(heard: Heard) -> list[Burst]:
    """What bursts today, the surest first. Nothing in the first week: until then every word is new."""
    if heard.days <= WEEK or not len(heard.day):
        return []
    lengths = np.fromiter(map(len, heard.words), np.int64, len(heard.words))
    message = np.repeat(np.arange(len(heard.words)), lengths)
    word = np.concatenate([*heard.words, np.zeros(0, np.int64)])
    recent = heard.day[message] >= heard.days - WEEK
    spoken = _pairs(word[recent], heard.person[message[recent]])[0]
    asked = np.flatnonzero(np.bincount(spoken, minlength=1) >= LEAST_PEOPLE)
    if not len(asked):
        return []
    mine = np.isin(word, asked)
    people = _people(np.searchsorted(asked, word[mine]), message[mine], len(asked), heard)
    everyone = np.bincount(_pairs(heard.day, heard.person)[0], minlength=heard.days)
    found = rises(people, everyone, _no_hours(len(asked)), tested=len(asked), false_before=[0] * len(asked))
    holding = {
        one.index: message[recent & (word == asked[one.index])]
        for one in sorted(found, key=lambda one: (one.chance, one.index))
    }
    return _together(found, holding, asked)


def _together(found: Sequence[Rise], holding: dict[int, IntArray], asked: IntArray) -> list[Burst]:
    by_index = {one.index: one for one in found}
    groups: list[list[int]] = []
    for index, messages in holding.items():
        for group in groups:
            lead = holding[group[0]]
            shared = len(np.intersect1d(messages, lead))
            if shared >= TOGETHER * min(len(messages), len(lead)):
                group.append(index)
                break
        else:
            groups.append([index])
    return [
        Burst(
            tuple(int(asked[i]) for i in group[:SHOWN]),
            np.sort(holding[group[0]]),
            by_index[group[0]],
        )
        for group in groups
    ]


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
    once = np.unique(left * size + right)
    return once // size, once % size


def _no_hours(words: int) -> Hours:
    windows = len(surges.WINDOWS)
    return Hours(np.zeros((words, windows), np.int64), np.zeros(windows, np.int64), np.ones((words, windows)))
