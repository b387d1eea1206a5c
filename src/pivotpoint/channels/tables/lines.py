"""Physical lines of a text file, each of bounded length, with a way to hand lines back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TextIO

from pivotpoint.channels.tables.table import LONGEST_LINE, RAW_KEPT, Reject


class Lines:
    """Iterates over lines; a line that is too long becomes a `Reject` in `overlong` and is skipped.

    `taken` holds the lines given out since it was last cleared, so that a record that went wrong can be
    taken apart again with `give_back`.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._returned: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []
        self.overlong: list[Reject] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else self._read()
        self.number += 1
        self.taken.append(line)
        return line

    def _read(self) -> str:
        while True:
            line = self._file.readline(LONGEST_LINE)
            if not line:
                raise StopIteration
            if len(line) < LONGEST_LINE or line.endswith("\n"):
                return line
            self._skip_rest(line)

    def _skip_rest(self, head: str) -> None:
        self.number += 1
        length = len(head)
        while True:
            more = self._file.readline(LONGEST_LINE)
            length += len(more)
            if not more or more.endswith("\n"):
                break
        reason = f"the line is {length:,} characters long; the limit is {LONGEST_LINE:,}"
        self.overlong.append(Reject(self.number, reason, head[:RAW_KEPT]))

    def give_back(self, lines: list[str]) -> None:
        self._returned.extendleft(reversed(lines))
        self.number -= len(lines)
