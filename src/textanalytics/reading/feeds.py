"""Detect texts that no customer wrote (classified ads, headlines, articles, timetables) by their form, not their
topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from textanalytics import lexicons
from textanalytics.base import IntArray
from textanalytics.text import LINKS, MENTIONS, RETWEET, tokens

LISTED = re.compile(
    r"\b(?:\d+[.,]?\d*\s*(?:m²|m2|qm|m⊃2|m&sup2|sq\.?\s?(?:ft|m)|square (?:feet|met))"
    r"|(?:kalt|warm|netto|brutto)miete|wohnfläche|erstbezug|einbauküche|provisionsfrei|bezugsfertig|gehminuten"
    r"|\w*(?:wohnung|zimmer)\b|zimmer:|balkon|loggia|garconnière|nachmieter|kaution|zu vermieten|zu verkaufen|verkaufe?n?\b|vhb?\b"
    r"|festpreis|angebotsende|selbstabholer|abholung|tausche|versandkosten|for sale|to let\b|for rent|bedrooms?"
    r"|furnished|asking price|pick[- ]?up only|per month|ono\b|square (?:foot|footage))",
    re.IGNORECASE,
)
PARTS = (
    "m²,m2,qm,m⊃2,m&sup2,sq,miete,wohnfläche,erstbezug,einbauküche,provisionsfrei,bezugsfertig,gehminuten,wohnung,zimmer,balkon,"
    "loggia,garconnière,kaution,verkauf,festpreis,angebotsende,selbstabholer,abholung,tausche,versandkosten,sale,rent,bedroom,"
    "furnished,asking,pick,month,porn,xxx,€,$,£,eur"
).split(",")
WHOLE = ("vh", "let", "ono")
WORDS = re.compile(r"\b(?:vhb?|let|ono)\b")
"""What is left of each mark of a listing between two blanks, and of what is to lure; of the second what begins so, as whole
words."""

ALONE = frozenset("porn,xxx,€,$,£,eur".split(","))
"""One of these may make an offer by itself; of other marks it takes two."""

LEWD = re.compile(
    r"\bporno?s?\W+(?:videos?|clips?|films?|tube)\b|\bxxx\W+(?:videos?|clips?)\b", re.IGNORECASE
)
"""What a customer does not offer."""

PRICE = re.compile(
    r"(?:[€$£]|\b(?:eur|euro|usd|gbp)\b)\s*\d|\d\s*(?:[,.]\s?-|[,.]?\d*\s*(?:[€$£]|eur\b|euro\b))", re.I
)
PRICED = r"\s+(?:[€$£]\s?\d|\d+[.,]?\d*\s?(?:[€$£]|eur\b|euro\b))"
LURE = re.compile(rf"\b(?:ab|nur|from|only|just){PRICED}", re.IGNORECASE)
LURE_ALONE = re.compile(rf"\b(?:schon (?:für|ab)|bereits (?:für|ab)|as low as){PRICED}", re.IGNORECASE)
"""A price that is to lure: who tells how it was names one with the same words, so it lures where the text begins, or
leads somewhere else. The second lures wherever nobody has spoken before it: then the offer is talked up."""
COMPARED = re.compile(r"\b(?:but|instead|than|says?|said|aber|sondern|statt|doch|pero|sino)\b", re.IGNORECASE)
"""With such a word somebody tells how it went with a price that was to lure."""

AGENCY = re.compile(
    r"\((?:dpa|afp|ap|reuters|dts|ots|sid|epd|kna|apa|pa|upi|ansa|efe)\b|\b(?:dts|dpa-\w+|presseportal|pressebox|prnewswire)\b"
    r"|nachrichtenagentur|#(?:news|nachrichten|breaking\w*)|\bvia @",
    re.IGNORECASE,
)
DATELINE = re.compile(
    r"\b\d{1,2}\.\s?(?:\d{1,2}\.|[a-zäöü]{3,9}\.?)\s?\d{2,4}\b[,\s–-]{1,4}(?:um )?\d{1,2}[:.]\d{2}\b",
    re.IGNORECASE,
)
"""Day and minute of an article, as German papers print them: "31. Oktober 2015, 07:52 Uhr"."""

CUT = re.compile(r"(?:\.\.\.|…)\s*$")
AT_THE_END = re.compile(r"https?://\S+\s*(?:via @\w+|#\w+|\s)*…?\s*$")
PERSONS = lexicons.words("first person") | lexicons.words("second person")

LEAST_MARKS = 2
LEAST_LISTED = 3
"""Different marks of a listing, a price among them: two a customer may have who asks about one."""

LONG, SPOKEN = 60, 1 / 40
"""Words from which on a text is an article when hardly anybody speaks in it, and the share of words like I and you."""

TIMES = re.compile(r"\b\d{1,2}[:.]\d{2}(?:\.\d{2,4})?\b(?!\s*[€$£%])")
LEAST_TIMES = 2

OPENING_WORDS, COPIES = 5, 3
"""Words by which copies are known, and how many of them make a text one that is passed on, not written."""

SHORTEST = 4
"""Words of a headline."""

SHORT = 2
"""Letters of what countries and their unions are called in short."""


def is_offer(text: str) -> bool:
    """Whether somebody lets, sells or advertises: several marks of a listing, or a price that is to lure.

    >>> is_offer("3 Zimmer, 70 m², Balkon, Kaltmiete 600 €")
    True
    >>> is_offer("I paid 70 € for a room without a balcony")
    False
    """
    if LEWD.search(text):
        return True
    marks = {match.group().lower() for match in LISTED.finditer(text)}
    if len(marks) >= LEAST_LISTED or (len(marks) == LEAST_LISTED - 1 and PRICE.search(text)):
        return True
    if MENTIONS.search(text):
        return False
    if (lured := LURE_ALONE.search(text)) and not _told(text[: lured.end()]):
        return True
    lured = LURE.search(text)
    leads = lured and (not text[: lured.start()].strip() or LINKS.search(text))
    return bool(leads) and not _told(text)


def _told(text: str) -> bool:
    """Whether somebody tells how it went with a price."""
    return _spoken(text) or COMPARED.search(text) is not None


def offering(words: Sequence[str]) -> IntArray:
    """(words,) for each blank-separated word: marks of an offer in it. A text with fewer than LEAST_MARKS in all is none."""
    typed = lexicons.small(" ".join(words))
    places = [place for part in PARTS for place in _places(typed, part) * (1 + (part in ALONE))]
    places += [place for part in WHOLE for place in _places(typed, part) if WORDS.match(typed, place)]
    ends = np.cumsum([len(word) + 1 for word in words], dtype=np.int64)
    return np.bincount(np.searchsorted(ends, np.array(places, np.int64), side="right"), minlength=len(words))


def _places(text: str, part: str) -> list[int]:
    found = [text.find(part)]
    while found[-1] >= 0:
        found.append(text.find(part, found[-1] + 1))
    return found[:-1]


def is_reported(text: str) -> bool:
    """Whether it is a headline or an article: nobody speaks, nobody is asked, and it leads somewhere else.

    >>> is_reported("Rail works to begin in May https://news.example/1")
    True
    >>> is_reported("My train was cancelled https://pictures.example/1")
    False
    >>> is_reported("EU tells rail firms to pay back more https://news.example/2")
    True
    """
    body = MENTIONS.sub(" ", LINKS.sub(" ", text))
    words = tokens(body)
    if len(words) < SHORTEST:
        return False
    spoken = _persons(body)
    if len(words) >= LONG:
        return spoken < SPOKEN * len(words)
    if spoken or "?" in body or MENTIONS.search(text):
        return False
    return bool(AT_THE_END.search(text) or CUT.search(text) or AGENCY.search(text) or DATELINE.search(text))


def is_notice(text: str) -> bool:
    """Whether a machine tells what runs when: several times or dates, and nobody speaks or is asked.

    >>> is_notice("Line 7: stop closed 08.04.2016, 13:30 to 17:00")
    True
    >>> is_notice("Waiting for line 7 since 13:30, it is 17:00 now and nobody tells us anything")
    False
    """
    if len(TIMES.findall(text)) < LEAST_TIMES or "?" in text or MENTIONS.search(text):
        return False
    return not _spoken(LINKS.sub(" ", text))


def opening(text: str) -> tuple[str, ...]:
    """The first words, by which copies of one text are known; () when somebody speaks, or the text is too short."""
    said = RETWEET.sub("", text)
    words = [word for word, _, _ in tokens(said)]
    if len(words) < OPENING_WORDS or _persons(said):
        return ()
    return tuple(words[:OPENING_WORDS])


def _spoken(text: str) -> bool:
    return _persons(text) > 0


def _persons(text: str) -> int:
    """Words like I and you; "US" and "EU" are none, but where everything is in capitals."""
    found = [text[start:end] for word, start, end in tokens(text) if word in PERSONS]
    return (
        sum(len(word) != SHORT or not word.isupper() for word in found) if not text.isupper() else len(found)
    )
