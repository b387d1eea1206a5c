"""Files that were gathered by searching for a word: nearly every text holds it, many only in passing.

Then headlines and articles came with it, which no customer wrote; what else says the word first is about the matter;
what holds it once, further down, in words that nobody speaks, is about something else, and so is what holds neither it nor
anything of its trade.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pivotpoint.insights.ladder.trade import OPENING, Trade
from textanalytics import lexicons
from textanalytics.base import SIGNALS, BoolArray
from textanalytics.grammar.headings import ANSWERS
from textanalytics.reading.feeds import (
    COMPARED,
    COPIES,
    LEAST_MARKS,
    LISTED,
    LURE,
    LURE_ALONE,
    PERSONS,
    SPOKEN,
    is_notice,
    is_reported,
    opening,
)
from textanalytics.reading.readings import Readings
from textanalytics.text import RETWEET

SHARE = 2 / 3
"""Of the texts hold the word in a file that was gathered by it."""

FEWEST, LOOKED_AT = 200, 2_000
WORDS = re.compile(r"[^\W\d_]{2,}")
FIRST = lexicons.words("first person")


def searched_word(texts: Sequence[str]) -> str:
    """The word that the texts were searched for, "" if there is none."""
    if len(texts) < FEWEST:
        return ""
    some = texts[:: -(-len(texts) // LOOKED_AT)]
    counts = Counter(word for text in some for word in set(WORDS.findall(text.lower())))
    plain = set(lexicons.common_words()) | lexicons.words("small talk") | lexicons.words("vague")
    for word, count in counts.most_common(40):
        if count < SHARE * len(some):
            return ""
        if word not in plain and len(word) > 2 and f"@{word}" not in " ".join(some[:20]).lower():
            return word
    return ""


def judge_by(word: str, texts: Sequence[str], readings: Readings) -> None:
    """Writes into the readings what the shape of a text and the place of `word` say: reported, or about something else."""
    if not word:
        return
    about: BoolArray = readings.about_us
    openings = [opening(text) for text in texts]
    copies = Counter(openings)
    trade = Trade(word, texts)
    for i, text in enumerate(texts):
        passed_on = bool(openings[i]) and copies[openings[i]] >= COPIES
        if about[i] or readings.reason[i] in ("news", "automated"):
            blames = _blames(readings, i)
            reason = _reason(word, text, trade, passed_on=passed_on, blames=blames)
            if not reason and i in trade.outside and not (blames and _speaks_of_oneself(text)):
                reason = "elsewhere"
            about[i], readings.reason[i] = not reason, reason
    readings.actionable[:] = readings.actionable & about


BLAMING = ("complaint", *SIGNALS)


def _blames(readings: Readings, place: int) -> bool:
    return readings.mood[place] == "negative" and readings.intent[place] in BLAMING


def _reason(word: str, text: str, trade: Trade, *, passed_on: bool, blames: bool) -> str:
    """Why a text that came with the search is not about us, "" if it is. Who complains is never put aside for its shape, nor
    whose complaint others pass on (they count once); and who answers somebody ("Re: …") has written no article."""
    if is_notice(text) or (passed_on and not (blames and RETWEET.match(text))):
        return "automated"
    if is_reported(text) and not (blames or ANSWERS.match(text)):
        return "news"
    if trade.opens(text) or blames:
        return ""
    if _offers(text):
        return "advertisement"
    return "elsewhere" if text.lower().count(word) < 2 and _spoken_by_nobody(text) else ""


def _offers(text: str) -> bool:
    """Whether a text that does not begin with the word lures with a price, or lists what is for sale or to let, whoever is spoken to."""
    first = text[:OPENING]
    lures = (LURE.search(first) or LURE_ALONE.search(first)) and not COMPARED.search(first)
    return bool(lures) or len({mark.group().lower() for mark in LISTED.finditer(text)}) >= LEAST_MARKS


def _speaks_of_oneself(text: str) -> bool:
    return not FIRST.isdisjoint(WORDS.findall(text.lower()))


def _spoken_by_nobody(text: str) -> bool:
    words = WORDS.findall(text.lower())
    return bool(words) and sum(said in PERSONS for said in words) < SPOKEN * len(words) and "@" not in text
