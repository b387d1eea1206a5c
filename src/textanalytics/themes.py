"""Themes: messages that mean the same thing, under ids that stay while the data grow.

A message joins a micro-cluster for life; micro-clusters belong to themes and may move when the themes are
consolidated. What a person decided (`hold`) stays through every later run. Same calls, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from textanalytics.base import FloatArray, IntArray
from textanalytics.duplicates import fingerprint
from textanalytics.grouping.aside import Aside, nobody
from textanalytics.grouping.homes import Homes, homeless, homes, joined
from textanalytics.grouping.micros import BATCH, SAMPLES, Micros, leaders, unit, vote
from textanalytics.grouping.moods import Felt
from textanalytics.grouping.regroup import Asked, Run, kinship, mostly_vague
from textanalytics.grouping.vague import is_vague
from textanalytics.grouping.wording import Worded
from textanalytics.words.blas import one_thread

__all__ = ["Consolidation", "Felt", "MicroRow", "ThemeIndex", "Worded", "is_vague"]


@dataclass(frozen=True)
class Consolidation:
    """What a run decided: `themes` per micro id (-1 none), micro ids that `moved`, themes that vanished by a
    merge and what took them over (`aliases`), new themes and what they split from (`parents`)."""

    themes: IntArray
    moved: IntArray
    aliases: dict[int, int]
    parents: dict[int, int]


@dataclass(frozen=True)
class MicroRow:
    """A micro-cluster as a table keeps it. `total` is its vector sum (float32), `seen` its texts' prints."""

    id: int
    theme: int
    folded_into: int
    held: bool
    count: int
    total: bytes
    samples: tuple[str, ...]
    seen: bytes


class ThemeIndex:
    """Grows by `add`, is put in order by `consolidate`, is kept by `rows` and `state`."""

    def __init__(
        self, dimensions: int = 256, *, detail: float = 1.5, cap: int = 12_000, seed: int = 0
    ) -> None:
        self.dimensions, self.detail, self.cap, self.seed = dimensions, detail, cap, seed
        self._micros = Micros(dimensions, cap)
        self._next = 0
        self._settled = 0
        """Micro-clusters with a smaller id have been through a run; the themes of the others are guesses."""
        self._vague = -1
        self._aliases: dict[int, int] = {}

    def __len__(self) -> int:
        """Micro-clusters ever made; ids run from 0 to this less one."""
        return len(self._micros)

    @property
    def vague(self) -> int:
        """The theme of messages that name no matter; -1 while there is none."""
        return self._vague

    def add(self, vectors: FloatArray, texts: Sequence[str]) -> IntArray:
        """(n,) micro id per message, for life. `vectors` are the encoder's unit rows."""
        out = np.empty(len(texts), np.int64)
        for start in range(0, len(texts), BATCH):
            part = slice(start, start + BATCH)
            with one_thread(scipy=False):
                out[part] = self._add(np.asarray(vectors[part], np.float32), texts[part])
                if len(self._micros.live) > self.cap:
                    self._micros.fold()
        return out

    def _add(self, vectors: FloatArray, texts: Sequence[str]) -> IntArray:
        micros = self._micros
        prints = [fingerprint(text) for text in texts]
        ids = micros.seen.find(prints)
        new = {prints[i]: i for i in np.flatnonzero(ids < 0)[::-1].tolist()}
        if new:
            first = sorted(new.values())
            for i, micro in zip(
                first, self._place(vectors[first], [texts[i] for i in first]).tolist(), strict=True
            ):
                micros.seen.remember(prints[i], micro)
                new[prints[i]] = micro
            ids = np.fromiter(
                (new[mark] if i < 0 else i for mark, i in zip(prints, ids.tolist(), strict=True)),
                np.int64,
                len(ids),
            )
        micros.put(micros.resolve(ids), vectors, texts)
        return ids

    def _place(self, vectors: FloatArray, texts: Sequence[str]) -> IntArray:
        """The nearest micro-cluster within reach of each new text, or a new one."""
        micros = self._micros
        near = micros.nearest(vectors)
        ids = np.full(len(vectors), -1, np.int64)
        if near.shape[1]:
            best = near.argmax(1)
            close = near[np.arange(len(near)), best] >= micros.tau
            ids[close] = micros.live[best[close]]
        rest = np.flatnonzero(ids < 0)
        follows = rest[leaders(vectors[rest], micros.tau)]
        first = np.unique(follows)
        themes = self._guess(near[first], [texts[i] for i in first])
        made = micros.create(len(first))
        micros.theme[made] = themes
        ids[rest] = made[np.searchsorted(first, follows)]
        return ids

    def _guess(self, near: FloatArray, texts: Sequence[str]) -> IntArray:
        """Provisional themes of new micro-clusters by their nearest."""
        themes = self._micros.theme[self._micros.live]
        guessed = vote(near, themes, (themes >= 0) & (themes != self._vague))
        return np.where(is_vague(texts), self._vague, guessed)

    def resolve(self, micros: IntArray) -> IntArray:
        """The micro-cluster that now stands for each."""
        return self._micros.resolve(np.asarray(micros, np.int64))

    def themes_of(self, micros: IntArray) -> IntArray:
        """(n,) theme of each micro id, -1 none; follows folds."""
        return self._micros.theme[self.resolve(micros)]

    def consolidate(
        self, aside: Aside = nobody, felt: Felt | None = None, worded: Worded | None = None
    ) -> Consolidation:
        """Bring all themes in order. Ids stay: see `communities.warm` and `partition.continue_themes`. Of many, `aside`
        may be asked for some of the work. With `felt`, who praises and who blames are two themes: see `moods.by_mood`. With
        `worded`, what has no words in common is taken apart: see `wording.by_words`."""
        micros = self._micros
        told = micros.theme.copy()
        stand = micros.counts > 0
        live, counts = micros.live[stand], micros.counts[stand]
        old, held = micros.theme[live], micros.held[live]
        with one_thread():
            new = self._regroup(live, np.where(old == self._vague, -1, old), Asked(aside, felt, worded))
        aliases, parents = kinship(
            old[~held], new[~held], counts[~held], set(micros.theme[live[held]].tolist())
        )
        micros.theme[live] = new
        micros.theme = micros.theme[micros.stands]
        moved = np.flatnonzero(micros.theme != told)
        self._settled = len(micros)
        self._aliases.update(aliases)
        return Consolidation(micros.theme.copy(), moved, aliases, parents)

    def _regroup(self, live: IntArray, old: IntArray, asked: Asked) -> IntArray:
        """(n,) the theme of each of `live`, those that name no matter apart."""
        micros, new = self._micros, old.copy()
        vague = np.fromiter((mostly_vague(micros.samples[i]) for i in live.tolist()), np.bool_, len(live))
        vague &= ~micros.held[live]
        if vague.any():
            if self._vague < 0:
                self._vague = self.new_theme()
            new[vague] = self._vague
        rest = np.flatnonzero(~vague)
        if len(rest):
            run = Run(micros, live[rest], old[rest], live[rest] < self._settled, self._next)
            new[rest], self._next = run.themes(asked, detail=self.detail, seed=self.seed)
        return new

    def hold(self, micros: IntArray, theme: int) -> None:
        """A person decided: these micro-clusters stay in `theme` through every later consolidation."""
        ids = np.unique(self.resolve(micros))
        theme = self._follow(theme)
        self._next = max(self._next, theme + 1)
        self._micros.theme[ids] = theme
        self._micros.held[ids] = True
        self._micros.dirty[ids] = True

    def release(self, micros: IntArray) -> None:
        """Undo of `hold`: the next consolidation may move them."""
        ids = np.unique(self.resolve(micros))
        self._micros.held[ids] = False
        self._micros.dirty[ids] = True

    def new_theme(self) -> int:
        """The next unused theme id."""
        self._next += 1
        return self._next - 1

    def forget(self, micros: IntArray, vectors: FloatArray, texts: Sequence[str] = ()) -> None:
        """Erasure: take the messages' vectors out of the sums, and kept texts equal to one of `texts`."""
        ids = self.resolve(micros)
        self._micros.shift(ids, np.asarray(vectors, np.float32), -1)
        gone = {fingerprint(text) for text in texts}
        for mark in gone:
            self._micros.seen.forget(mark)
        for i in np.unique(ids).tolist():
            kept = self._micros.samples[i]
            kept[:] = [text for text in kept if fingerprint(text) not in gone]
        self._micros.dirty[np.asarray(micros)] = True

    def similar(self, theme: int, k: int = 5) -> list[tuple[int, float]]:
        """The nearest other themes and their cosine, nearest first; the vague one is nobody's neighbour."""
        themes, centres = self._centroids()
        near = centres @ self.centroid(theme)
        near[np.isin(themes, [self._follow(theme), self._vague])] = -9
        order = np.argsort(-near, kind="stable")[:k]
        return [(int(themes[i]), float(near[i])) for i in order if near[i] > -9]

    def homes(self, vectors: FloatArray, micros: IntArray) -> Homes:
        """For each part of a message, of which `micros` says where the whole is, what it is about. A cluster that holds the
        message alone is not asked: every part is near the whole."""
        kept = self._micros
        place = kept.slots(micros)
        alone = kept.counts[place] <= 1
        themes = kept.theme[kept.live]
        asked = (themes >= 0) & (themes != self._vague) & (kept.counts > 0)
        found = [homeless(0)]
        for start in range(0, len(vectors) if asked.any() else 0, BATCH):
            rows = slice(start, start + BATCH)
            with one_thread(scipy=False):
                cosines = np.where(asked, kept.nearest(np.asarray(vectors[rows], np.float32)), 0.0)
            own = np.flatnonzero(alone[rows])
            cosines[own, place[rows][own]] = 0.0
            found.append(homes(cosines, themes, kept.live))
        return joined(found) if asked.any() else homeless(len(vectors))

    def centroid(self, theme: int) -> FloatArray:
        """(dimensions,) unit mean of the theme's messages; zeros for a theme without any."""
        mine = self._micros.theme[self._micros.live] == self._follow(theme)
        return unit(self._micros.sums[mine].sum(0))

    def samples(self, theme: int, limit: int = 200) -> list[str]:
        """Kept texts of the theme, from its biggest micro-clusters first."""
        micros = self._micros
        mine = np.flatnonzero(micros.theme[micros.live] == self._follow(theme))
        order = mine[np.argsort(-micros.counts[mine], kind="stable")]
        texts = [text for i in micros.live[order].tolist() for text in micros.samples[i]]
        return texts[:limit]

    def texts(self) -> Iterator[str]:
        """Kept texts of all themes: one of each micro-cluster, the biggest first; then another of each that has more."""
        order = np.argsort(-self._micros.counts, kind="stable")
        kept = [self._micros.samples[i] for i in self._micros.live[order].tolist()]
        return (some[turn] for turn in range(SAMPLES) for some in kept if turn < len(some))

    def changed(self) -> IntArray:
        """Micro ids whose row changed since the last call, but for the theme: `themes_of` tells who has moved."""
        found = np.flatnonzero(self._micros.dirty)
        self._micros.dirty[:] = False
        return found

    def _follow(self, theme: int) -> int:
        while theme in self._aliases:
            theme = self._aliases[theme]
        return theme

    def _centroids(self) -> tuple[IntArray, FloatArray]:
        micros = self._micros
        themes, place = np.unique(micros.theme[micros.live], return_inverse=True)
        sums = np.zeros((len(themes), self.dimensions), np.float32)
        np.add.at(sums, place, micros.sums)
        known = themes >= 0
        return themes[known], unit(sums[known])

    def state(self) -> dict[str, Any]:
        """Everything beside the rows; fits JSON."""
        return {
            "schema": 1,
            "dimensions": self.dimensions,
            "detail": self.detail,
            "cap": self.cap,
            "seed": self.seed,
            "tau": self._micros.tau,
            "next_theme": self._next,
            "vague": self._vague,
            "settled": self._settled,
            "aliases": {str(gone): taken for gone, taken in self._aliases.items()},
        }

    def rows(self, micros: Iterable[int] | None = None) -> list[MicroRow]:
        """One row per micro id, all without an argument. A folded one keeps its id and has no sum."""
        kept = self._micros
        counts, sums = kept.counts.tolist(), kept.sums
        out = []
        for i in range(len(kept)) if micros is None else map(int, micros):
            stands = int(kept.stands[i])
            own = stands == i
            slot = int(kept.slot[i])
            out.append(
                MicroRow(
                    id=i,
                    theme=int(kept.theme[i]),
                    folded_into=-1 if own else stands,
                    held=bool(kept.held[i]),
                    count=counts[slot] if own else 0,
                    total=sums[slot].tobytes() if own else b"",
                    samples=tuple(kept.samples[i]),
                    seen=kept.seen.pack(i),
                )
            )
        return out

    @classmethod
    def from_rows(cls, rows: Iterable[MicroRow], state: Mapping[str, Any]) -> ThemeIndex:
        """The index as it was: same calls, same answers. `ValueError` when the rows are not whole."""
        if state.get("schema") != 1:
            raise ValueError(
                f"Themes of schema {state.get('schema')} cannot be read; this version reads schema 1."
            )
        index = cls(state["dimensions"], detail=state["detail"], cap=state["cap"], seed=state["seed"])
        index._next, index._vague = state["next_theme"], state["vague"]
        index._aliases = {int(gone): taken for gone, taken in state["aliases"].items()}
        index._micros.load(sorted(rows, key=lambda row: row.id), state["tau"])
        index._settled = state.get("settled", len(index))
        return index
