"""The address by which a customer follows what came of their words: signed, no account, opens nothing else."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from pivotpoint.channels import follow as spoken
from pivotpoint.channels.models import Message
from pivotpoint.experiences.models import Notice
from pivotpoint.lib.letter_links import letter_link

_signer = Signer(salt="pivotpoint.experiences.notice", sep=".")
PREFIX = "n"


def token(subject: Notice | Message) -> str:
    """What stands in the address."""
    if isinstance(subject, Notice):
        return PREFIX + _signer.sign(str(subject.pk))
    return spoken.token_for(subject)


def follow(subject: Notice | Message) -> str:
    """The absolute address of this person's own page."""
    return letter_link("community:follow", token(subject))


def find(text: str) -> Notice | Message | None:
    """What the token was made for; None for any other text."""
    if not text.startswith(PREFIX):
        return spoken.message_for(text)
    try:
        pk = int(_signer.unsign(text.removeprefix(PREFIX)))
    except (BadSignature, ValueError):
        return spoken.message_for(text)
    return Notice.objects.select_related("loop__insight__theme", "change", "customer").filter(pk=pk).first()
