"""What is known of a theme that gets a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textanalytics.base import IntArray
from textanalytics.grammar.keywords import Weights
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.claims import Claims
from textanalytics.naming.saying.worth import MANY

Best = tuple[int, Phrase, str]
"""A phrase, the text that it stands in, and how it is written as a title."""


@dataclass(frozen=True)
class Theme:
    """What is known of a theme that gets a title; all of it of the texts in its main language."""

    label: int
    members: IntArray
    weights: Weights
    backing: Backing
    language: str
    stems: Sequence[int]
    """Its strongest words."""
    keywords: tuple[str, ...]
    claims: Claims | None
    """Who can be asked for what the texts say; nobody where they are few, or where there are few themes."""

    @property
    def small(self) -> bool:
        return self.backing.size < MANY
