"""Reviews from shops and stores, imported."""

from pivotpoint.channels.adapters.base import Settings as Config
from pivotpoint.channels.adapters.base import mail_of as address
from pivotpoint.channels.adapters.mail import send
from pivotpoint.channels.adapters.records import parse

__all__ = ["Config", "address", "parse", "send"]
