"""Types and vocabularies that all analysers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

Span = tuple[int, int]
"""Half-open character offsets into the text exactly as it was given."""

FUNCTIONS = ("service", "sales", "marketing", "product", "finance", "supply")
SPOKEN = ("complaint", "request", "question", "praise", "other")
SIGNALS = ("churn threat", "crisis")
INTENTS = (*SPOKEN, *SIGNALS)
"""What a message wants; of the last two, rare and grave, patterns decide (signals.py)."""

MOODS = ("negative", "neutral", "positive")
REASONS = (
    "empty",
    "advertisement",
    "automated",
    "company reply",
    "small talk",
    "news",
    "elsewhere",
    "too short",
    "rival",
    "trade",
)
"""Why a message is not about us; "" when it is. About whom it is instead: see RELEVANCES."""

RELEVANCES = ("us", "rival", "trade", "noise")


def relevance_of(reason: str) -> str:
    """Whom a message is about: us, a rival, the trade as a whole, or nobody that matters here.

    >>> [relevance_of(reason) for reason in ("", "rival", "advertisement")]
    ['us', 'rival', 'noise']
    """
    return reason if reason in ("rival", "trade") else "noise" if reason else "us"


@dataclass(frozen=True, slots=True)
class Result:
    """One judgement of one text: what, how sure (0 to 1), and the words that decided."""

    value: str
    confidence: float
    evidence: tuple[Span, ...] = ()


class Encoder(Protocol):
    """Maps texts to vectors. Stateless: the same text always has the same vector."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) rows of unit length; a text without any known piece is a row of zeros."""
        ...
