"""Copies: the same words, whatever their case and blanks, always meet the same micro-cluster again.

A micro-cluster's centre moves as it grows, so nearness alone cannot promise "same text, same theme".
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from textanalytics.base import IntArray

MOST = 1024
"""Texts remembered of one micro-cluster; past that its centre no longer moves."""

LONG_ENOUGH = 12
"""Words from which on two people do not find the same ones by chance: of CLINC150's short requests one in fifty is said
twice, of 2,795 that long none."""

SENTENCE = 5
"""Words of a sentence that says something; a greeting, a name or a farewell under a copied text has fewer."""

_NO_WORDS = re.compile(r"https?://\S+|\S*@\S+")
_ENDS = re.compile(r"[.!?\n]+")
_WORDS = re.compile(r"[^\W\d_]+")


def copy_mark(text: str) -> int:
    """63 bits that a text shares with its copies, 0 for one too short to be a copy.

    Copies are the same words in the same order; greeting and farewell, names after them, numbers, addresses, case and
    punctuation aside. "Still waiting" is what many say by themselves, and no copy however often it comes.
    """
    if text.count(" ") + text.count("\n") < LONG_ENOUGH - 1:
        return 0
    sentences = (_WORDS.findall(part) for part in _ENDS.split(_NO_WORDS.sub(" ", text.casefold())))
    words = [word for sentence in sentences if len(sentence) >= SENTENCE for word in sentence]
    if len(words) < LONG_ENOUGH:
        return 0
    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "little") >> 1) or 1


def fewer(people: Sequence[int], marks: Sequence[int]) -> tuple[int, int]:
    """(people who sent nothing but copied texts, texts that count for them) of one theme's messages.

    A text is copied when two people or more sent it. Whoever also wrote words of their own counts by those.
    """
    senders: dict[int, set[int]] = {}
    for person, mark in zip(people, marks, strict=True):
        if mark:
            senders.setdefault(mark, set()).add(person)
    copied = {mark for mark, some in senders.items() if len(some) > 1}
    first: dict[int, int] = {}
    own = {person for person, mark in zip(people, marks, strict=True) if mark not in copied}
    for person, mark in zip(people, marks, strict=True):
        if person not in own:
            first[person] = min(mark, first.get(person, mark))
    return len(first), len(set(first.values()))


def fingerprint(text: str) -> int:
    """64 bits that stand for the text's words."""
    folded = " ".join(text.casefold().split())
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class SeenTexts:
    """Which micro-cluster a text went to the first time."""

    def __init__(self) -> None:
        self._micro: dict[int, int] = {}
        self._of: dict[int, array[int]] = {}

    def find(self, prints: Sequence[int]) -> IntArray:
        """(n,) micro id as it was given then, -1 for a new text."""
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
