"""Other matters of a message: the parts of it that another theme than its own is about.

A message is cut where people go on to something else, and split in two (three, where that says clearly more) so that each
side is as near as can be to what others have said. It stays whole when the whole is nearer. These parts shape no theme, so
nothing moves because of them; they say where else a message counts.

>>> from textanalytics.encoders import default
>>> texts = ["My parcel never arrived", "The parcel is still missing", "The app crashes on start", "Your app keeps crashing"]
>>> said = ["My parcel never arrived and your app keeps crashing"]
>>> index, encoder, reader = ThemeIndex(), default(), Reader()
>>> micros = index.add(encoder.encode(texts), texts), index.consolidate()
>>> own = index.add(encoder.encode(said), said).tolist()
>>> [part.text for part in besides([Said(0, said[0], own[0])], index, encoder, reader)]
['My parcel never arrived', 'your app keeps crashing']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby, pairwise

import numpy as np

from textanalytics.base import Encoder, FloatArray, Span
from textanalytics.grouping.vague import is_vague
from textanalytics.reading.intent import Matter
from textanalytics.reading.reading import Reader
from textanalytics.reading.readings import Readings
from textanalytics.reading.sides import parts
from textanalytics.speakers.turns import customers_words
from textanalytics.text import clean
from textanalytics.themes import ThemeIndex
from textanalytics.words.page import Vocabulary, open_page

LOSS, GAIN, KNOWN = 0.01, 0.05, 0.9
"""Cosine that two sides may be less near to what others said than the whole is; how much nearer three must be than two;
and what the whole is at most credited with: others may have said the same two things together."""

APART = 0.6
"""Cosine of a part with the rest of its message from which they are one matter."""

AGREED, SURE, SURER = 0.3, 0.92, 0.97
"""A part is about a theme when its nearness, and AGREED times the share of its neighbours that are of this theme, are
together SURE; SURER, when nobody could act upon it."""

TELLING, ALIKE = 2, 0.8
"""Words that have to say what a part is about, and one more where it points back; one is enough for a part that others
have said alike."""

POINTS_BACK = re.compile(r"(?<!\w)(?:ones?|it|them|davon|damit|dafür|eso)\W*$", re.IGNORECASE)
"""What ends so is about something that was named before: "Can you refund the second one?"."""

STRANGE, STRANGER = 0.4, 0.5
"""A part waits for a theme when it is less near than this to the rest of its message, and to everything that was said."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message by its key, its text, and the micro-cluster that it has joined."""

    key: int
    text: str
    cluster: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a message says besides, and how that was read; `home` is the cluster that it is about, -1 while there is
    none."""

    message: int
    span: Span
    text: str
    home: int
    negative: bool
    actionable: bool
    function: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Parts of one message that follow one another, from the part `first` to before `end`. `own` is the message's theme,
    `theme` and `home` what the run is about, `near` its cosine to the nearest that was said, `agreed` the theme's share."""

    said: Said
    first: int
    end: int
    span: Span
    own: int
    theme: int
    home: int
    near: float
    agreed: float

    @property
    def text(self) -> str:
        return self.said.text[slice(*self.span)]

    @property
    def rest(self) -> str:
        return f"{self.said.text[: self.span[0]]} {self.said.text[self.span[1] :]}"


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a run says by itself: its words that say what it is about, its cosine with the rest of its message, and
    whether somebody praises, blames or wants something (`told`). Nothing counts that is not about us."""

    run: _Run
    part: Part
    words: float
    alike: float
    told: bool
    about_us: bool

    @property
    def is_sure(self) -> bool:
        leans = self.run.first > 0 and POINTS_BACK.search(self.part.text) is not None
        enough = self.words >= TELLING + leans or (not leans and self.words > 0 and self.run.near >= ALIKE)
        sure = self.run.near + AGREED * self.run.agreed >= (SURE if self.told else SURER)
        return self.about_us and enough and sure and self.alike < APART

    @property
    def waits(self) -> bool:
        return self.about_us and self.part.actionable and self.alike < STRANGE


def besides(said: Sequence[Said], index: ThemeIndex, encoder: Encoder, reader: Reader) -> list[Part]:
    """Of messages that another theme than their own is about, too, each part with its home, also where that is the own
    theme's: the whole may move later. And parts without a home, which wait for one."""
    runs = _runs(said, index, encoder)
    sides = _of_two([run for run in _sides(runs) if run.theme >= 0])
    sure = {one.run: one.part for one in _heard(sides, encoder, reader) if one.is_sure}
    kept = _of_two(_once(list(sure)))
    strange = [run for run in runs if run.end == run.first + 1 and run.near < STRANGER]
    waiting = [one.part for one in _heard(_outside(strange, kept), encoder, reader) if one.waits]
    return [sure[run] for run in kept] + [replace(part, home=-1) for part in waiting]


def _runs(said: Sequence[Said], index: ThemeIndex, encoder: Encoder) -> list[_Run]:
    """All runs of the messages that can be cut."""
    cut = [
        (one, first, end, (spans[first][0], spans[end - 1][1]))
        for one in (replace(one, text=customers_words(one.text)) for one in said)
        for spans in (parts(one.text),)
        for first, end in combinations(range(len(spans) + 1 if spans else 0), 2)
    ]
    if not cut:
        return []
    clusters = np.array([one.cluster for one, *_ in cut], np.int64)
    found = index.homes(_vectors([one.text[slice(*span)] for one, *_, span in cut], encoder), clusters)
    columns = (index.themes_of(clusters), found.theme, found.cluster, found.near, found.agreed)
    facts = zip(*(column.tolist() for column in columns), strict=True)
    return [_Run(*place, *known) for place, known in zip(cut, facts, strict=True)]


def _vectors(texts: Sequence[str], encoder: Encoder) -> FloatArray:
    return encoder.encode([clean(text) for text in texts])


def _sides(runs: Sequence[_Run]) -> list[_Run]:
    """The sides of each message that is nearer to what was said when it is split than as a whole."""
    return [run for _, own in groupby(runs, lambda run: run.said.key) for run in _split(list(own))]


def _split(runs: Sequence[_Run]) -> list[_Run]:
    """Of all runs of one message those into which it is best split; [] if it is best left whole. As binary segmentation
    (Scott and Knott 1974), but with both cuts of three sides tried at once: there are few."""
    at = {(run.first, run.end): run for run in runs}
    last = max(run.end for run in runs)
    best, bar = [at[0, last]], min(at[0, last].near, KNOWN) - LOSS
    for cuts in (1, 2):
        ways = [
            [at[first, end] for first, end in pairwise((0, *inner, last))]
            for inner in combinations(range(1, last), cuts)
        ]
        best = max([way for way in ways if _nearness(way) > bar], key=_nearness, default=best)
        bar = max(bar, _nearness(best)) + GAIN
    return best if len(best) > 1 else []


def _nearness(way: Sequence[_Run]) -> float:
    return sum(run.near for run in way) / len(way)


def _heard(runs: Sequence[_Run], encoder: Encoder, reader: Reader) -> list[_Heard]:
    if not runs:
        return []
    texts = [run.text for run in runs]
    alike = (_vectors(texts, encoder) * _vectors([run.rest for run in runs], encoder)).sum(1).tolist()
    words = Matter().count(open_page(texts, Vocabulary())).tolist()
    empty, read = is_vague([clean(text) for text in texts]).tolist(), reader.read(texts)
    return [
        _Heard(
            run,
            _part(run, read, i),
            words[i],
            alike[i],
            told=bool(read.actionable[i]) or (read.mood[i] != "neutral" and read.function[i] != ""),
            about_us=bool(read.about_us[i]) and not empty[i],
        )
        for i, run in enumerate(runs)
    ]


def _part(run: _Run, read: Readings, i: int) -> Part:
    negative, actionable = read.mood[i] == "negative", bool(read.actionable[i])
    return Part(run.said.key, run.span, run.text, run.home, negative, actionable, read.function[i])


def _of_two(runs: Sequence[_Run]) -> list[_Run]:
    """Those of messages of which some part is about another theme than the message's own."""
    foreign = {run.said.key for run in runs if run.theme != run.own}
    return [run for run in runs if run.said.key in foreign]


def _once(runs: Sequence[_Run]) -> list[_Run]:
    """Without those of which another of the same message is nearer to the same theme: a message counts there once."""
    best: dict[tuple[int, int], _Run] = {}
    for run in sorted(runs, key=lambda run: (-run.near, run.span)):
        best.setdefault((run.said.key, run.theme), run)
    kept = set(best.values())
    return [run for run in runs if run in kept]


def _outside(runs: Sequence[_Run], others: Sequence[_Run]) -> list[_Run]:
    """Those that are no part of one of the others."""
    taken = {(run.said.key, i) for run in others for i in range(run.first, run.end)}
    return [run for run in runs if (run.said.key, run.first) not in taken]
