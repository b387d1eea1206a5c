"""Something cannot be done as asked."""

from __future__ import annotations


class Refused(Exception):
    """One sentence for the person who asked; nothing was changed."""
