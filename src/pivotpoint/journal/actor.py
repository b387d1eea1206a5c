"""Who did it: a user, a token, a customer or the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted, as the journal stores it. `kind` is user, token, customer or system."""

    kind: str
    id: int | None
    name: str


SYSTEM = Actor("system", None, "Pivotpoint")


def actor_of(by: Any) -> Actor:
    """The actor for a user, a token, a customer, an Actor, or None (the system)."""
    if by is None:
        return SYSTEM
    if isinstance(by, Actor):
        return by
    return Actor(by._meta.model_name, by.pk, str(by))
