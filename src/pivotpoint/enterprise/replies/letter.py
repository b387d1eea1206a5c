"""Parse an e-mail reply: its author, what it replies to and its own text. Bytes in, a frozen dataclass out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser

ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "In-Reply-To", "References")
ROBOTS = ("x-autoreply", "x-autorespond", "x-auto-reply-from", "list-id")
BULK = ("bulk", "junk", "list", "auto_reply")
CUT = (
    re.compile(r"^-- $"),
    re.compile(r"^\s*-{3,}.*(original|forwarded|ursprüngliche|weitergeleitete).*-{3,}", re.IGNORECASE),
    re.compile(r"^_{10,}\s*$"),
    re.compile(r"^\*?(from|von|de|da|van|från|fra):\*?\s.*@", re.IGNORECASE),
    re.compile(r"^(sent from my|von meinem .* gesendet|get outlook for)\b", re.IGNORECASE),
)
"""Where the history or the signature begins."""
INTRODUCES = re.compile(r"^.{0,200}(@|\d).{0,200}:\s*$")
"""“On 3 May 2026 at 10:00, Pivotpoint <feedback@…> wrote:”, in any language: it names an address or a date and ends in a colon."""

BEGINS = re.compile(r"\b20\d\d\b|\d{1,2}[:.]\d{2}|<$")
"""The line above belongs to it, too."""


@dataclass(frozen=True)
class Letter:
    """`marks` are the headers that may carry a token; `automatic` letters were written by no person."""

    key: str
    sender: str
    marks: tuple[str, ...]
    text: str
    automatic: bool


def read(raw: bytes) -> Letter:
    """ValueError when it cannot be read as a letter at all."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
        if not isinstance(message, EmailMessage):
            raise ValueError("no letter")
        sender = parseaddr(str(message["From"] or ""))[1].strip().lower()
        marks = tuple(str(value) for name in ADDRESSED for value in message.get_all(name, []))
        return Letter(
            str(message["Message-ID"] or "").strip(), sender, marks, own(_text(message)), _automatic(message)
        )
    except (LookupError, AttributeError, TypeError, IndexError, UnicodeError) as error:
        raise ValueError(f"unreadable: {error!r}") from error


def _automatic(message: EmailMessage) -> bool:
    """Out of office, bounced, from a list: RFC 3834 and what older programs do."""
    submitted = str(message["Auto-Submitted"] or "no").split(";")[0].strip().lower()
    returned = message["Return-Path"] is not None and str(message["Return-Path"]).strip() == "<>"
    sender = parseaddr(str(message["From"] or ""))[1].partition("@")[0].lower()
    return (
        submitted != "no"
        or returned
        or message.get_content_type() == "multipart/report"
        or sender in ("mailer-daemon", "postmaster")
        or str(message["Precedence"] or "").strip().lower() in BULK
        or any(message[name] is not None for name in ROBOTS)
    )


def _text(message: EmailMessage) -> str:
    """The plain part; of HTML alone its text without what is quoted."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        words = raw.decode(charset, "replace")
    except LookupError:
        words = raw.decode("utf-8", "replace")
    return plain(words) if part.get_content_type() == "text/html" else words


def own(text: str) -> str:
    """The text written in this reply: without the quoted history, whatever its form, and without the signature."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith(">"):
            return _without_introduction(kept)
        if any(each.search(line) for each in CUT):
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip()


def _without_introduction(lines: list[str]) -> str:
    """Quoted lines are introduced by one to three that end in a colon: mail programs break long lines."""
    while lines and not lines[-1]:
        lines.pop()
    length = next((n for n in (1, 2) if INTRODUCES.match(" ".join(lines[-n:]))), 0)
    while 0 < length < 3 and BEGINS.search(lines[-length - 1] if length < len(lines) else ""):
        length += 1
    return "\n".join(lines[: len(lines) - length]).strip()


def plain(html: str) -> str:
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return "".join(reader.said)


class _Plain(HTMLParser):
    """Text line by line; nothing from a quotation on, for that is where the history is."""

    BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote"})
    SILENT = frozenset({"style", "script", "head", "title"})
    QUOTES = ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "divrplyfwdmsg", "appendonsend")

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0
        self.over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = " ".join(value or "" for name, value in attrs if name in ("class", "id")).lower()
        if tag == "blockquote" or any(each in marks for each in self.QUOTES):
            self.over = True
        self.silent += tag in self.SILENT
        if tag in self.BLOCKS:
            self._line()

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in self.SILENT))
        if tag in self.BLOCKS:
            self._line()

    def handle_data(self, data: str) -> None:
        if not self.over and not self.silent:
            self.said.append(" ".join(data.split()) if data.strip() else " ")

    def _line(self) -> None:
        if self.said and self.said[-1] != "\n":
            self.said.append("\n")
