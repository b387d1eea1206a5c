"""Amounts, dates and numbers of orders, told by their shape and the word before them; in English, German and Spanish.

One look at each run of digits, so that a text without any costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from textanalytics.base import Span

AMOUNT, DATE, NUMBER = "amount", "date", "number"
Shape = tuple[str, str, Span]
"""Kind, value in one spelling, and where it stands."""

FEWEST, FEWEST_ALONE, LONGEST = 4, 5, 28
"""Digits of a number that says what it is, of one that only has a "#", and characters of either."""

_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP"}
_CURRENCIES |= {
    word: code
    for code, words in {
        "EUR": "eur euro euros",
        "USD": "usd dollar dollars bucks dólar dólares dolares",
        "GBP": "gbp pound pounds quid pfund",
        "CHF": "chf franken sfr",
        "JPY": "jpy yen ¥",
        "INR": "inr rupees rs ₹",
        "PLN": "pln złoty zł",
        "SEK": "sek",
    }.items()
    for word in words.split()
}
_MONTHS = (
    "jan january januar jänner enero|feb february februar febrero|mar march märz mrz marzo|apr april abril"
    "|may mai mayo|jun june juni junio|jul july juli julio|aug august agosto|sep sept september septiembre"
    "|oct october okt oktober octubre|nov november noviembre|dec december dez dezember diciembre"
)
_MONTH = {word: n for n, words in enumerate(_MONTHS.split("|"), 1) for word in words.split()}
_DATED = frozenset("am vom bis zum ab seit den dem".split())
_SLASHED = _DATED | frozenset("on since until till by before after from el del desde hasta".split())
_DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend"
    "|sonntag|lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo"
)
_WEEKDAY = re.compile(
    rf"(?<!\w)(?:(?:next|last|this|(?:letzt|nächst|kommend|vorig|vergangen|dies)e[nrs]?|el|próximo|proximo)\s(?:{_DAYS})(?!\w)"
    rf"(?:\s(?:pasado|próximo|proximo)(?!\w))?|(?:{_DAYS})\s(?:pasado|próximo|proximo)(?!\w))"
)
_WEEK_SIGNS = "next last this letzte nächste kommende vorige vergangene diese pasado próximo proximo".split()
_DAY_SIGNS = ("day", "tag", "woch", "abend", "pasado", "róximo", "roximo")
_NUMBERED = frozenset(
    "order booking conf pnr invoice ticket case reference ref tracking shipment parcel customer contract claim confirmation"
    " bestellung bestell auftrag auftrags rechnung rechnungs kunden kunde vertrag vertrags sendung sendungs sendungs"
    " buchung buchungs vorgang vorgangs pedido factura reserva commande facture colis".split()
)
_FLOWN = frozenset("flight flug flugs vuelo vol".split())
_FILLS = frozenset("n no nr id number nummer numero número code is ist lautet es".split())

_RUN = re.compile(r"\d+")
_SUM = re.compile(r"\d+(?:[.,'’]\d{3})*(?:[.,]\d{1,2})?(?!\d)")
_SPACED = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d\d)?(?!\d)(?=\s?(?:[€$£]|eur(?:os?)?(?!\w)))", re.IGNORECASE
)
_THOUSAND = re.compile(r"k(?!\w)", re.IGNORECASE)
_MILLION = re.compile(r"(?:m|\s?(?:mio\.?|million|millions|millionen|millones))(?!\w)", re.IGNORECASE)
_AFTER = re.compile(r"(?:,-|[.,][-–])?\s?([€$£¥₹]|[a-zł]{2,7})(?![\w$])", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?((?:20)?\d\d))?(?![\w/-]|\.\d)")
_SLASHES = re.compile(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\w/-])")
_SLASHED_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?![\w/%-]|[.,]\d)")
_NAMED = re.compile(
    r"(\d{1,2})(st|nd|rd|th|\.)?\s?(?:of\s|de\s)?([a-zäñ]{3,10})\b\.?(?:,?\s(?:de\s)?(20\d\d)\b)?", re.I
)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:,?\s(20\d\d))?(?![\w/-]|[.,:]\d)", re.IGNORECASE)
_BEFORE = re.compile(r"([a-zäñ]+)\.?\s$|([€$£¥₹]|(?<![\w-])(?:eur|usd|gbp|chf|jpy|inr))\s?$", re.IGNORECASE)
_LETTERS = re.compile(r"(?<![\w/.-])[a-z]{1,5}-?$", re.IGNORECASE)
_BODY = re.compile(r"\d[\da-z]*(?:[-/][\da-z]+)*(?![\w€$£]|[.,]\d)", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w-])[A-Z\d]{5,8}(?![\w-])")
_AIRLINE = re.compile(r"(?<![\w/-])([A-Z][A-Z\d]|\d[A-Z]|EJU|EZY|RYR)\s?$")
_TRAIN = re.compile(r"(?<![\w/-])(ICE|IC|EC|RJX?|TGV|AVE)\s?$")
_FEW = re.compile(r"\d{2,5}(?![\w/:-]|[.,%]\d)")
LONGEST_SUM = 24
"""Letters of an amount: a longer run of digits is none, and one of thousands could not be read as a number at all."""

_OPENS = (" ", "#", ":")
_SAID = re.compile(r"[a-zúñ]+|#", re.IGNORECASE)


def shapes(text: str) -> Iterator[Shape]:
    """In reading order, none within another.

    >>> list(shapes("49,90 € on March 3, order A-20177"))
    [('amount', 'EUR 49.90', (0, 7)), ('date', '--03-03', (11, 18)), ('number', 'A-20177', (26, 33))]
    """
    end = 0
    for run in _RUN.finditer(text):
        at = run.start()
        if at < end:
            continue
        found = _amount(text, at) or _date(text, at) or _number(text, at) or _service(text, at)
        if found and found[2][0] >= end:
            end = found[2][1]
            yield found


def weekdays(text: str) -> Iterator[Shape]:
    """Days that are only told by where we are in the week, as they are written; there is no clock here.

    >>> list(weekdays("It comes next Tuesday, not on Friday"))
    [('date', 'next tuesday', (9, 21))]
    """
    lowered = text.lower()
    if any(map(lowered.__contains__, _DAY_SIGNS)) and any(map(lowered.__contains__, _WEEK_SIGNS)):
        for found in _WEEKDAY.finditer(lowered if len(lowered) == len(text) else text):
            yield DATE, " ".join(found[0].split()), found.span()


def _free(text: str, at: int) -> bool:
    """Whether a number of its own begins here, and not the rest of a word, a version or an address."""
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "_.,/-=:'+")


def _amount(text: str, at: int) -> Shape | None:
    before = _BEFORE.search(text, max(0, at - 9), at)
    code = _CURRENCIES.get((before[1] or before[2]).lower()) if before else ""
    summed = _SPACED.match(text, at) or _SUM.match(text, at)
    if summed is None or len(summed[0]) > LONGEST_SUM:
        return None
    begin, end = before.start() if before else at, summed.end()
    times, end = _times(text, end)
    if code and (times > 1 or not text[end : end + 1].isalpha()):
        return AMOUNT, f"{code} {_number_of(summed[0], times)}", (begin, end)
    after = _AFTER.match(text, end)
    code = _CURRENCIES.get(after[1].lower()) if after and _free(text, at) else None
    return (AMOUNT, f"{code} {_number_of(summed[0], times)}", (at, after.end())) if code and after else None


def _times(text: str, end: int) -> tuple[int, int]:
    """What "k" or "million" behind a sum makes of it, and where that ends."""
    for times, word in ((1_000, _THOUSAND), (1_000_000, _MILLION)):
        if found := word.match(text, end):
            return times, found.end()
    return 1, end


def _number_of(written: str, times: int = 1) -> str:
    """Two digits behind the point, whatever the country."""
    whole, cents = written, "00"
    if len(written) > 2 and written[-3] in ".,":
        whole, cents = written[:-3], written[-2:]
    elif len(written) > 1 and written[-2] in ".,":
        whole, cents = written[:-2], f"{written[-1]}0"
    hundredths = (int(re.sub(r"\D", "", whole)) * 100 + int(cents)) * times
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _date(text: str, at: int) -> Shape | None:
    """A date without a year is "--03-12"; "3/4/2026", which could be two days, stays as it is written."""
    if not _free(text, at):
        return None
    if found := _SLASHES.match(text, at):
        one, other = sorted(int(part) for part in found[0].split("/")[:2])
        return (DATE, found[0], found.span()) if 1 <= one <= 12 and other <= 31 else None
    if found := _ISO.match(text, at):
        return _day(found[1], int(found[2]), found[3], found.span())
    before = _BEFORE.search(text, max(0, at - 12), at)
    word = (before[1] or "") if before else ""
    if word.lower() in _SLASHED and (found := _SLASHED_DAY.match(text, at)):
        one, other = sorted((int(found[1]), int(found[2])))
        return (DATE, found[0], found.span()) if 1 <= one <= 12 and other <= 31 else None
    if (found := _POINTS.match(text, at)) and (found[3] or word.lower() in _DATED):
        return _day(found[3] or "", int(found[2]), found[1], found.span())
    if (found := _NAMED.match(text, at)) and _is_month(found[3], sure=bool(found[2] or found[4])):
        return _day(found[4] or "", _MONTH[found[3].lower()], found[1], found.span())
    if before and _is_month(word) and (found := _DAY.match(text, at)):
        return _day(found[2] or "", _MONTH[word.lower()], found[1], (before.start(), found.end()))
    return None


def _is_month(word: str, *, sure: bool = False) -> bool:
    """ "May" is one, and "may" only where something else says so."""
    return word.lower() in _MONTH and (sure or word not in ("may", "mar", "sep"))


def _day(year: str, month: int, day: str, span: Span) -> Shape | None:
    if not (1 <= month <= 12 and 1 <= int(day) <= 31):
        return None
    return DATE, f"{f'20{year[-2:]}' if year else '-'}-{month:02}-{int(day):02}", span


def _number(text: str, at: int) -> Shape | None:
    """Letters may stand before it; the word before says what it is, or a "#", or the capitals that it begins with."""
    body = _BODY.match(
        text, at, at + 2 * LONGEST
    )  # Else an endless one is read again from each of its digits.
    letters = _LETTERS.search(text, max(0, at - 7), at)
    begin = letters.start() if letters else at
    if (
        body is None
        or body.end() - begin > LONGEST
        or not (letters or _free(text, at) or text[at - 1] == ":")
    ):
        return None
    value = text[begin : body.end()]
    digits = sum(map(str.isdigit, value))
    is_told = told(text[max(0, begin - 28) : begin])
    capitals = letters is not None and value.isupper() and text[at : at + FEWEST].isdigit()
    if digits >= FEWEST_ALONE if text[begin - 1 : begin] == "#" else is_told or capitals:
        return (NUMBER, value.upper(), (begin, body.end())) if digits >= FEWEST else None
    return None


def _service(text: str, at: int) -> Shape | None:
    """A flight that is called one ("flight LH 2030", "flight 136"), a train by its kind ("ICE 579"), or a code that is
    told to be one ("booking ref X7K2PQ")."""
    if (train := _TRAIN.search(text, max(0, at - 4), at)) and (number := _FEW.match(text, at)):
        return NUMBER, f"{train[1]}{number[0]}", (train.start(), number.end())
    line = _AIRLINE.search(text, max(0, at - 4), at)
    begin = line.start() if line else at
    before = text[max(0, begin - 28) : begin]
    if before[-1:] in _OPENS and (number := _FEW.match(text, at)) and told(before, _FLOWN):
        return NUMBER, f"{line[1] if line else ''}{number[0]}", (begin, number.end())
    code = _CODE.search(text, max(0, at - 8), at + 8)
    if code and code.start() <= at < code.end() and not code[0].isdigit():
        before = text[max(0, code.start() - 28) : code.start()]
        return (NUMBER, code[0], code.span()) if told(before) else None
    return None


def told(before: str, what: Collection[str] = _NUMBERED) -> bool:
    """Whether what stands before says that a number follows: "invoice no.", "Rechnungsnummer:"."""
    if before.rstrip()[-1:] in (",", ";", "!", "?"):
        return False
    words = [word.lower() for word in _SAID.findall(before)]
    while words and (words[-1] in _FILLS or words[-1] == "#"):
        words.pop()
    last = words[-1] if words else ""
    return last in what or last.removesuffix("nummer").removesuffix("nr").removesuffix("code") in what
