"""The labelled tables of the evaluation, cut where one file must teach and be asked."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np

Row = Mapping[str, str]
STARS = {"1": "negative", "2": "negative", "3": "neutral", "4": "positive", "5": "positive"}


class Sets:
    """`folder` is only read; what is cut is written to `work`."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder, self.work = folder, work

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

    def rows(self, name: str) -> list[dict[str, str]]:
        with self.file(name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def write(self, name: str, rows: Iterable[Row]) -> Path:
        kept = list(rows)
        path = self.work / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(kept[0]))
            writer.writeheader()
            writer.writerows(kept)
        return path

    def some(self, name: str, meets: Callable[[Row], bool], size: int, new: str) -> Path:
        """At most `size` of the rows that meet a condition, in a fixed shuffled order."""
        found = [row for row in self.rows(name) if meets(row)]
        order = np.random.default_rng(1).permutation(len(found))[:size].tolist()
        return self.write(new, [found[i] for i in order])

    def halves(self, name: str, asked: float) -> tuple[Path, Path]:
        """(what teaches, what is asked): a random cut; `asked` is the share of the second."""
        found = self.rows(name)
        order = np.random.default_rng(0).permutation(len(found)).tolist()
        cut = round(len(found) * (1 - asked))
        taught, rest = ([found[i] for i in part] for part in (order[:cut], order[cut:]))
        return self.write(f"{name}-taught", taught), self.write(f"{name}-asked", rest)

    def by(self, name: str, second: Callable[[Row], bool], new: str) -> tuple[Path, Path]:
        """(the other rows, the rows that meet the condition)"""
        found = self.rows(name)
        one = [row for row in found if not second(row)]
        return self.write(f"{new}-taught", one), self.write(f"{new}-asked", filter(second, found))

    def stars(self) -> Path:
        """Reviews with their stars as a mood."""
        rows = self.rows("app_reviews")
        return self.write("app_reviews-moods", [row | {"sentiment": STARS[row["rating"]]} for row in rows])
