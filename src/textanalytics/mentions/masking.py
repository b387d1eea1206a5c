"""Words as they may be shown to whoever has no need to know whose they are: without numbers, addresses and passwords of people.

What has a shape is masked, or a word before it that says what it is. Names of people, and handles, have neither, and stay, unless a caller
finds them (`mentions.accused`); so does a street of which nothing says that somebody lives there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textanalytics.base import Span
from textanalytics.mentions.addresses import BEFORE, addresses
from textanalytics.mentions.personal import FEWEST, SHOWN, personal
from textanalytics.mentions.shapes import AMOUNT, DATE, NUMBER, shapes, told

MAIL, STREET, SECRET = "e-mail", "address", "secret"
"""What is hidden, beside `personal.PHONE` and `BANK` and `shapes.NUMBER`; a secret is a PIN or a password."""

HIDDEN, HIDDEN_MAIL = "••••", "•••@•••"

IDENTIFYING = frozenset(
    "account acct member membership policy passport license licence id ssn security insurance order booking conf pnr invoice"
    " ticket case reference ref tracking shipment parcel customer contract claim confirmation konto kontonummer mitglieds"
    " mitglied versicherungs ausweis bestellung bestell auftrag auftrags rechnung rechnungs kunden kunde vertrag vertrags"
    " sendung sendungs buchung buchungs vorgang vorgangs cuenta pedido factura reserva póliza pasaporte cliente socio".split()
)
"""After these a number is somebody's: of an account, a policy, an order."""

_ADDRESS = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+(?:@|\s?[(\[]at[)\]]\s?)[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.+%-])[\w.+%-]+ at [\w-]+ dot [a-z]{2,4}(?!\w)",
    re.IGNORECASE,
)
_AT = re.compile(
    r"(?<![\w.+%-])(?P<name>[\w.+%-]{2,64})\s?(?:@|\sat)\s?(?:gmail|googlemail|hotmail|yahoo|outlook|icloud|aol|gmx)(?P<end>(?:\s?(?:\.|dot)\s?[a-z]{2,4})?)(?!\w)",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?<!\w)(?:e-?mail|mail|write to|reach me|contact)\b[^.!?]{0,30}$|^(?:@\w+\W+)*$", re.IGNORECASE
)
"""What stands before a name at a provider of mail: a word that says so, or nothing."""

_PIN = re.compile(
    r"(?<!\w)(?:pins?|passcode|security code|cvv|cvc|otp|(?-i:TAN)|geheimzahl|clave)(?:[ -]?(?:number|code|nummer|no\.?))?"
    r"(?:\W+[^\W\d]+){0,9}?[\W]+(?=\d)",
    re.IGNORECASE,
)
"""What leads to a PIN: any other number, and the end of a sentence, ends the way."""

_PIN_DIGITS = re.compile(r"\d(?:[ -]?\d){2,7}(?![\d%€$£]|[.,:/]\d)")
_NEXT_PIN = re.compile(r"\s(?:to|and|or|auf|zu|und|oder|a|y|o)\s(?=\d)")
_SPOKEN = re.compile(
    r"(?<!\w)(?:pins?|passcode|password|code|card|account|number)(?:\W+[^\W\d]+){0,3}?\W+(?P<it>(?:(?:zero|oh|one|two|three|four|five|six|seven|eight"
    r"|nine)\W+){2,}(?:zero|oh|one|two|three|four|five|six|seven|eight|nine))(?!\w)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    r"(?<!\w)(?:password|passphrase|passwort|kennwort|contraseña)\s?(?:is now|is|was|ist|war|lautet|es|to|:|=)\s?"
    r"(?P<it>[\"'“‘„][^\"'”’“\s]{3,}[\"'”’“]|(?=\S*\d)\S{4,})",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LONG = re.compile(
    r"(?<![\w/=.-])(?:\d{8,}|\d{4}([ -])\d{4}\1\d{4}(?:\1\d{1,7})?|\d{3}-\d{2}-\d{4})(?![\w/=]|[.,-]\d)"
)
_BODY = re.compile(r"\d[\da-z]{0,40}(?:[ -]\d[\da-z]{0,40}){0,9}(?![\w€$£]|[.,]\d)", re.IGNORECASE)
_SERVICES = frozenset("flight flug flugs vuelo vol train zug tren bus gate route".split())
_RUN = re.compile(r"\d+")
_NUMBERING = re.compile(
    r"(?:[#:]|(?<!\w)(?:n[or]\.?|number|nummer|número|id|is|ist|es))\s?$|nummer\s?$", re.IGNORECASE
)
FEW = 5
"""Digits of a number of somebody's where nothing but its noun says so; one fewer where a "number" does."""

_SENTENCE = re.compile(r"[.!?]\s")


def masked(text: str, spans: Sequence[Span] = (), *, names: Sequence[Span] = ()) -> tuple[str, list[Span]]:
    """The text without what betrays somebody, and without these `names`; and where the same `spans` (in order) are in it; what is
    masked is in none.

    >>> masked("My pin is 1234, call me on +49 381 1234567 or mail to maren@larkfield.example")[0]
    'My pin is ••••, call me on •• 567 or mail to •••@•••'
    >>> masked("Flight 1326 on 12.03.2026 cost 1,200.50 €, order 4711-20177")[0]
    'Flight 1326 on 12.03.2026 cost 1,200.50 €, order •• 177'
    """
    found = private(text, names)
    if not found:
        return text, list(spans)
    parts, moved, last, length = [], list[tuple[Span, int]](), 0, 0
    for _, (start, end), shown in found:
        parts += [text[last:start], shown]
        length += start - last + len(shown)
        moved.append(((start, end), length - end))
        last = end
    return "".join([*parts, text[last:]]), [kept for span in spans if (kept := _kept(span, moved))]


def _kept(span: Span, moved: Sequence[tuple[Span, int]]) -> Span | None:
    """The span in the masked text; None where some of it is masked."""
    if any(start < span[1] and span[0] < end for (start, end), _ in moved):
        return None
    by = next((by for (_, end), by in reversed(moved) if end <= span[0]), 0)
    return span[0] + by, span[1] + by


def private(text: str, names: Sequence[Span] = ()) -> list[tuple[str, Span, str]]:
    """What betrays somebody: its kind, where it stands, and what is shown for it; in order, none within another; the first and the
    longest win. `names`: where names of persons stand.

    >>> private("My pin is 1234, mail maren@larkfield.example")
    [('secret', (10, 14), '••••'), ('e-mail', (21, 44), '•••@•••')]
    """
    found: list[tuple[str, Span, str]] = []
    named = [("name", span, HIDDEN) for span in names]
    for kind, span, shown in sorted([*_found(text), *named], key=lambda one: (one[1][0], -one[1][1])):
        if not found or span[0] >= found[-1][1][1]:
            found.append((kind, span, shown))
    return found


def _found(text: str) -> Iterator[tuple[str, Span, str]]:
    for match in _ADDRESS.finditer(text):
        yield MAIL, match.span(), HIDDEN_MAIL
    for match in _AT.finditer(text):
        if (
            match["end"]
            or "@" in match[0]
            or _MAIL.search(text, max(0, match.start() - BEFORE), match.start())
        ):
            yield MAIL, match.span(), HIDDEN_MAIL
    for match in (*_PASSWORD.finditer(text), *_SPOKEN.finditer(text)):
        yield SECRET, match.span("it"), HIDDEN
    digits = sum(map(text.count, "0123456789"))
    if not digits:
        return
    yield from ((STREET, span, HIDDEN) for span in addresses(text))
    if digits >= FEWEST:
        yield from ((kind, span, shown) for kind, shown, span in personal(text))
    public = [(kind, span) for kind, _, span in shapes(text)]
    harmless = [span for kind, span in public if kind in (AMOUNT, DATE)]
    harmless += [match.span() for match in _LINK.finditer(text)]
    for kind, span, shown in (*_pins(text), *_numbers(text), *_orders(text, public)):
        if not any(span[0] < end and start < span[1] for start, end in harmless):
            yield kind, span, shown


def _pins(text: str) -> Iterator[tuple[str, Span, str]]:
    for lead in _PIN.finditer(text):
        end = lead.end()
        if _SENTENCE.search(lead[0]):
            continue
        while pin := _PIN_DIGITS.match(text, end):
            yield SECRET, pin.span(), HIDDEN
            further = _NEXT_PIN.match(text, pin.end())
            end = further.end() if further else len(text)


def _numbers(text: str) -> Iterator[tuple[str, Span, str]]:
    """Long ones whatever they are, and shorter ones behind a word that says whose they are."""
    for match in _LONG.finditer(text):
        yield NUMBER, match.span(), _last(match[0])
    for run in _RUN.finditer(text):
        before = text[max(0, run.start() - 28) : run.start()]
        body = _BODY.match(text, run.start())
        if (
            body
            and before[-1:] in (" ", ":", "#")
            and told(before, IDENTIFYING)
            and _is_number(body[0], before)
        ):
            yield NUMBER, body.span(), _last(body[0])


def _orders(text: str, public: Sequence[tuple[str, Span]]) -> Iterator[tuple[str, Span, str]]:
    """Numbers that say what they are, but of no flight or train: "#20177", "PNR X7K2PQ"."""
    for kind, (start, end) in public:
        before = text[max(0, start - 28) : start]
        written = text[start:end]
        tagged = before.endswith("#") and written.isdigit() and not told(before, _SERVICES)
        said = tagged or "-" in written or told(before)
        if kind == NUMBER and said and before[-1:] != "@" and _is_number(written, before):
            yield NUMBER, (start, end), _last(written)


def _is_number(written: str, before: str) -> bool:
    """Whether it is no quantity and no year: "order 2000 pieces"."""
    digits = sum(map(str.isdigit, written))
    short = digits >= FEW if written.isdigit() and not _NUMBERING.search(before) else digits >= FEW - 1
    return short or not written.isdigit() and written.isupper()


def _last(written: str) -> str:
    bare = re.sub(r"\W", "", written)
    return f"•• {bare[-SHOWN:]}"
