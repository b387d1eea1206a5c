"""Files that were gathered by searching for a word: nearly every text holds it, many only in passing.

Then what says the word first is about the matter, be it news; what holds it once, further down, in words that nobody
speaks, is about something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from textanalytics import lexicons
from textanalytics.base import BoolArray
from textanalytics.reading import Readings

SHARE = 2 / 3
"""Of the texts hold the word in a file that was gathered by it."""

FEWEST, LOOKED_AT = 200, 2_000
OPENING = 120
"""Characters in which a text says what it is about."""

SPOKEN = 1 / 40
"""Share of words like I, we and you from which on somebody speaks."""

WORDS = re.compile(r"[^\W\d_]{2,}")


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
    """Writes into the readings what the place of `word` says: about the matter after all, or elsewhere."""
    if not word:
        return
    persons = lexicons.words("first person") | lexicons.words("second person")
    about: BoolArray = readings.about_us
    for i, text in enumerate(texts):
        lower = text.lower()
        if word in lower[:OPENING]:
            if readings.reason[i] in ("news", "automated"):
                about[i], readings.reason[i] = True, ""
        elif about[i] and readings.mood[i] != "negative" and lower.count(word) < 2:
            words = WORDS.findall(lower)
            if words and sum(said in persons for said in words) < SPOKEN * len(words) and "@" not in text:
                about[i], readings.reason[i] = False, "elsewhere"
    readings.actionable[:] = readings.actionable & about
