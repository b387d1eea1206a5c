"""What the API shows of this stage's rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field


class MessageIn(Schema):
    """One message. `external_id` is your own name for it: posting it again changes nothing."""

    external_id: str = Field(max_length=200, examples=["ticket-4711"])
    text: str = Field(max_length=20_000, examples=["I still wait for my refund."])
    channel: str = Field("", description="The channel's key or name, when the address does not name one.")
    handle: str = Field("", description="What the customer is called on that channel.")
    name: str = ""
    email: str = ""
    said_at: datetime | None = Field(None, description="When it was said; now when left out.")
    subject: str = ""
    thread: str = Field("", description="Your own name for the conversation.")
    audience: Literal["us", "about", "elsewhere"] = "us"
    segment: str = ""
    organisation: str = ""
    may_tell: bool | None = Field(None, description="Whether they want to hear what comes of it.")
    data: dict[str, Any] = Field(default_factory=dict)


class Result(Schema):
    """What became of one message: created, repeated (we had it already) or rejected (`detail` says why)."""

    external_id: str
    id: int | None
    status: Literal["created", "repeated", "rejected"]
    detail: str = ""


class Results(Schema):
    results: list[Result]


class MessageOut(Schema):
    id: int
    external_id: str
    channel_id: int
    customer_id: int | None
    conversation_id: int | None
    direction: str
    audience: str
    subject: str
    text: str
    said_at: datetime
    received_at: datetime
    read_at: datetime | None
    quarantined: str
    author_id: int | None
    data: dict[str, Any]


class ConversationOut(Schema):
    id: int
    channel_id: int
    customer_id: int
    subject: str
    owner_id: int
    due_at: datetime
    opened_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    apart: str


class Words(Schema):
    text: str = Field(min_length=1, max_length=20_000)


class Owner(Schema):
    owner: int = Field(description="A user's id.")


class ChannelIn(Schema):
    """Settings of a channel; what is left out stays as it is."""

    name: str | None = Field(None, max_length=80)
    goal: str | None = Field(None, max_length=300, description="Why this channel is there.")
    replies: Literal["free", "approved", "none"] | None = None
    notices: Literal["free", "approved", "none"] | None = None
    notices_per_week: int | None = Field(None, ge=0, le=1_000)
    origins: list[str] | None = Field(None, description="Sites that may embed the form.")
    per_minute: int | None = Field(None, ge=1, le=100_000)
    config: dict[str, Any] | None = None


class NewChannel(ChannelIn):
    name: str = Field(max_length=80)
    kind: Literal["form", "portal", "email", "api", "social", "review", "call", "survey"]
    goal: str = Field(max_length=300, description="Why this channel is there.")


class ChannelOut(Schema):
    id: int
    name: str
    kind: str
    goal: str
    key: str
    replies: str
    notices: str
    notices_per_week: int
    origins: list[str]
    per_minute: int
    config: dict[str, Any]
    opened_at: datetime
    closed_at: datetime | None


class DeliveryOut(Schema):
    id: int
    channel_id: int
    customer_id: int
    message_id: int | None
    purpose: str
    subject: str
    text: str
    key: str
    state: str
    attempts: int
    next_attempt_at: datetime
    sent_at: datetime | None
    reference: str
    error: str
    created_at: datetime
