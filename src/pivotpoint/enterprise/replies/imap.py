"""The mailbox, by IMAP. It is only read: nothing is marked, moved or deleted there."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from django.conf import settings

SECONDS = 20.0
LIMIT = 256 * 1024
"""So much of a letter is read: a reply's words come first."""
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class MailboxError(Exception):
    """The mailbox cannot be read; the message is one sentence for people."""


class Folder:
    """Letters by their number. `validity` says whether the numbers are still those of before."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self.connection = connection
        self._ask("SELECT", *connection.select(_quoted(settings.IMAP_FOLDER), readonly=True))
        given = connection.response("UIDVALIDITY")[1]
        self.validity = int(given[0]) if given and given[0] else 0

    def after(self, last: int, since: date) -> list[int]:
        """UIDs above `last`, ascending, of e-mails that arrived on this day or later."""
        day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"
        said = self._ask("SEARCH", *self.connection.uid("SEARCH", f"UID {last + 1}:* SINCE {day}"))
        # "n:*" gives the newest letter even when its number is below n.
        found = [int(each) for part in said if isinstance(part, bytes) for each in part.split()]
        return sorted(number for number in found if number > last)

    def letter(self, number: int) -> bytes | None:
        """The raw e-mail, or None when it has been deleted meanwhile."""
        said = self._ask("FETCH", *self.connection.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{LIMIT}>)"))
        return next((part[1] for part in said if isinstance(part, tuple)), None)

    def _ask(self, what: str, state: str, said: list[Any]) -> list[Any]:
        if state != "OK":
            first = said[0].decode("utf-8", "replace") if said and isinstance(said[0], bytes) else ""
            raise MailboxError(f"The mailbox {settings.IMAP_USER} refuses {what}: {first}"[:300])
        return said


@contextmanager
def opened() -> Iterator[Folder]:
    """Context manager: the folder of an open IMAP session. Raises MailboxError."""
    host, port = settings.IMAP_HOST, settings.IMAP_PORT
    try:
        connection = _connect(host, port)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(f"The mail server {host}:{port} does not answer: {error}") from error
    try:
        try:
            connection.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        except imaplib.IMAP4.abort as error:
            raise MailboxError(f"The mail server {host}:{port} does not answer: {error}") from error
        except imaplib.IMAP4.error as error:
            raise MailboxError(f"{host} does not let {settings.IMAP_USER} in: {_said(error)}") from error
        yield Folder(connection)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(f"The mail server {host}:{port} broke off: {_said(error)}") from error
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            connection.logout()
        with suppress(OSError):
            connection.shutdown()


def _connect(host: str, port: int) -> imaplib.IMAP4:
    if settings.IMAP_TLS:
        return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=SECONDS)
    return imaplib.IMAP4(host, port, timeout=SECONDS)


def _said(error: Exception) -> str:
    """imaplib gives the server's words as bytes in text."""
    words = error.args[0] if error.args else ""
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
