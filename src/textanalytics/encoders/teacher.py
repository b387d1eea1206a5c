"""What a static encoder can be distilled from: an encoder that also shows the vectors of its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tokenizers import Tokenizer

from textanalytics.base import Encoder, FloatArray


class Teacher(Encoder, Protocol):
    """A model with a tokenizer of its own."""

    @property
    def tokenizer(self) -> Tokenizer: ...

    def encode_ids(self, ids: Sequence[Sequence[int]]) -> FloatArray:
        """(n, dimensions) unit rows of texts that are given as ids, with the marks that the model expects."""
        ...
