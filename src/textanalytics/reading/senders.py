"""Who is no customer: a company that answers one, a machine, whoever advertises. They are known by what only they write.

Patterns of words, no model (`lexicons/senders.txt`), and how an agent signs. A customer who quotes or answers one of them says
"I", or puts it in quotation marks; in doubt it is a customer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from textanalytics import lexicons
from textanalytics.base import BoolArray

FILE = "senders.txt"
COMPANY = "company reply"

MARKED = re.compile(r"[\^*][A-Za-z]{2,12}|/[A-Za-z]{2}|[-–~][A-Z]{2}")
"""How agents sign, as one piece between blanks: "^KB", "*ErikS", "/ki", "-JT"."""

SIGNED = re.compile(
    r"(?:^|\s)\^(?:[A-Z][A-Za-z]{1,9}|[a-z]{2,3})(?:\s*\(?\d/\d\)?)?(?:\s*https?://\S+)?\s*$"
    r"|(?:^|\s)\*[A-Z][a-z]+[A-Z][a-z]*(?:\s*\(?\d/\d\)?)?(?:\s*https?://\S+)?\s*$"
)
"""What nobody else puts at the end; and what somebody else might, if a sentence ends before it and a company speaks in it."""
SIGNED_TOO = re.compile(
    r"[.!?:)…]\s*(?:/(?!(?:cc|rt|jk|ps)\b)[a-z]{2}|/[A-Z]{2}|[-–~][A-Z]{2})(?:\s*https?://\S+)?\s*$"
)
SPEAKS = re.compile(
    r"\b(?:you|your|we|us|our|sie|ihnen|ihre?[nrm]?|wir|uns|unsere?[nrm]?|usted|le|te|tu|nos|nuestr[oa]s?)\b",
    re.IGNORECASE,
)
ADDRESSED = re.compile(r"^(?:\s*(?:RT\s+)?@\w+:?)+\s*")
EDGES = ".,;:!?()[]{}\"'“”„«»¿¡#…"


@dataclass(frozen=True)
class Sender:
    reason: str
    found: re.Pattern[str]


@cache
def senders() -> dict[str, tuple[Sender, ...]]:
    """By the words without one of which none of the patterns is tried; those that end in * are beginnings."""
    table: dict[str, tuple[Sender, ...]] = {}
    for heading, line in lexicons.sections(FILE):
        if heading.endswith(" unless"):
            continue
        words, _, pattern = line.partition(" : ")
        sender = Sender(heading, lexicons.compiled(pattern))
        for word in words.split():
            table[word] = (*table.get(word, ()), sender)
    return table


@cache
def excuses(reason: str) -> tuple[re.Pattern[str], ...]:
    lines = lexicons.sections(FILE)
    return tuple(lexicons.compiled(line) for heading, line in lines if heading == f"{reason} unless")


@cache
def _openings() -> tuple[str, ...]:
    return tuple(word[:-1] for word in senders() if word.endswith("*"))


def may_be_sent(words: Sequence[str]) -> BoolArray:
    """(words,) bool for each blank-separated word: whether a text with it may be of no customer."""
    return np.fromiter(
        (bool(_called(word)) or MARKED.fullmatch(word) is not None for word in words), np.bool_, len(words)
    )


def _called(word: str) -> tuple[Sender, ...]:
    bare = word.strip(EDGES).lower()
    found = senders().get(bare, ())
    for opening in _openings():
        if bare.startswith(opening):
            found += senders()[opening + "*"]
    return found


def sent_by(text: str) -> str:
    """The reason why no customer wrote it: one of `base.REASONS`, "" for none.

    >>> sent_by("@sam Please DM us your order number. ^KB"), sent_by("You told me to DM you my number, I did")
    ('company reply', '')
    """
    text = text.replace("’", "'")
    if _is_signed(text) and not _excused(text, COMPANY):
        return COMPANY
    said = ADDRESSED.sub("", text)
    tried = dict.fromkeys(sender for word in text.split() for sender in _called(word))
    found = (sender.reason for sender in tried if sender.found.search(said))
    return next((reason for reason in found if not _excused(text, reason)), "")


def _is_signed(text: str) -> bool:
    return bool(SIGNED.search(text) or (SIGNED_TOO.search(text) and SPEAKS.search(text)))


def _excused(text: str, reason: str) -> bool:
    return any(excuse.search(text) for excuse in excuses(reason))
