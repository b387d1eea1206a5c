"""The signed token in an address or Message-ID that proves that the sender received this hand-off's e-mail."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable

from pivotpoint.lib.crypto import derived
from pivotpoint.pivot.models import Handoff

_TOKEN = re.compile(r"(loop-\d+-\d+-\d+)\.([0-9a-f]{20})(?=[@>+]|$)")
"""The local part of an address has at most 64 characters, and its capitals may be lost on the way."""


def sign(handoff: Handoff) -> str:
    return f"{handoff.key}.{_seal(handoff.key)}"


def find(words: Iterable[str]) -> str:
    """The key of the hand-off of the first valid token, or ""."""
    for each in words:
        for key, seal in _TOKEN.findall(each.lower()):
            if hmac.compare_digest(seal, _seal(key)):
                return str(key)
    return ""


def _seal(key: str) -> str:
    own = derived("replies to hand-offs").encode()
    return hmac.new(own, key.encode(), hashlib.sha256).hexdigest()[:20]
