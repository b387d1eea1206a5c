"""The signed name of one message: whoever holds it follows what came of these words, with no account."""

from __future__ import annotations

from django.core import signing

from pivotpoint.channels.models import Message
from pivotpoint.lib.letter_links import letter_link

SIGNER = signing.Signer(salt="pivotpoint.follow")


def token_for(message: Message) -> str:
    """Never expires, since a promise has no end date; and always the same, so a letter sent again says the same."""
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
