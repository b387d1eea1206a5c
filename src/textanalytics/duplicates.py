"""Copies: the same words, whatever their case and blanks, always meet the same micro-cluster again.

A micro-cluster's centre moves as it grows, so nearness alone cannot promise "same text, same theme".
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from textanalytics.base import IntArray

MOST = 1024
"""Texts remembered of one micro-cluster; past that its centre no longer moves."""


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
