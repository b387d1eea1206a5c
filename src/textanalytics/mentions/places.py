"""Places, told by how they are written in English, German and Spanish: addresses, postcodes, stations, airports, towns.

No list of places is kept: a street says that it is one, a station or an airport stands beside its name, and a town is
what somebody is in, goes to or comes from, written with a capital where everything around is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textanalytics.base import Span
from textanalytics.mentions.gazetteer import everyday

PLACE = "place"
LONGEST = 60

_CAP = r"[A-ZÀ-ÖØ-Þ][\w’'.]*[\w]"
_LINK = r"(?:am|an\sder|ob\sder|de\sla|del?|los|las|la|upon|on|of)"
_NAME = rf"{_CAP}(?:(?:\s|-|\s{_LINK}\s){_CAP}){{0,3}}"
_HOUSE = r"\d{1,4}\s?(?:[a-zA-Z](?!\w))?"

_STREETS = (
    rf"\d{{1,5}}[a-z]?\s(?:{_CAP}\s){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Square|Way)(?!\w)",
    rf"(?:{_CAP}[\s-]){{0,2}}(?:[A-ZÀ-ÖØ-Þ][\w-]*)?"
    rf"(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Pp]latz|[Aa]llee|[Gg]asse|(?<=\w)weg|[Uu]fer)\s{_HOUSE}",
    rf"(?:Calle|Avenida|Avda\.?|Plaza|Paseo)\s(?:de\s(?:la\s|los\s|las\s)?|del\s)?{_NAME},?\s(?:n[ºo.]\s?)?\d{{1,4}}",
)
_CODES = (
    rf"(?:(?:D|DE|E|F)-)?(?<!\d)\d{{5}}\s(?P<code>{_NAME})(?!\w)",
    rf"(?:A|AT|CH)-\d{{4}}(?:\s{_NAME})?",
    r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?!\w)",
    rf"(?:{_NAME},\s)?[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?(?![\d-])",
)
_STATION = r"[Rr]ailway\s[Ss]tation|[Tt]rain\s[Ss]tation|[Ss]tation|Hbf|Hauptbahnhof|Bahnhof"
_AIRPORT = r"[Ii]nternational\s[Aa]irport|[Aa]irport|Flughafen"
_STOPS = (
    rf"(?P<stop>{_NAME})[\s-](?:{_STATION}|{_AIRPORT})(?!\w)",
    rf"(?:Hauptbahnhof|Bahnhof|Flughafen|Haltestelle|Hbf)\s(?P<at>{_NAME})",
    rf"(?:[Aa]eropuerto|[Ee]stación)\sde\s{_NAME}",
)
_LONE = r"(?<![\w@#/.])"
_BEGINS = rf"{_LONE}(?=[A-ZÀ-ÖØ-Þ\dae])"
_STREET = re.compile(rf"{_BEGINS}(?:{'|'.join(_STREETS)})")
_STREET_WORDS = tuple(
    " Street, St, Road, Rd, Avenue, Ave, Lane, Drive, Boulevard, Blvd, Square, Way,traße,trasse,tr.,latz,llee,asse,weg ,fer"
    ",Calle,Avenida,Avda,Plaza,Paseo".split(",")
)
_CODE = re.compile(rf"{_BEGINS}(?:{'|'.join(_CODES)})")
_CODED = re.compile(r"\d{4}|\d[A-Z]")
_STOPPED = re.compile(rf"{_BEGINS}(?:{'|'.join(_STOPS)})")
_STOP_WORDS = ("tation", "Hbf", "ahnhof", "irport", "Flughafen", "Haltestelle", "eropuerto", "stación")
_FROM_TO = (
    ("from", "to"),
    ("between", "and"),
    ("von", "nach"),
    ("zwischen", "und"),
    ("de", "a"),
    ("entre", "y"),
)
_WAYS = [
    (f"{a} ", f" {b} ", re.compile(rf"(?<!\w){a}\s({_NAME})\s{b}\s({_NAME})(?!\w)")) for a, b in _FROM_TO
]
_IN = re.compile(rf"(?<!\w)(?:[Ii]n|[Nn]ear|[Nn]ach|[Aa]us|[Ee]n)\s({_NAME})(?!\w)")
_CAPITAL = re.compile(r"[nrhs] [A-ZÀ-ÖØ-Þ]")
_FLIES = ("flight", "flying", "flug", "flieg", "vuelo", "volar", "layover")
_AIRPORTS = re.compile(r"(?<![\w@#])([A-Z]{3})\s?(?:to|nach|a|-|–|→|>|/)\s?([A-Z]{3})(?!\w)")
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"[^\s-]+")
_DATED = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec"
    " januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag"
    " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " english german deutsch englisch spanish español inglés christmas easter ostern weihnachten"
    # What German is in, after or out of without an article.
    " absprache angaben anspruch arbeit bälde betrieb bezug eile ermessen folge form frage gefahr gänze haft haupt haus"
    " hause höhe kürze kauf not panik plan puncto rückfrage ruhe sachen summe teilen urlaub verbindung versehen wahrheit"
    " wahl wunsch zukunft norden süden osten westen mitte".split()
)
_BEFORE = frozenset(
    "new los las san santa st saint bad el la le sankt fort port mount north south east west".split()
)
"""Everyday words with which names of towns begin."""
_ABSTRACT = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|nis|tum|ismus|ment|ing|ist|weise|zeit|fall|gang|sicht|kraft|stand)(?:en|s|n)?$"
)
"""What ends so names no town but a thing: in German every noun has a capital."""


def places(text: str) -> Iterator[tuple[str, Span]]:
    """Each as it is written, and where it stands; in reading order, none within another.

    >>> list(places("My parcel to Lange Straße 12, 18055 Rostock is still in Hamburg"))
    [('Lange Straße 12', (13, 28)), ('18055 Rostock', (30, 43)), ('Hamburg', (56, 63))]
    """
    end = 0
    for start, stop in sorted(set(_found(text)), key=lambda span: (span[0], -span[1])):
        if start >= end and stop - start <= LONGEST:
            end = stop
            yield " ".join(text[start:stop].split()), (start, stop)


def _found(text: str) -> Iterator[Span]:
    """Spans of places, in any order; they may overlap. A slow pattern is tried only where a cheap sign of it stands."""
    if text.islower():
        return
    if _DIGIT.search(text) and any(word in text for word in _STREET_WORDS):
        yield from (found.span() for found in _STREET.finditer(text))
    if _CODED.search(text):
        yield from _coded(text)
    if any(word in text for word in _STOP_WORDS):
        for found in _STOPPED.finditer(text):
            yield from _stop(text, found)
    yield from _ends_of_ways(text)
    if _CAPITAL.search(text):
        yield from (town for found in _IN.finditer(text) if (town := _town(text, found.span(1))))
    lowered = text.lower()
    if any(word in lowered for word in _FLIES):
        for found in _AIRPORTS.finditer(text):
            yield from (found.span(1), found.span(2))


def _coded(text: str) -> Iterator[Span]:
    """Postcodes, those with a town behind them ("18055 Rostock") only where it can be one."""
    for found in _CODE.finditer(text):
        if found["code"] is None or _town(text, found.span("code")):
            yield found.span()


def _ends_of_ways(text: str) -> Iterator[Span]:
    """Both towns of "from Rostock to Hamburg"; none where only one end can be a town."""
    for begins, goes_on, way in _WAYS:
        if begins in text and goes_on in text:
            for found in way.finditer(text):
                ends = [town for number in (1, 2) if (town := _town(text, found.span(number)))]
                yield from ends if len(ends) > 1 else []


def _stop(text: str, found: re.Match[str]) -> Iterator[Span]:
    """Without everyday words before the name ("The airport" has none); "Stuttgart. Bahnhof" is two sentences."""
    named = found.span("stop")
    if named[0] < 0:
        yield found.span()
        return
    parts = [part.span() for part in _PART.finditer(text, *named)]
    while parts and not _names(text[slice(*parts[0])], station=True):
        parts.pop(0)
    if parts and not any(text[end - 1] in ".!?" for _, end in parts):
        yield parts[0][0], found.end()


def _town(text: str, span: Span) -> Span | None:
    """The words from the first on that can be a town's name; None when the first cannot."""
    stop = span[0]
    parts = list(_PART.finditer(text, *span))
    for place, part in enumerate(parts):
        word = part.group()
        begins = word.lower().rstrip(".") in _BEFORE and place + 1 < len(parts)
        if word[0].isupper() and not begins and not _names(word):
            break
        if word[0].isupper() and not begins:
            stop = part.end()
        if word[-1] in ".!?" and not begins:
            break
    return (span[0], stop) if stop > span[0] else None


def _names(word: str, *, station: bool = False) -> bool:
    """Whether it can be a town's name, or a station's."""
    bare = word.strip(".’'").lower()
    if len(bare) < 3 or bare in _DATED or bare in everyday():
        return bare in _BEFORE and station
    return station or (not word.isupper() and word[1:].islower() and not _ABSTRACT.search(bare))
