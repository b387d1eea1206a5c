"""Write an e-mail through Django's mail settings (SMTP)."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db.models import QuerySet

from pivotpoint.channels import follow, stop
from pivotpoint.channels.adapters.base import PAGE, ChannelError
from pivotpoint.channels.models import Delivery, Direction, Message
from pivotpoint.lib.digest import digest
from pivotpoint.lib.prepared import Prepared

NOT_ASKED_FOR = ("notice", "research")
LATEST = 20
"""Of what they wrote in a conversation, so much is looked at to find an e-mail that is answered."""

Theirs = Sequence[tuple[int, str, str]]


def send_or_show(delivery: Delivery) -> str:
    """To an address by e-mail; whoever has none finds it on the page behind their link, where it shows at once."""
    return PAGE if delivery.address == PAGE else send(delivery)


def send(delivery: Delivery) -> str:
    """The Message-ID. It is the same at every attempt, so a mail server or reader can tell a repetition."""
    message = compose(delivery)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()), (550, b""))
        raise ChannelError(
            f"The mail server refused {delivery.address}: {_text(words)}", permanent=code >= 500
        ) from error
    except smtplib.SMTPResponseException as error:
        raise ChannelError(
            f"The mail server said {error.smtp_code}: {_text(error.smtp_error)}",
            permanent=error.smtp_code >= 500,
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise ChannelError(f"The mail server could not be reached: {error}", permanent=False) from error
    return str(message.extra_headers["Message-ID"])


def compose(delivery: Delivery) -> EmailMessage:
    """The message as it leaves; ChannelError when it cannot be written."""
    try:
        validate_email(delivery.address)
    except ValidationError as error:
        raise ChannelError(f"{delivery.address} is no e-mail address.", permanent=True) from error
    sender = delivery.channel.config.get("sender") or settings.DEFAULT_FROM_EMAIL
    headers = {
        "Message-ID": f"<{digest(delivery.key)}@{_domain(sender)}>",
        "Auto-Submitted": "auto-generated",
    }
    if delivery.purpose == "reply":
        del headers["Auto-Submitted"]
    theirs = _theirs(delivery)
    headers |= _thread(theirs)
    text = delivery.text
    if delivery.purpose in NOT_ASKED_FOR:
        link = stop.link(delivery)
        headers |= {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        text += f"\n\n--\nYou get this because you said we may tell you. No more of it: {link}\n"
    else:
        text += _follow(theirs)
    subject = " ".join(delivery.subject.split()) or "Your message"
    return EmailMessage(subject, text, sender, [delivery.address], headers=headers)


def _theirs(delivery: Delivery) -> Theirs:
    """(id, external id, kind of channel) of what they wrote in this conversation, the latest first."""
    conversation = delivery.message.conversation_id if delivery.message else None
    return _said_in(conversation) if conversation is not None else []


@Prepared
def _said_in(conversation: int) -> QuerySet[Message, tuple[int, str, str]]:
    rows = Message.objects.filter(conversation=conversation, direction=Direction.IN).order_by("-said_at")
    return rows.values_list("pk", "external_id", "channel__kind")[:LATEST]


def _thread(theirs: Theirs) -> dict[str, str]:
    """A reply goes under what they wrote, when that was an e-mail."""
    name = next((name for _, name, kind in theirs if kind == "email"), "")
    named = name.startswith("<") and name.endswith(">") and name.isascii() and name.isprintable()
    return {"In-Reply-To": name, "References": name} if named else {}


def _follow(theirs: Theirs) -> str:
    """Under a reply: the page of what they said, where everything that comes of it stands."""
    said = next((Message(pk=pk) for pk, *_ in theirs), None)
    return f"\n\n--\nWhat comes of what you told us: {follow.link(said)}\n" if said else ""


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _text(words: bytes | str) -> str:
    plain = words.decode(errors="replace") if isinstance(words, bytes) else words
    return " ".join(plain.split())[:300]
