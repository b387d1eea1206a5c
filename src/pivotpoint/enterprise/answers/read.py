"""Read new messages where people talk, and turn them into answers."""

from __future__ import annotations

from collections.abc import Mapping

from pivotpoint.enterprise.connectors.contract import Reads, Said
from pivotpoint.enterprise.models import Counterpart
from pivotpoint.pivot import answers
from pivotpoint.pivot.models import Answer, Destination, Handoff


def read_on(connector: Reads, destination: Destination, place: str) -> tuple[int, str]:
    """Store what was said since `place`; returns (number of new answers, the next place).

    The caller stores the place at the end. After a crash the same messages are read again and recognised.
    """
    part = connector.read(destination, place)
    _pair(destination, part.found)
    return sum(take(said, destination) for said in part.said), part.place


def _pair(destination: Destination, found: Mapping[str, str]) -> None:
    """An attempt whose answer was lost is known by its record all the same, so that what is said to it counts."""
    for handoff in Handoff.objects.filter(destination=destination, key__in=list(found)):
        Counterpart.objects.get_or_create(handoff=handoff, defaults={"record": found[handoff.key]})


def take(said: Said, destination: Destination) -> int:
    """Returns 1 when it was new and belongs to a hand-off of this destination, else 0."""
    handoff = Handoff.objects.filter(destination=destination, counterpart__record=said.record).first()
    key = f"said-{said.key}"[:120]
    if handoff is None or Answer.objects.filter(handoff=handoff, key=key).exists():
        return 0
    answers.answer(handoff, said.outcome, note=said.note, key=key, actor_name=said.who)
    return 1
