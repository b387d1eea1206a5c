"""Copies: the same words, whatever their case and blanks, always meet the same micro-cluster again.

A micro-cluster's centre moves as it grows, so nearness alone cannot promise "same text, same theme".
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

import numpy as np

from textanalytics.base import IntArray
from textanalytics.speakers.turns import customers_words

MOST = 1024
"""Texts remembered of one micro-cluster; past that its centre no longer moves."""

LONG_ENOUGH = 12
"""Words from which on two people do not find the same ones by chance: of CLINC150's short requests one in fifty is said
twice, of 2,795 that long none."""

LINKED = 7
"""The same before or behind a link: so a headline is passed on."""

SENTENCE = 5
"""Words of a sentence that says something; a greeting, a name or a farewell under a copied text has fewer."""

NEAR_ENOUGH = 18
"""Words from which on a copy with a word changed is told: two thirds of them, twelve, are then the same."""

PASSED_ON = re.compile(r"(?:^|\s)[RM]T\s+@\w+:?\s+|[\"“”]\s*@\w+\s*:\s*")
PASSING = ("RT @", "MT @", '"@', "“@", "”@", '" @', "“ @", "” @")
ENDED = re.compile(r"https?://\S+|[\"“”]")
SHORTEST = 4
"""Where somebody else's words begin that are passed on, and end; of so many it is told that they are the same."""

PARTS = 3
_NO_WORDS = re.compile(r"https?://\S+|\S*@\S+")
_ENDS = re.compile(r"[.!?\n]+")
_WORDS = re.compile(r"[^\W\d_]+")
_FULL_NAMES = re.compile(r"\b([A-ZÄÖÜ][a-zäöüß]+)(?: [A-ZÄÖÜ][a-zäöüß]+)+")

Marks = tuple[int, int, int, int]
"""Of the whole text, and of the text without its first, middle and last third; 63 bits each, 0 for none."""
NO_MARKS: Marks = (0, 0, 0, 0)


def copy_marks(text: str) -> Marks:
    """What a text shares with its copies: the first mark with every copy, one of the others with a copy that has a
    word, or several near one another, exchanged. All 0 for a text too short to be a copy.

    Copies are the same words in the same order; greeting and farewell, names after them, numbers, addresses, case and
    punctuation aside. "Still waiting" is what many say by themselves, and no copy however often it comes; a headline with its link is one. What somebody passes on
    ("RT @acme: …") is a copy, however short, unless they say a sentence of their own about it.
    """
    if any(mark in text for mark in PASSING) and (passed := _passed_on(text)):
        marks = copy_marks(passed)
        return marks if any(marks) else (_hash(_WORDS.findall(passed.casefold())) or 1, 0, 0, 0)
    enough = LINKED if "://" in text else LONG_ENOUGH
    if text.count(" ") + text.count("\n") < enough - 1:
        return NO_MARKS
    text = customers_words(text)
    words = _own_words(text)
    if len(words) < enough:
        return NO_MARKS
    whole = _hash(words) or 1
    near = words
    if _FULL_NAMES.search(text):
        near = _own_words(_FULL_NAMES.sub(r"\1", text))
    count = len(near)
    if count < NEAR_ENOUGH:
        return whole, 0, 0, 0
    third = count // PARTS
    first, middle, last = (_hash(part) for part in (near[:third], near[third:-third], near[-third:]))
    return whole, _both(1, count, middle, last), _both(2, count, first, last), _both(3, count, first, middle)


def copy_mark(text: str) -> int:
    """What a text shares with those that say the same, word for word."""
    return copy_marks(text)[0]


def _passed_on(text: str) -> str:
    """The words of somebody else in a text that says hardly anything else; "" for none."""
    found = PASSED_ON.search(text)
    if not found:
        return ""
    said, *after = ENDED.split(text[found.end() :], maxsplit=1)
    own = f"{text[: found.start()]} {' '.join(after)}"
    few = len(_WORDS.findall(_NO_WORDS.sub(" ", own))) < SENTENCE
    return said if few and len(_WORDS.findall(said)) >= SHORTEST else ""


def _own_words(text: str) -> list[str]:
    """Without sentences that say nothing."""
    sentences = (_WORDS.findall(part) for part in _ENDS.split(_NO_WORDS.sub(" ", text.casefold())))
    return [word for sentence in sentences if len(sentence) >= SENTENCE for word in sentence]


def _hash(words: Sequence[str]) -> int:
    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def _both(place: int, count: int, one: int, other: int) -> int:
    """One mark of two, other for another place or number of words; never 0."""
    mixed = (
        one * 0x9E3779B97F4A7C15 + other * 0xC2B2AE3D27D4EB4F + place * 0x165667B19E3779F9 + count
    ) % 2**64
    return ((mixed ^ mixed >> 29) >> 1) or 1


def fewer(
    people: Sequence[int], marks: Sequence[Sequence[int]], said: Mapping[int, int] | None = None
) -> tuple[int, int]:
    """(number of people who sent only copied texts, number of texts that count instead) for one theme's messages.

    A text is copied when two people or more sent it, or one that differs by so little. Whoever also wrote words of their
    own counts by those. With `said`, the messages of each person in all, texts that share no mark may be left out.
    """
    senders: dict[int, set[int]] = {}
    for person, own in zip(people, marks, strict=True):
        for mark in own:
            if mark:
                senders.setdefault(mark, set()).add(person)
    copied = {mark for mark, some in senders.items() if len(some) > 1}
    campaigns = _Joined()
    texts: dict[int, list[int]] = {}
    counted: Counter[int] = Counter(people) if said is None else Counter(said)
    for person, own in zip(people, marks, strict=True):
        shared = [mark for mark in own if mark in copied]
        for mark in shared:
            campaigns.join(shared[0], mark)
        if shared:
            texts.setdefault(person, []).append(shared[0])
    copiers = {person: own for person, own in texts.items() if len(own) == counted[person]}
    return len(copiers), len({min(map(campaigns.of, own)) for own in copiers.values()})


class _Joined:
    """Marks that belong to one campaign; the least of them stands for it."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def of(self, mark: int) -> int:
        while (above := self._above.get(mark, mark)) != mark:
            self._above[mark] = self._above.get(above, above)
            mark = above
        return mark

    def join(self, one: int, other: int) -> None:
        least, most = sorted((self.of(one), self.of(other)))
        if least != most:
            self._above[most] = least


def fingerprint(text: str) -> int:
    """A 64-bit hash of the text's words."""
    folded = " ".join(text.casefold().split())
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class SeenTexts:
    """Remembers the micro-cluster to which each text went first."""

    def __init__(self) -> None:
        self._micro: dict[int, int] = {}
        self._of: dict[int, array[int]] = {}

    def find(self, prints: Sequence[int]) -> IntArray:
        """(n,) the micro-cluster's id as it was given then, -1 for a new text."""
        return np.fromiter((self._micro.get(mark, -1) for mark in prints), np.int64, len(prints))

    def remember(self, mark: int, micro: int) -> None:
        kept = self._of.get(micro)
        if kept is None:
            kept = self._of[micro] = array("Q")
        if mark not in self._micro and len(kept) < MOST:
            self._micro[mark] = micro
            kept.append(mark)

    def forget(self, mark: int) -> None:
        micro = self._micro.pop(mark, None)
        if micro is not None:
            self._of[micro].remove(mark)

    def pack(self, micro: int) -> bytes:
        """The texts that first came to this micro-cluster, eight bytes each."""
        kept = self._of.get(micro)
        return kept.tobytes() if kept else b""

    def unpack(self, micro: int, packed: bytes) -> None:
        if packed:
            kept = self._of[micro] = array("Q", packed)
            self._micro.update(dict.fromkeys(kept, micro))
