"""Values of readings as people say them."""

from __future__ import annotations

INTENTIONS = {"churn threat": "threat to leave", "other": "something else"}
"""Where the word of the page is not the value."""


def intention(intent: str) -> str:
    """What a message is for."""
    return INTENTIONS.get(intent, intent)
