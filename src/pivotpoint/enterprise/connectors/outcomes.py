"""Rules that turn the state of a record into an answer: data, not code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pivotpoint.enterprise.connectors.contract import MappingError
from pivotpoint.enterprise.connectors.fill import dotted
from pivotpoint.pivot.models import Answer

ANY = "*"
"""In `when`: whatever the value is, as long as there is one."""


@dataclass(frozen=True)
class Outcome:
    """If the record has all values of `when` (path → value), the hand-off is answered with this outcome."""

    when: dict[str, str]
    outcome: str
    note: str = ""

    def holds(self, record: Mapping[str, Any]) -> bool:
        return all(_holds(record, path, wanted) for path, wanted in self.when.items())


def _holds(record: Mapping[str, Any], path: str, wanted: str) -> bool:
    try:
        value = dotted(record, path)
    except LookupError:
        return False
    if wanted == ANY:
        return bool(value)
    return wanted in value if isinstance(value, list) else value == wanted


def outcomes_of(raw: Any) -> tuple[Outcome, ...]:
    """Parse and check the rules; MappingError names whatever would fail later."""
    try:
        outcomes = tuple(Outcome(**each) for each in raw)
    except TypeError as error:
        raise MappingError(f"The outcomes are not of the right shape: {error}.") from error
    for each in outcomes:
        if each.outcome not in Answer.Outcome.values:
            raise MappingError(f"The mapping answers “{each.outcome}”, which is no answer.")
        if each.outcome == Answer.Outcome.DECLINED and not each.note:
            raise MappingError("An outcome that declines needs a note: why, for us.")
    return outcomes
