"""Close conversations that need no answer: advertisements that came as messages leave the inbox, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from pivotpoint.channels import apart
from pivotpoint.channels.models import Conversation, Message
from pivotpoint.lib.among import among
from pivotpoint.listening.models import Reading

REASONS = ("advertisement", "automated", "news")
"""Small talk is not among them: who says thanks may still wait."""
SURE = 0.9
"""How sure the reader must be: whom we leave without an answer by mistake is a customer lost."""


def keep_apart(messages: Collection[int], *, by: Any = None) -> int:
    """Conversations of these messages in which nothing but noise was heard; how many. Two queries for any number."""
    if not messages:
        return 0
    theirs = Message.objects.filter(among("pk", messages), conversation__isnull=False)
    heard: dict[int, list[Message]] = defaultdict(list)
    for said in _heard(list(theirs.values_list("conversation_id", flat=True).distinct())):
        heard[said.conversation_id or 0].append(said)
    kept: dict[str, list[int]] = defaultdict(list)
    for pk, words in heard.items():
        if all(_is_noise(getattr(one, "reading", None)) for one in words):
            kept[words[-1].reading.reason].append(pk)
    return sum(apart.keep_apart(ids, reason, by=by) for reason, ids in kept.items())


def _heard(conversations: list[int]) -> Collection[Message]:
    if not conversations:
        return []
    return Message.objects.heard().filter(among("conversation", conversations)).select_related("reading")


def _is_noise(reading: Reading | None) -> bool:
    """Sure enough; a person always is. What has not been read may be a letter."""
    if reading is None or reading.about_us:
        return False
    sure = reading.confidence.get("about_us") or 0
    return sure >= 1 or (reading.reason in REASONS and sure >= SURE)


def look_again(message: Message, *, by: Any) -> None:
    """A person has said whether this is about us: out of the inbox, or into it."""
    about_us = Reading.objects.values_list("about_us", flat=True).get(pk=message.pk)
    if not about_us:
        keep_apart([message.pk], by=by)
    elif message.conversation_id is not None:
        conversation = Conversation.objects.select_related("channel").get(pk=message.conversation_id)
        apart.wait_again(conversation, by=by)


def follow_exchange(messages: Sequence[int]) -> None:
    """A history was read anew: what is noise now leaves the inbox, what is no more comes back."""
    keep_apart(messages)
    ours = Message.objects.filter(among("pk", messages), reading__about_us=True).values("conversation")
    for conversation in Conversation.objects.exclude(apart="").filter(pk__in=ours).select_related("channel"):
        apart.wait_again(conversation, by=None)
