"""E-mail: in as raw messages (RFC 5322), out by SMTP."""

from pivotpoint.channels.adapters.base import mail_of as address
from pivotpoint.channels.adapters.email.config import Config
from pivotpoint.channels.adapters.email.parse import parse
from pivotpoint.channels.adapters.mail import send

__all__ = ["Config", "address", "parse", "send"]
