"""One text as words, each with its class and its clause: what phrases are cut from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from textanalytics.grammar.kinds import Kind


@dataclass(frozen=True, slots=True)
class Text:
    """One text as words. `clause[i]` counts up at every punctuation mark and noise word."""

    words: list[str]
    lower: list[str]
    kind: list[Kind]
    clause: list[int]
    asked: frozenset[int]
    """Clauses that end on a question mark."""
    german: bool = False
    cut: list[Any] = field(default_factory=list, compare=False, repr=False)
    """What has been cut from it, once somebody has asked (`phrases.whole`)."""
    turned: list[list[bool]] = field(default_factory=list, compare=False, repr=False)
    """Which words it denies, once somebody has asked (`negation.denied`)."""
