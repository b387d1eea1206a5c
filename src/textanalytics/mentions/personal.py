"""Telephone numbers, and numbers of bank accounts and cards: told so that they pass for no number of an order, and masked.

What is kept of one is its last digits: enough to know it again, too little to use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textanalytics.base import Span
from textanalytics.mentions.shapes import told

PHONE, BANK = "phone", "bank"
SHOWN, SHOWN_OF_BANK = 3, 4
"""Digits at the end that stay."""

FEWEST = 7
"""Digits without which a text holds none of them: it need not be looked through."""

_FREE, _ENDS = r"(?<![\w/@#=.-])", r"(?![\w/@=]|[.-]\d)"
_IBAN = re.compile(
    rf"{_FREE}[A-Z]{{2}}\d{{2}}(?:[ ]?[A-Z\d]{{4}}){{2,7}}(?:[ ]?[A-Z\d]{{1,3}})?(?![A-Za-z\d])"
)
_CARD = re.compile(
    rf"(?<!\d[ -]){_FREE}(?:[2-6]\d{{3}}([ -]?)\d{{4}}\1\d{{4}}\1\d{{1,4}}|3\d{{3}}([ -]?)\d{{6}}\2\d{{5}})(?![ -]?\d){_ENDS}"
)
_PHONE = re.compile(
    rf"(?<!\d[ -])(?<![\w/@#=.+-])(?:(?:\+|00)[1-9]\d{{0,2}}[ ./-]{{0,2}}(?:\(0?\d{{1,5}}\))?(?:[ ./-]{{0,2}}\d){{6,12}}"
    rf"|\(0?\d{{2,5}}\)[ ./-]{{0,2}}\d(?:[ ./-]?\d){{4,9}}|0\d{{2,5}}[ ]?[ /-][ ]?\d(?:[ ./-]?\d){{4,9}}"
    rf"|0\d{{9,11}}|[2-9]\d{{2}}([ .-])\d{{3}}\1\d{{4}}){_ENDS}"
)
_SAID = re.compile(
    r"(?<!\w)(?:phone|telephone|mobile|cell|tel|call(?:ed)?|callback|text|whatsapp|reach|telefon(?:nummer)?|handy(?:nummer)?"
    r"|rückruf|mobil|anrufen|erreichbar|teléfono|telefono|móvil|llam\w+)\W+(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
_CALLED = re.compile(rf"{_FREE}[1-9]\d{{1,4}}(?:[ ./-]?\d){{5,9}}{_ENDS}")


def personal(text: str) -> Iterator[tuple[str, str, Span]]:
    """Kind, what is shown of it, and where it stands; in reading order, none within another.

    >>> list(personal("Call me on +49 381 1234567, refund to DE89 3704 0044 0532 0130 00"))
    [('phone', '•• 567', (11, 26)), ('bank', 'DE •• 3000', (38, 65))]
    """
    end = 0
    for kind, value, span in sorted(_found(text), key=lambda one: (one[2][0], -one[2][1])):
        if span[0] >= end:
            end = span[1]
            yield kind, value, span


def _found(text: str) -> Iterator[tuple[str, str, Span]]:
    for match in _IBAN.finditer(text):
        if end := _iban(match[0]):
            yield (
                BANK,
                f"{match[0][:2]} •• {_last(match[0][:end], SHOWN_OF_BANK)}",
                (match.start(), match.start() + end),
            )
    for match in _CARD.finditer(text):
        if _luhn(re.sub(r"\D", "", match[0])):
            yield BANK, f"•• {_last(match[0], SHOWN_OF_BANK)}", match.span()
    for match in (*_PHONE.finditer(text), *_CALLED.finditer(text)):
        said = _SAID.search(text, max(0, match.start() - 60), match.start())
        if said or (match.re is _PHONE and not told(text[max(0, match.start() - 28) : match.start()])):
            yield PHONE, f"•• {_last(match[0], SHOWN)}", match.span()


def _last(written: str, count: int) -> str:
    return re.sub(r"\W", "", written)[-count:]


def _iban(written: str) -> int:
    """Where an IBAN ends that begins here (ISO 13616: the remainder by 97 is 1); 0 for none."""
    end = len(written)
    while end >= 15:
        bare = written[:end].replace(" ", "")
        if int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1:
            return end
        end = max(written.rfind(" ", 0, end), 0)
    return 0


def _luhn(digits: str) -> bool:
    """Whether the check digit of a card fits (ISO/IEC 7812-1)."""
    twice = "0246813579"
    marks = [int(twice[int(sign)]) if place % 2 else int(sign) for place, sign in enumerate(reversed(digits))]
    return sum(marks) % 10 == 0 and len(set(digits)) > 1
