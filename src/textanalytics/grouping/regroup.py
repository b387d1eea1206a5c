"""One run over the micro-clusters of an index: neighbours, loyalty to what was known, words, moods, and names that go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import BoolArray, IntArray
from textanalytics.grouping.aside import Aside, nobody
from textanalytics.grouping.hysteresis import keep_company
from textanalytics.grouping.micros import Micros, unit
from textanalytics.grouping.moods import FOLLOWED, Clusters, Felt, by_mood
from textanalytics.grouping.partition import FEW, continue_themes, group_few, group_many
from textanalytics.grouping.vague import is_vague_text
from textanalytics.grouping.wording import Grouped, Worded, by_words


@dataclass(frozen=True)
class Asked:
    """Of a run: of many clusters `aside` may be asked for some of the work. With `felt`, who praises and who blames are two
    themes; with `worded`, what has no words in common is taken apart."""

    aside: Aside = nobody
    felt: Felt | None = None
    worded: Worded | None = None


class Run:
    """`live` (n,) are the micro ids to be grouped, `old` (n,) their themes (-1 none). Of what is neither held nor `settled`
    (n,), by an earlier run, the theme is a guess. New themes are numbered from `first` on."""

    def __init__(self, micros: Micros, live: IntArray, old: IntArray, settled: BoolArray, first: int) -> None:
        self.live, self.old, self.first = live, old, first
        self.stands = micros.stands
        slots = micros.slot[live]
        self.units, self.counts, self.held = micros.units[slots], micros.counts[slots], micros.held[live]
        self.samples = [micros.samples[i] for i in live.tolist()]
        self.known = np.where(settled | self.held, old, -1)

    def themes(self, asked: Asked, *, detail: float, seed: int) -> tuple[IntArray, int]:
        """(n,) the theme of each, and the first number that is still free."""
        groups = self._neighbours(asked.aside, detail, seed)
        centred = unit(self.units - self.units.mean(0))
        groups = keep_company(groups, self.known, centred, self.counts, self.held)
        known, weights = self.known, self.counts
        if asked.worded is not None:
            groups = self._by_words(groups, asked.worded, asked.felt)
        if asked.felt is not None:
            # Work may have begun because of what was only guessed to be of a theme.
            known = np.where(np.isin(self.old, list(asked.felt.followed)), self.old, known)
            groups, weights = self._by_mood(groups, known, asked.felt)
        named, free = continue_themes(groups, known, weights, self.held, self.first)
        return np.where(self.held, self.old, named), free

    def _neighbours(self, aside: Aside, detail: float, seed: int) -> IntArray:
        texts = [" . ".join(kept) for kept in self.samples]
        if len(self.live) <= FEW:
            return group_few(self.units, texts, self.old)
        return group_many(
            self.units, self.counts, texts, self.old, self.held, detail=detail, seed=seed, aside=aside
        )

    def _by_words(self, groups: IntArray, worded: Worded, felt: Felt | None) -> IntArray:
        """The groups with those apart that have no words in common; without `felt` all are in one mood."""
        said = [next(iter(kept), "") for kept in self.samples]
        praise, blame = felt.sums(self.stands, self.live) if felt else (np.zeros_like(self.counts),) * 2
        moods = np.sign(praise - blame)
        named, _ = continue_themes(groups, self.known, self.counts, self.held, self.first)
        grouped = Grouped(said, self.units, self.counts, moods, self.held, self.known, named)
        return by_words(groups, grouped, worded)

    def _by_mood(self, groups: IntArray, known: IntArray, felt: Felt) -> tuple[IntArray, IntArray]:
        """The groups with the smaller mood apart; and what each cluster weighs where a theme's name is given on."""
        praise, blame = felt.sums(self.stands, self.live)
        weights = self.counts + FOLLOWED * blame * np.isin(known, list(felt.followed))
        named, _ = continue_themes(groups, known, weights, self.held, self.first)
        return by_mood(groups, Clusters(self.counts, praise, blame, self.held, known, named), felt), weights


def mostly_vague(texts: Sequence[str]) -> bool:
    return 2 * sum(map(is_vague_text, texts)) > len(texts)


def kinship(
    old: IntArray, new: IntArray, counts: IntArray, alive: set[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Vanished theme -> where most of it went; new theme -> where most of it came from."""
    shares: dict[tuple[int, int], int] = {}
    for was, now, count in zip(old.tolist(), new.tolist(), counts.tolist(), strict=True):
        if was >= 0 and now >= 0 and was != now:
            shares[was, now] = shares.get((was, now), 0) + count
    before, after = set(old.tolist()), set(new.tolist()) | alive
    aliases: dict[int, int] = {}
    parents: dict[int, int] = {}
    for was, now in sorted(shares, key=lambda pair: (-shares[pair], pair)):
        if was not in after:
            aliases.setdefault(was, now)
        if now not in before and now not in alive:
            parents.setdefault(now, was)
    return aliases, parents
