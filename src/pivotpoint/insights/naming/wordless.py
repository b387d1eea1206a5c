"""What a theme is called whose texts hold no word to call it by: their own words, in quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from textanalytics.naming.listing import NO_WORDS
from textanalytics.naming.titles import Title
from textanalytics.text import clean

LONGEST = 60


def in_their_words(made: Title, texts: Sequence[str]) -> Title:
    """The same title, or where there is none the shortest text that says something; of a mixed theme one of several."""
    if made.title != NO_WORDS:
        return made
    said = min(filter(None, map(clean, texts)), key=len, default="")
    if not said:
        return made
    quote = f"“{shorten(said, LONGEST, placeholder='…') if ' ' in said else said[:LONGEST]}”"
    return replace(made, title=quote if len(texts) == 1 else f"Mixed, such as {quote}")
