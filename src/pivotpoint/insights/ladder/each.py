"""A file of several houses, read house by house: a ladder for each, as if the file held nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import perf_counter

from pivotpoint.insights.ladder.climb import Step, climb
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.ladder import Ladder, Ledger
from pivotpoint.insights.ladder.parts import OTHERS, Parts


@dataclass
class Each:
    source: str
    by: str
    """The column that says whose each message is."""
    notes: list[str]
    """What was guessed and decided of the whole file, one phrase each."""
    ladders: list[Ladder]
    """The most messages first; what the small houses say comes last, read together."""
    left: Ledger = field(default_factory=Ledger)
    """Rows that are in no ladder: of houses of which no message was heard."""

    @property
    def rows(self) -> int:
        return self.left.rows + sum(ladder.ledger.rows for ladder in self.ladders)


def climb_each(parts: Parts, *, source: str, by: str, notes: list[str], step: Step = lambda *_: None) -> Each:
    """Raises `LedgerDoesNotBalance` if a row went missing on the way."""
    ladders = [_climb(house, heard, source, step) for house, heard in parts.large.items()]
    if not parts.small.texts:
        return Each(source, by, notes, ladders, parts.small.ledger)
    ladders.append(_climb(OTHERS, parts.small, source, step))
    return Each(source, by, [*notes, parts.told_of_small(by)], ladders)


def _climb(house: str, heard: Heard, source: str, step: Step) -> Ladder:
    started = perf_counter()
    ladder = climb(heard, source=source, notes=[], step=step)
    return replace(ladder, house=house, seconds=perf_counter() - started)
