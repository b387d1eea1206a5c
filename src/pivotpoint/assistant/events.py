"""What the assistant records. The subject of the last two is the request."""

from __future__ import annotations

from pivotpoint.journal.record import register

CHANGED = register("assistant.changed", "The assistant was set up, changed, or switched on or off.")
ASKED = register(
    "assistant.asked", "Masked words left the house; data.use says what for, data.tokens how many."
)
DECIDED = register(
    "assistant.decided", "A person approved, edited or threw away a suggestion; data.outcome says which."
)
