"""Conversations for the desk's tests: people write, through the real door."""

from __future__ import annotations

from typing import Any

from pivotpoint.channels.inbound import Inbound
from pivotpoint.channels.inbox import receive
from pivotpoint.channels.models import Channel, Message
from pivotpoint.listening.models import Reading

WORDS = "The sofa went back four weeks ago. Do I still get my refund?"


def write(channel: Channel, name: str = "Hanne Vos", text: str = WORDS, **more: Any) -> Message:
    """One live message of somebody called `name`; it opens or continues their conversation."""
    email = f"{name.split()[0].lower()}@home.example"
    number = Message.objects.count()
    (receipt,) = receive(channel, [Inbound(f"x{number}", text, email=email, name=name, **more)])
    return Message.objects.select_related("conversation", "customer", "channel").get(pk=receipt.message_id)


def read(message: Message, mood: str = "negative") -> Reading:
    """As the reader would have: the word refund decided."""
    at = message.text.find("refund")
    return Reading.objects.create(
        message=message,
        language="en",
        sentiment={"negative": -0.6, "neutral": 0.0, "positive": 0.6}[mood],
        mood=mood,
        intent="complaint",
        about_us=True,
        actionable=True,
        function="finance",
        confidence={"intent": 0.97, "mood": 0.9},
        evidence={"intent": [[at, at + 6]]} if at >= 0 else {},
        version="test",
    )
