"""Mask personal data in a text, and restore them in the answer where their placeholders stand. Pure functions.

What is masked is all that a printed ladder hides (`textanalytics.mentions.masking`); because it leaves the house, also links, handles,
a signature and whatever may be a number of somebody's; and the names that the caller knows. A name that nobody knows stays: the
docs say so, and the log shows what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from textanalytics.base import Span
from textanalytics.mentions.masking import private

PLACE = re.compile(r"\[(?:TEXT|LINK|HANDLE|E-MAIL|ADDRESS|SECRET|BANK|PHONE|NUMBER|NAME)-\d+\]")
SHORTEST_NAME = 2

_FIRST: Sequence[tuple[str, re.Pattern[str]]] = (
    # A placeholder that somebody wrote themselves must not become somebody else's data on the way back.
    ("TEXT", re.compile(PLACE.pattern, re.IGNORECASE)),
    ("LINK", re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)),
    ("HANDLE", re.compile(r"(?<![\w.@])@[\w.=/-]+[@:][\w-]+(?:\.[\w-]+)*")),
)
_BESIDES: Sequence[tuple[str, re.Pattern[str]]] = (
    ("HANDLE", re.compile(r"(?<!\w)@\w(?:[\w.]*\w)?")),
    ("BANK", re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)),
    ("BANK", re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")),
    ("PHONE", re.compile(r"(?:\+|\b00|\(?\b0)\d?(?:[ ()/.–-]{0,3}\d){5,}")),
    ("NUMBER", re.compile(r"\d(?:[ ()/.-]?\d){5,}")),
    # An order, invoice or customer number: five digits, four with letters or a hyphen, three behind # or its name.
    ("NUMBER", re.compile(r"\b(?=[A-Z0-9-]{0,40}\d{4})[A-Z0-9]+(?:-[A-Z0-9]+)+\b", re.IGNORECASE)),
    ("NUMBER", re.compile(r"\b(?=[A-Z]*\d*[A-Z])(?=(?:[A-Z]*\d){4})[A-Z0-9]{5,}\b", re.IGNORECASE)),
    ("NUMBER", re.compile(r"\d{5,}|(?<=#)\d{3,}")),
    (
        "NUMBER",
        re.compile(
            r"(?<=\b)(?:order|invoice|ticket|case|customer|account|number|no\.?|nr\.?|bestellung|rechnung|kunde|"
            r"kundennummer|nummer|pedido|factura|cliente|número)\s*[:#]?\s*(?P<it>[A-Z]{0,3}-?\d{3,}[A-Z0-9-]*)",
            re.IGNORECASE,
        ),
    ),
    (
        "NAME",
        re.compile(
            r"(?:my name is|i am called|mein name ist|ich heiße|me llamo|mi nombre es)\s+"
            r"(?P<it>\w[\w'’-]*(?:\s+[A-ZÀ-Ý][\w'’-]*){0,2})",
            re.IGNORECASE,
        ),
    ),
    (
        "NAME",
        re.compile(
            r"(?:regards|sincerely|cheers|yours|thanks|thank you|grüßen?|gruß|danke|saludos|atentamente|gracias)"
            r"[ \t]*[,.!]?[ \t]*\n+[ \t]*(?P<it>[^\W\d_][^\n\[\]]{1,40})",
            re.IGNORECASE,
        ),
    ),
)


class Masks:
    """One request's placeholders: the same words get the same one, in every text of the request."""

    def __init__(self, names: Collection[str] = ()) -> None:
        self._place: dict[tuple[str, str], str] = {}
        self._meant: dict[str, str] = {}
        parts = {" ".join(name.split()) for name in names}
        known = sorted((name for name in parts if len(name) >= SHORTEST_NAME), key=lambda n: (-len(n), n))
        words = "|".join(re.escape(name) for name in known)
        self._names = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    def mask(self, text: str) -> str:
        """The text with placeholders for personal data, as far as they can be recognised or are known."""
        for kind, pattern in _FIRST:
            text = self._replaced(kind, pattern, text, first=kind == "TEXT")
        text = self._hidden(text)
        for kind, pattern in _BESIDES:
            text = self._replaced(kind, pattern, text)
        return self._replaced("NAME", self._names, text) if self._names else text

    def unmask(self, text: str) -> str:
        """Replace the placeholders of this request by the original text; any others stay."""
        return PLACE.sub(lambda found: self._meant.get(found[0], found[0]), text)

    def _hidden(self, text: str) -> str:
        parts, last = [], 0
        taken = _places(text)
        for kind, (start, end), _ in private(text):
            if not _touches(start, end, taken):
                parts += [text[last:start], self._placed(kind.upper(), text[start:end])]
                last = end
        return "".join([*parts, text[last:]])

    def _replaced(self, kind: str, pattern: re.Pattern[str], text: str, *, first: bool = False) -> str:
        """What is around a match counts, placeholders too; but what stands in one is left alone."""
        taken = [] if first else _places(text)

        def swap(found: re.Match[str]) -> str:
            start, end = found.span("it") if "it" in pattern.groupindex else found.span()
            if _touches(start, end, taken):
                return found[0]
            return self._swapped(kind, found)

        return pattern.sub(swap, text)

    def _swapped(self, kind: str, found: re.Match[str]) -> str:
        if "it" not in found.re.groupindex:
            return self._placed(kind, found[0])
        start, end = (place - found.start() for place in found.span("it"))
        return found[0][:start] + self._placed(kind, found["it"]) + found[0][end:]

    def _placed(self, kind: str, words: str) -> str:
        if (kind, words) not in self._place:
            number = sum(1 for other, _ in self._place if other == kind) + 1
            place = f"[{kind}-{number}]"
            self._place[kind, words], self._meant[place] = place, words
        return self._place[kind, words]


def _places(text: str) -> list[Span]:
    return [found.span() for found in PLACE.finditer(text)]


def _touches(start: int, end: int, taken: Sequence[Span]) -> bool:
    return any(start < stop and begin < end for begin, stop in taken)
