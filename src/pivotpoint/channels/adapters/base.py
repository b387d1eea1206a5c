"""What all adapters share."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

# (kind, handle) of each identity of one person, the newest first.
Handles = Sequence[tuple[str, str]]

# The address of somebody whom we cannot write to, and who reads the answer on the page behind their own link.
PAGE = "page"


class ChannelError(Exception):
    """A delivery failed. With `permanent`, a retry would not help; somebody must look at it."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class Settings(BaseModel):
    """What every channel may set."""

    model_config = ConfigDict(extra="forbid")

    answer_hours: float = Field(24, gt=0, le=8_760, description="Hours until an answer is due.")
    follow_up_hours: float = Field(
        72, gt=0, le=8_760, description="Hours after our answer until somebody looks again."
    )


def mail_of(handles: Handles) -> str:
    """Their e-mail address, or ""."""
    return next((handle for kind, handle in handles if kind == "email"), "")
