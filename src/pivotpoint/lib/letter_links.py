"""Absolute addresses, as they can be written into a letter."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def letter_link(name: str, token: str) -> str:
    """The page of that name for whoever holds the token; one of those in config/letter_urls.py."""
    return str(settings.SITE_URL) + reverse(name, urlconf=settings.LETTER_URLCONF, args=[token])
