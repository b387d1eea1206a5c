"""What a mail holds beside its writer's words: the mail that it answers, a signature, the advertisement of a telephone.

Quoted lines begin with ">". Many programs quote without: then all that stands below "On … wrote:", below "Original
Message" or below a heading "From: … Sent: …" is quoted. What is forwarded is what somebody said, and stays. A signature
begins with a closing line, or is a last line of thanks and a name, or of a name alone. Where nothing would be left, every
word stays.
"""

from __future__ import annotations

import re

from textanalytics import lexicons
from textanalytics.base import Span

LONGEST = 40_000
"""Characters in which quotes are looked for."""

LEAST = 2
"""Words of one's own above a quote; with fewer the quote is the message."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_VISIBLE = re.compile(r"\S")
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_ADVERTISED = re.compile(
    r"^[ \t]*(?:sent (?:from|with|via) (?:my |the )?\w+[^\n]{0,30}|get outlook for \w+|von meinem [^\n]{2,30} gesendet"
    r"|gesendet (?:mit|von|über) [^\n]{2,40}|diese nachricht wurde von meinem [^\n]{2,60} gesendet|enviado desde (?:mi )?[^\n]{2,30})"
    r"[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE = re.compile(
    r"^[ \t]*(?:on|am|el|le)\b[^\n]{5,120}(?:\n[^\n]{0,80})?\b(?:wrote|schrieb|escribió|a écrit)\b[^\n]{0,80}:[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_BELOW = re.compile(
    r"^[ \t]*-{2,}[ ]?(?:original message|ursprüngliche nachricht|mensaje original|message d'origine)[ ]?-{2,}[ \t]*$"
    r"|^[ \t]*(?:from|von|de):[^\n]+\n[ \t]*(?:sent|gesendet|enviado(?: el)?|date|datum|envoyé):[^\n]+\n[ \t]*(?:to|an|para|à):",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARDED = re.compile(r"forwarded message|weitergeleitete nachricht|mensaje reenviado", re.IGNORECASE)
_CLOSING = (
    r"(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|good) (?:regards|wishes)|regards|all the best"
    r"|yours (?:sincerely|faithfully|truly)|sincerely|mit (?:freundlichen|besten|lieben|herzlichen) (?:grüßen|gruessen)|mfg"
    r"|(?:viele|beste|liebe|freundliche|schöne|herzliche) (?:grüße|gruesse)|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente"
    r"|cordialement|bien à vous|cordiali saluti|met vriendelijke groet(?:en)?|atenciosamente"
)
_THANKS = r"(?:many |kind )?thanks|thank you|cheers|best|(?:vielen )?dank|danke|lg|vg|gruß|grüße|gracias|merci|grazie"
"""Words that close a mail where a name follows, and are somebody's own where none does."""
_NAME = r"[A-ZÀ-ÖØ-Þ](?:['’][A-ZÀ-ÖØ-Þ])?[a-zß-öø-ÿ]+(?:['’-][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+)*"
_NAMES = rf"{_NAME}(?:[ \t]+{_NAME}){{0,2}}"
_SIGNED = re.compile(rf"^--[ ]?\n|^[ \t]*(?:{_CLOSING})[,.!]?[ \t]*\n", re.IGNORECASE | re.MULTILINE)
_PARTING = re.compile(
    rf"^[ \t]*(?:(?i:{_CLOSING})[,.!]?[ \t]*(?:\s{_NAMES})?|(?i:{_THANKS})[,.!]?\s{{1,3}}{_NAMES}|(?<=\n\n)(?P<name>{_NAMES}))[ \t]*\s*\Z",
    re.MULTILINE,
)
_END = 120
"""Characters at the end of a text in which it may say good-bye."""
_LINES, _WIDE = 8, 70
"""Lines and characters of a line at most in a signature: what is longer goes on."""


def own_words(text: str) -> str:
    """The text at the same length, with blanks in place of what its writer did not write for this mail.

    >>> own_words("Still no lid!\\n\\nOn 3 March 2026, Larkfield wrote:\\n> We sent it.").split()
    ['Still', 'no', 'lid!']
    """
    if "\n" not in text:
        return text
    spans = [*_below(text), *_signature(text)]
    spans += [match.span() for some in (_QUOTED, _ADVERTISED) for match in some.finditer(text, 0, LONGEST)]
    if not spans:
        return text
    bare = text
    for start, end in spans:
        bare = bare[:start] + _VISIBLE.sub(" ", bare[start:end]) + bare[end:]
    return bare if len(_WORD.findall(bare)) >= LEAST else text


def _below(text: str) -> list[Span]:
    """The heading of a quote; and all that follows, where no line of it is marked."""
    found: list[Span] = []
    for heading in (_WROTE.search(text, 0, LONGEST), _BELOW.search(text, 0, LONGEST)):
        if heading is None or len(_WORD.findall(text, 0, heading.start())) < LEAST:
            continue
        if _FORWARDED.search(text, 0, heading.start()):
            continue
        marked = _QUOTED.search(text, heading.end())
        found.append((heading.start(), heading.end() if marked else len(text)))
    return found


def _signature(text: str) -> list[Span]:
    """From a closing line to the end, when only short lines follow; or from a last line of thanks with a name, or of a name
    alone."""
    signed = _SIGNED.search(text, 0, LONGEST)
    if signed is None or len(_WORD.findall(text, 0, signed.start())) < LEAST:
        return _parting(text)
    lines = [line for line in text[signed.end() :].splitlines() if line.strip()]
    short = len(lines) <= _LINES and all(
        len(line) <= _WIDE and line.rstrip()[-1] not in "?!" for line in lines
    )
    return [(signed.start(), len(text))] if short else []


def _parting(text: str) -> list[Span]:
    """What a last paragraph names that the text speaks of, too, is no writer's name."""
    parting = _PARTING.search(text, max(len(text) - _END, 0))
    if parting is None:
        return []
    above = text[: parting.start()].casefold()
    name = parting["name"] or ""
    known = any(
        word in lexicons.common_words() or word in above for word in name.casefold().replace("-", " ").split()
    )
    return [] if known or len(_WORD.findall(above)) < LEAST else [(parting.start(), len(text))]
