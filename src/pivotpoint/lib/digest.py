"""A short name for a long one."""

from __future__ import annotations

import hashlib


def digest(words: str, length: int = 32) -> str:
    """The first `length` hexadecimal characters of the SHA-256 of `words`."""
    return hashlib.sha256(words.encode()).hexdigest()[:length]
