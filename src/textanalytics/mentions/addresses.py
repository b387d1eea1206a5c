"""Postal addresses of people: a street with its number, told by the postcode behind it or by words before it that say whose it is.

A street alone may be a shop's, or where an accident was. Streets of English and German are known, and the postcodes of the United States,
Britain and Germany.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textanalytics.base import Span

_NUMBER = r"\d{1,5}[a-z]?(?:[-/]\d{1,4})?(?!\w)"
_NO_NAME = r"(?!(?:an?|and|at|by|for|from|in|is|my|of|on|or|that|the|this|to|with|your)\b)"
"""Words of which no name of a street begins: "2 on the way"."""

_ENGLISH = re.compile(
    rf"(?<![\w$€£.,:/#-])(?:(?:flat|apt\.?|apartment|unit|suite)\s\w{{1,4}},?\s)?{_NUMBER},?\s"
    rf"(?:{_NO_NAME}[^\W_][\w.'’-]{{0,24}}\s){{1,4}}"
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|way|place|pl|terrace|terr|crescent|close|square|parkway|pkwy"
    r"|highway|hwy|gardens)(?!\w)\.?",
    re.IGNORECASE,
)
_STREETS = r"stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|ring|damm|ufer"
_GERMAN = re.compile(
    rf"(?<!\w)(?:[A-ZÄÖÜ][\w-]{{1,30}}(?:{_STREETS})"
    rf"|(?:[A-ZÄÖÜ][\w.]{{1,24}}[ -]){{1,3}}(?i:{_STREETS})"
    rf"|(?:Am|Im|Zum|Zur|An de[rmn]|In de[rmn]|Auf de[rmn]|Unter den)\s[A-ZÄÖÜ][\w-]{{1,24}})\s?{_NUMBER}"
)
_ENGLISH_CODE = re.compile(
    r"[^!?\n]{0,50}?(?<!\w)(?:[A-Z]{2,14}\.?,?\s\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})(?!\w)",
    re.IGNORECASE,
)
_GERMAN_CODE = re.compile(r"[\s,]{1,3}(?:D-)?\d{5}\s[A-ZÄÖÜ][\wäöüß-]{1,30}")
_WHOSE = re.compile(
    r"(?<!\w)(?:address(?:\s(?:is|was)|:)|(?:i|we)(?:\slive|\sam|['’]m|\sare|['’]re)\sat|(?:ship|deliver|send|sent|mail)\w{0,4}"
    r"(?:\s(?:it|them|this|that))?\sto|my\s(?:home|house|flat|apartment)\s(?:is\s)?at|(?:adresse|anschrift)(?:\s(?:ist|lautet|war)|:)"
    r"|wohn(?:e|en|haft)(?:\s(?:in|an)(?:\sder)?)?|umgezogen\sin(?:\sdie)?)\s?$",
    re.IGNORECASE,
)
BEFORE = 40
"""Characters in which it is said whose a street is."""


def addresses(text: str) -> Iterator[Span]:
    """Where somebody's address stands: from the street to the postcode, or the street alone.

    >>> text = "Send it to 14 Elm Road, Larkfield KT9 2ZZ. I am at 14 Elm Road"
    >>> [text[start:end] for start, end in addresses(text)]
    ['14 Elm Road, Larkfield KT9 2ZZ', '14 Elm Road']
    """
    for street, code in ((_ENGLISH, _ENGLISH_CODE), (_GERMAN, _GERMAN_CODE)):
        for found in street.finditer(text):
            behind = code.match(text, found.end())
            if behind or _WHOSE.search(text, max(0, found.start() - BEFORE), found.start()):
                yield found.start(), behind.end() if behind else found.end()
