"""Messages with two matters, made of two real ones: whether both are heard, and whether one is taken for two.

Four fifths of the rows make themes. Of the others pairs are joined as people join them: two labels, or one label twice.
A message alone, and one label twice, have one matter. Where a message stands alone says which theme is right.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import Encoder
from textanalytics.evaluate.tables import BadInput
from textanalytics.evaluate.themes import Figures, gather
from textanalytics.matters import Said, besides
from textanalytics.reading.reading import Reader
from textanalytics.themes import ThemeIndex

STOP, LINE = ". ", "\n"
JOINTS = (STOP, ", and ", " but ", " also ", LINE, ". Besides, ")
NAMES = ("stop", "and", "but", "also", "line", "besides")
HELD_OUT, LEAST = 0.2, 20
"""Share of the messages that make no theme, and how many of them there must be at least."""

Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class Heard:
    """For each message the theme that it is in, and those in which a part of it counts."""

    own: list[int]
    others: list[set[int]]

    def counts(self, i: int) -> set[int]:
        return {self.own[i], *self.others[i]} - {-1}


class Ears:
    """Themes made of some messages, which hear others."""

    def __init__(self, texts: Sequence[str], encoder: Encoder, detail: float) -> None:
        self.encoder, self.reader = encoder, Reader()
        self.index = ThemeIndex(encoder.dimensions, detail=detail)
        self.clusters = gather(self.index, texts, encoder)
        self.index.consolidate()
        self.kept = self.index.rows(), self.index.state()
        self.worked, self.looked_at = 0.0, 0

    def hear(self, texts: Sequence[str]) -> Heard:
        """All join a copy of the themes, then the parts of each are asked."""
        index = ThemeIndex.from_rows(*self.kept)
        clusters = gather(index, texts, self.encoder)
        own = index.themes_of(clusters).tolist()
        said = [
            Said(i, text, micro) for i, (text, micro) in enumerate(zip(texts, clusters.tolist(), strict=True))
        ]
        began = time.process_time()
        parts = [part for part in besides(said, index, self.encoder, self.reader) if part.home >= 0]
        self.worked, self.looked_at = self.worked + time.process_time() - began, self.looked_at + len(texts)
        others: list[set[int]] = [set() for _ in texts]
        homes = index.themes_of(np.array([part.home for part in parts], np.int64)).tolist()
        for part, home in zip(parts, homes, strict=True):
            others[part.message] |= {home} - {own[part.message]}
        return Heard(own, others)


def measure(
    texts: Sequence[str], labels: Sequence[str], encoder: Encoder, *, detail: float, seed: int
) -> Figures:
    """`labels` say which two messages are about different things; which themes are right is where each stands alone."""
    first = round(HELD_OUT * len(texts))
    held, names = list(texts[:first]), list(labels[:first])
    if first < LEAST or len(set(names)) < 2:
        raise BadInput(
            f"{round(LEAST / HELD_OUT)} rows of two labels or more are needed; there are {len(texts)}."
        )
    ears = Ears(texts[first:], encoder, detail)
    alone = ears.hear(held)
    two, one = pairs(names, alone.own, seed)
    if not two:
        raise BadInput("Messages of different labels stand in one theme; nothing can be joined.")
    told, same = (ears.hear(_joined_all(held, some)) for some in (two, one))
    wanted = [{alone.own[a], alone.own[b]} for a, b in two]
    both = [right <= told.counts(i) for i, right in enumerate(wanted)]
    figures: Figures = {
        "themes_of": len(texts) - first,
        "pairs": len(two),
        "both_found": _share(both),
        "one_found": _share([len(right & told.counts(i)) == 1 for i, right in enumerate(wanted)]),
        "third_claimed": _share([not told.counts(i) <= right for i, right in enumerate(wanted)]),
    }
    for i, name in enumerate(NAMES):
        figures[f"both_found_{name}"] = _share(both[i :: len(NAMES)])
    return figures | {
        "pairs_of_one": len(one),
        "second_claimed_of_one": _share([len(same.counts(i)) > 1 for i in range(len(one))]),
        "single": len(held),
        "second_claimed_of_single": _share([bool(others) for others in alone.others]),
        "messages_per_processor_second": round(ears.looked_at / max(ears.worked, 1e-9)),
    }


def _joined_all(texts: Sequence[str], couples: Pairs) -> list[str]:
    """The ways in which people join two things in turn."""
    return [joined(texts[a], texts[b], JOINTS[i % len(JOINTS)]) for i, (a, b) in enumerate(couples)]


def pairs(labels: Sequence[str], themes: Sequence[int], seed: int) -> tuple[Pairs, Pairs]:
    """Messages in two themes and of two labels; and messages of one theme and label. In each list a message stands once:
    joined messages that share one would know one another by it."""
    order = [i for i in np.random.default_rng(seed).permutation(len(labels)).tolist() if themes[i] >= 0]
    return (
        _coupled(order, lambda a, b: labels[a] != labels[b] and themes[a] != themes[b]),
        _coupled(order, lambda a, b: labels[a] == labels[b] and themes[a] == themes[b]),
    )


def _coupled(order: Sequence[int], fit: Callable[[int, int], bool]) -> Pairs:
    """Each with the first behind it that fits and is free."""
    free, found = list(order), []
    while free:
        one = free.pop(0)
        other = next((i for i in free if fit(one, i)), None)
        if other is not None:
            free.remove(other)
            found.append((one, other))
    return found


def joined(first: str, second: str, joint: str) -> str:
    """Two messages as one: within a sentence the first has no full stop, and the second no capital.

    >>> joined("Is it late?", "I want a refund.", ", and "), joined("It is late", "My card is lost", ". Besides, ")
    ('Is it late, and I want a refund.', 'It is late. Besides, my card is lost')
    """
    ends = first.rstrip() if joint == LINE else first.rstrip().rstrip(".!?")
    if joint[0] == "." and first.rstrip()[-1:] in ("?", "!"):
        ends, joint = first.rstrip(), joint[1:]
    own = joint in (STOP, LINE) or second[:1] == "I" and not second[1:2].isalpha()
    return f"{ends}{joint}{second if own else second[:1].lower() + second[1:]}"


def _share(hits: Sequence[bool]) -> float | None:
    return round(float(np.mean(hits)), 4) if len(hits) else None
