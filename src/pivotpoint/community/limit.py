"""So often may one address write to the portal."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

PER_MINUTE = 20


def too_many(request: HttpRequest, what: str, *, per_minute: int = PER_MINUTE) -> bool:
    """Count this request; whether its address has used up the present minute."""
    key = f"portal:{what}:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, timeout=60):
        return False
    try:
        return cache.incr(key) > per_minute
    except ValueError:
        # The minute ended between the two calls.
        return False
