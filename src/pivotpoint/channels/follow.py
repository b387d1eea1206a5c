"""The signed token of a message: whoever holds it can follow what comes of the message, without an account."""

from __future__ import annotations

from django.core import signing

from pivotpoint.channels.models import Message
from pivotpoint.lib.letter_links import letter_link

SIGNER = signing.Signer(salt="pivotpoint.follow")


def token_for(message: Message) -> str:
    """The token never expires, and is always the same, so that an e-mail that is sent again is the same e-mail."""
    return SIGNER.sign_object(message.pk)


def message_for(token: str) -> Message | None:
    """The message, or None when the token is not ours or the message has been erased."""
    try:
        pk = SIGNER.unsign_object(token)
    except signing.BadSignature:
        return None
    return Message.objects.select_related("channel", "customer").filter(pk=pk).first()


def link(message: Message) -> str:
    """The page of this message, as it can be written into an e-mail."""
    return letter_link("community:follow", token_for(message))
