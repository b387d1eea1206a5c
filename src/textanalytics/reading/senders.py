"""Who is no customer: a company that answers one, a machine, whoever advertises. They are known by what only they write.

Patterns of words, no model (`lexicons/senders.txt`), and how an agent signs. A customer who quotes or answers one of them says
"I", or puts it in quotation marks; in doubt it is a customer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat

import numpy as np

from textanalytics import lexicons
from textanalytics.base import BoolArray
from textanalytics.words.page import Array, Page

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
WE = frozenset(
    "we we're we'd we'll us our sorry wir uns unsere unseren unserem podemos lamentamos ayudamos atendemos apoyamos revisamos escríbenos escribenos escríbanos"
    " escribanos envíanos envianos envíenos envienos contáctanos contactanos contactarnos escribirnos comunicarte comunicarse".split()
)
"""Without a word like these no company speaks."""

OFFERED = re.compile(r"://|[€$£#\d]")
OFFERING = frozenset(
    "catalog catalogue prices rates vb pn dm fee apply cv bewerben post posts interesados interesadas privado m/w w/m"
    " m/w/d w/m/d m/w/x m/f/d bewerbungen erstbezug kapitalanlage verdient verdienen".split()
)
"""And without one of these nothing is offered or told by a machine: an address, a price, a number, a way to answer."""

LONGEST_SENT = 2_000
"""Characters past which it is not asked: such texts are articles or letters, and patterns take long over them."""

SIGNS = frozenset("^*/-–~")
EDGES = ".,;:!?()[]{}\"'“”„«»¿¡#…"


@dataclass(frozen=True)
class Sender:
    reason: str
    found: re.Pattern[str]


@cache
def senders() -> dict[str, tuple[Sender, ...]]:
    """By the words without one of which none of the patterns is tried."""
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
def _facts() -> dict[str, int]:
    """A bit for each of the first four facts of `may_be_sent` that hold of a word."""
    facts = dict.fromkeys(WE, 4)
    for word in OFFERING:
        facts[word] = facts.get(word, 0) | 8
    for word, some in senders().items():
        for sender in some:
            facts[word] = facts.get(word, 0) | (1 if sender.reason == COMPANY else 2)
    return facts


def may_be_sent(words: Sequence[str]) -> Array:
    """(words, 5) bool for each blank-separated word: whether it calls a pattern of a company's answers, or of the rest, whether a
    company speaks, or something is offered, and whether it is how an agent signs."""
    bare = [word.lower() if word.isalpha() else word.strip(EDGES).lower() for word in words]
    facts = np.fromiter(map(_facts().get, bare, repeat(0)), np.uint8, len(words))
    flags = np.zeros((len(words), 5), np.bool_)
    flags[:, :4] = facts[:, None] & np.array([1, 2, 4, 8], np.uint8)
    for i in [i for i, word in enumerate(bare) if word[:1] != "@" and not word.isalpha()]:
        flags[i, 3] |= OFFERED.search(words[i]) is not None
        flags[i, 4] = words[i][:1] in SIGNS and MARKED.fullmatch(words[i]) is not None
    return flags


def suspects(page: Page, flags: Array) -> BoolArray:
    """(n,) texts of a page that `sent_by` has to be asked about; `flags` of its pieces between blanks: see `may_be_sent`."""
    has = np.zeros((page.size, flags.shape[1]), np.bool_)
    for column in range(flags.shape[1]):
        has[page.typed_in[flags[page.typed, column]], column] = True
    return np.asarray((has[:, 0] & has[:, 2]) | (has[:, 1] & has[:, 3]) | has[:, 4], np.bool_)


def sent_by(text: str) -> str:
    """The reason why no customer wrote it: one of `base.REASONS`, "" for none.

    >>> sent_by("@sam Please DM us your order number. ^KB"), sent_by("You told me to DM you my number, I did")
    ('company reply', '')
    """
    if len(text) > LONGEST_SENT:
        return ""
    text = text.replace("’", "'")
    if _is_signed(text) and not _excused(text, COMPANY):
        return COMPANY
    said = ADDRESSED.sub("", text)
    tried = dict.fromkeys(
        sender for word in text.lower().split() for sender in senders().get(word.strip(EDGES), ())
    )
    found = (sender.reason for sender in tried if sender.found.search(said))
    return next((reason for reason in found if not _excused(text, reason)), "")


def _is_signed(text: str) -> bool:
    return bool(SIGNED.search(text) or (SIGNED_TOO.search(text) and SPEAKS.search(text)))


def _excused(text: str, reason: str) -> bool:
    return any(excuse.search(text) for excuse in excuses(reason))
