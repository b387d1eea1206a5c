"""A raw e-mail becomes what somebody said."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape

from pivotpoint.channels.adapters.base import ChannelError
from pivotpoint.channels.inbound import Inbound

# Where the older mail begins that most programs put below an answer.
_older = re.compile(
    r"^(?:>.*|On .{4,200} wrote:|Am .{4,200} schrieb.*:|-{2,}\s*(?:Original Message|Ursprüngliche Nachricht)\s*-{2,}.*)$",
    re.MULTILINE | re.IGNORECASE,
)
_tag = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_break = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^>]*>", re.IGNORECASE)


def parse(raw: bytes) -> list[Inbound]:
    """One raw message; none when it has no sender. A machine's answer (out of office) is kept apart."""
    mail = message_from_bytes(raw, policy=policy.default)
    name, address = parseaddr(str(mail.get("From", "")))
    if "@" not in address:
        raise ChannelError("The e-mail has no sender.", permanent=True)
    references = str(mail.get("References") or mail.get("In-Reply-To") or "").split()
    own = str(mail.get("Message-ID", "")).strip() or f"<{hashlib.sha256(raw).hexdigest()}>"
    return [
        Inbound(
            external_id=own,
            text=_newest(_text(mail)),
            handle=address,
            name=name,
            said_at=_date(mail),
            subject=str(mail.get("Subject", "")).strip(),
            thread=references[0] if references else own,
            kept_apart="written by a machine" if _automatic(mail) else "",
        )
    ]


def _automatic(mail: EmailMessage) -> bool:
    """RFC 3834, and the two older marks that mail programs use."""
    submitted = str(mail.get("Auto-Submitted", "no")).strip().lower()
    return (
        not submitted.startswith("no")
        or "X-Autoreply" in mail
        or str(mail.get("Precedence", "")).lower() in ("bulk", "junk", "auto_reply")
    )


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        words = str(part.get_content())
    except (LookupError, UnicodeError, KeyError):
        raw = part.get_payload(decode=True)
        words = raw.decode("latin-1") if isinstance(raw, bytes) else ""
    if part.get_content_subtype() == "html":
        words = unescape(_tag.sub("", _break.sub("\n", words)))
    return words.replace("\r\n", "\n")


def _newest(text: str) -> str:
    """What they wrote now, without the mail below it; all of it when nothing else is there."""
    found = _older.search(text)
    return (text[: found.start()].strip() if found else "") or text.strip()


def _date(mail: EmailMessage) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(mail["Date"]))
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
