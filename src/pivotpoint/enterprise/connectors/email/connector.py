"""The loop in a letter: evidence, link, how to answer."""

from __future__ import annotations

import smtplib
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from pivotpoint.enterprise.connectors.contract import MappingError, Sent, TransientError
from pivotpoint.enterprise.connectors.email import token
from pivotpoint.pivot.models import Destination, Handoff

LABEL = "E-mail"
CONFIG = {"to": "E-mail addresses, separated by commas"}
SIGNED = False
KEY = ""
FORGETS = False


def check(destination: Destination) -> None:
    """Addresses of the right form, and a mail server that answers."""
    addresses(destination)
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except (smtplib.SMTPException, OSError) as error:
        raise TransientError(f"The mail server does not answer: {error}") from error


def addresses(destination: Destination) -> list[str]:
    given = [each.strip() for each in str(destination.config.get("to", "")).split(",") if each.strip()]
    if not given:
        raise MappingError("No e-mail address is given.")
    for address in given:
        try:
            validate_email(address)
        except ValidationError as error:
            raise MappingError(f"“{address}” is no e-mail address.") from error
    return given


def deliver(handoff: Handoff, destination: Destination) -> Sent:
    """The Message-ID is made of the key, so a mailbox can tell a second copy, and signed, so a reply can be told."""
    reference = f"<{token.sign(handoff)}@{urlsplit(settings.SITE_URL).hostname}>"
    try:
        letter(handoff, addresses(destination), reference).send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise TransientError(f"The mail server did not take it: {error}", status=_code(error)) from error
    return Sent(reference, status="taken by the mail server")


def letter(handoff: Handoff, to: list[str], reference: str) -> EmailMessage:
    payload = handoff.payload
    due = parse_datetime(payload["loop"]["due_at"])
    replies = bool(settings.IMAP_HOST)
    context = payload | {"due": due, "destination": handoff.destination, "replies": replies}
    subject = f"[{payload['pivot']['name']}] {payload['insight']['title']}"
    headers = {
        "Message-ID": reference,
        "Date": formatdate(localtime=True),
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(
        " ".join(subject.split())[:200],
        render_to_string("enterprise/handoff.txt", context),
        to=to,
        headers=headers,
        reply_to=[settings.REPLY_TO.replace("{token}", token.sign(handoff))] if replies else None,
    )


def _refused(error: smtplib.SMTPRecipientsRefused) -> MappingError | TransientError:
    """Codes from 500 mean never, those below mean later (greylisting)."""
    codes: list[Any] = [code for code, _ in error.recipients.values()]
    who = ", ".join(error.recipients)
    if codes and min(codes) >= 500:
        return MappingError(f"The mail server refuses {who}.", status=str(codes[0]))
    return TransientError(f"The mail server does not take {who} now.", status=str(codes[0]) if codes else "")


def _code(error: Exception) -> str:
    return str(getattr(error, "smtp_code", ""))
