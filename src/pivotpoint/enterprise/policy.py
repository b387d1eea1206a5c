"""Decide whose value of a field counts, from both values and the last value on which both sides agreed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Policy(StrEnum):
    """What happens when the two sides differ. An empty side never overwrites the other."""

    OURS = "ours"
    THEIRS = "theirs"
    FILL = "fill"
    """Only an empty side takes the other's value."""
    ASK = "ask"
    """Whoever changed alone counts; when both did, a person decides."""


class Step(StrEnum):
    NOTHING = "nothing"
    WRITE = "write"
    """Our value goes there."""
    TAKE = "take"
    """Their value comes here."""
    CONFLICT = "conflict"


@dataclass(frozen=True, eq=False)
class Field:
    """One row of the mapping of customers: our field, their path, the policy; `write` is what to write there."""

    ours: str
    theirs: str
    policy: Policy
    write: dict[str, object] | None = None


def decide(policy: Policy, ours: str, theirs: str, agreed: str | None) -> Step:
    """`agreed` is the last common value, None if there has never been one."""
    if ours == theirs:
        return Step.NOTHING
    if not ours:
        return Step.TAKE if policy != Policy.OURS else Step.NOTHING
    if not theirs:
        return Step.WRITE if policy != Policy.THEIRS else Step.NOTHING
    if policy == Policy.ASK:
        return _by_change(ours, theirs, agreed)
    return {Policy.OURS: Step.WRITE, Policy.THEIRS: Step.TAKE, Policy.FILL: Step.NOTHING}[policy]


def _by_change(ours: str, theirs: str, agreed: str | None) -> Step:
    if agreed is None:
        return Step.CONFLICT
    if agreed == ours:
        return Step.TAKE
    return Step.WRITE if agreed == theirs else Step.CONFLICT
