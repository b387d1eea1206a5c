"""Without a mail server, e-mails to reserved domains (example, test …) are written to files instead of sent."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as Files
from django.core.mail.backends.smtp import EmailBackend as Smtp

NOBODYS = ("example", "invalid", "test", "example.com", "example.net", "example.org")
"""Reserved by RFC 2606: the demo's people live there, and no mail server takes a letter to them."""


def nobodys(address: str) -> bool:
    domain = parseaddr(address)[1].rpartition("@")[2].lower().rstrip(".")
    return any(domain == name or domain.endswith(f".{name}") for name in NOBODYS)


class Letters(Smtp):
    """Django's SMTP backend, but e-mails to reserved domains become files in the data folder."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = [one for one in email_messages if one.recipients() and all(map(nobodys, one.recipients()))]
        leave = [one for one in email_messages if one not in kept]
        count = Files(file_path=str(settings.DATA_FOLDER / "mail")).send_messages(kept) if kept else 0
        return count + (super().send_messages(leave) or 0 if leave else 0)
