"""The public web form and the widget on other sites."""

from pivotpoint.channels.adapters.base import Settings as Config
from pivotpoint.channels.adapters.mail import send_or_show as send
from pivotpoint.channels.adapters.page import address, parse

__all__ = ["Config", "address", "parse", "send"]
