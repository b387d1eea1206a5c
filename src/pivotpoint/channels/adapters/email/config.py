"""Settings of an e-mail channel."""

from __future__ import annotations

from pydantic import Field

from pivotpoint.channels.adapters.base import Settings


class Config(Settings):
    """`sender` is the address that customers see and answer to; empty: MAIL_FROM."""

    sender: str = Field(
        "",
        max_length=200,
        pattern=r"^[^\r\n]*$",
        description="The address that customers see and answer to. Empty: that of the installation.",
    )
