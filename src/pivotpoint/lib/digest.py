"""A short name for a long one."""

from __future__ import annotations

import hashlib


def digest(words: str, length: int = 32) -> str:
    """The first `length` hex characters of the SHA-256: the same words, the same name."""
    return hashlib.sha256(words.encode()).hexdigest()[:length]
