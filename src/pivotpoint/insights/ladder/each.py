"""A file of several houses, read house by house: a ladder for each, as if the file held nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import perf_counter

from pivotpoint.insights.ladder.climb import Step, climb
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.ladder import Ladder, Ledger
from pivotpoint.insights.ladder.words import count

LEAST = 100
"""Messages of a house that has a ladder of its own."""

OTHERS = "others"


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


@dataclass(frozen=True)
class Parts:
    """What was heard, house by house."""

    large: dict[str, Heard]
    small: Heard
    """Of all houses with few messages, and what is nobody's."""

    @property
    def are_several(self) -> bool:
        return len(self.large) + bool(self.small.texts) > 1 and bool(self.large)


def apart(heard: Heard) -> Parts:
    large = {house: heard.of({house}) for house, count in heard.names.most_common() if count >= LEAST}
    return Parts(large, heard.of(heard.tallies.keys() - large.keys()))


def climb_each(parts: Parts, *, source: str, by: str, notes: list[str], step: Step = lambda *_: None) -> Each:
    """Raises `LedgerDoesNotBalance` if a row went missing on the way."""
    ladders = [_climb(house, heard, source, step) for house, heard in parts.large.items()]
    if not parts.small.texts:
        return Each(source, by, notes, ladders, parts.small.ledger)
    ladders.append(_climb(OTHERS, parts.small, source, step))
    return Each(source, by, [*notes, _together(parts, by)], ladders)


def _climb(house: str, heard: Heard, source: str, step: Step) -> Ladder:
    started = perf_counter()
    ladder = climb(heard, source=source, notes=[], step=step)
    return replace(ladder, house=house, seconds=perf_counter() - started)


def _together(parts: Parts, by: str) -> str:
    """Who the others are."""
    small, nobody = parts.small.names, parts.small.houses.count("")
    said = [f"{len(small):,} with fewer than {LEAST} messages{' each' * (len(small) > 1)}"] if small else []
    said += [f"{count(nobody, 'message')} without a {by}"] if nobody else []
    return f"{OTHERS} are read together: {', and '.join(said)}"
