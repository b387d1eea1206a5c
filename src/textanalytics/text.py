"""Split text as people really type it (tweets, reviews, call notes, any script) into words."""

from __future__ import annotations

import html
import re

from textanalytics.speakers.turns import customers_words

URL = r"(?:https?://|www\.)\S+"
MENTION = r"@\w+"
WORD = r"[^\W_]+(?:['’][^\W_]+)*"
EMOTICON = r"<3+|[xX]D+(?!\w)|[:;=]['´]?[-o^]?(?:[)(]+|[DPp/\\])(?![\w/])"
EMOJI = "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\u200d\ufe0f\U0001f3fb-\U0001f3ff]*"
MARK = r"[!?]+"

PIECES = re.compile("|".join((URL, MENTION, EMOTICON, WORD, EMOJI, MARK)))
WORDS = re.compile(f"(?:{URL}|{MENTION})|({WORD})")

LINKS = re.compile(URL)
MENTIONS = re.compile(r"@(?<!\w@)\w+")
TAGS = re.compile(r"#(?=\w)")
RETWEET = re.compile(r"^\s*RT(?=\s)")
ANSWERS = re.compile(r"[\"'\s]*(?:(?:re|aw|antw|fwd?|wg)\s*:\s*|rt\s+(?=@))+", re.IGNORECASE)
"""Marks of mail and of tweets that what follows answers or repeats something: no words of the writer's."""

SHOUTS = re.compile(r"([!?.…])[!?.…]+")

INVISIBLE = re.compile("[\u200b\u200c\u200e\u200f\u2060\ufeff\x00-\x08\x0e-\x1f]")


def clean(text: str) -> str:
    """What encoders see: the customer's words alone (`turns`), no links, no mentions, "#Tag" as "Tag", entities decoded, blanks folded, "!!!" as "!".

    >>> clean("@acme  my #Bag is lost &amp; wet https://x.example/1")
    'my Bag is lost & wet'
    """
    text = customers_words(text)
    if "&" in text:
        text = html.unescape(text)
    if "http" in text or "www." in text:
        text = LINKS.sub(" ", text)
    if "@" in text:
        text = MENTIONS.sub(" ", text)
    if "#" in text:
        text = TAGS.sub("", text)
    if not text.isprintable():
        text = INVISIBLE.sub("", RETWEET.sub("", text))
    elif "RT" in text:
        text = RETWEET.sub("", text)
    return " ".join(SHOUTS.sub(r"\1", text).split())


def opening(text: str) -> int:
    """Where the writer's own words begin.

    >>> opening("Re: RT @acme late again"), opening("Really late")
    (7, 0)
    """
    found = ANSWERS.match(text)
    return found.end() if found else 0


def tokens(text: str) -> list[tuple[str, int, int]]:
    """(lower-case word, start, end) for each word; links and mentions are left out.

    >>> tokens("Zug fällt aus 😡")
    [('zug', 0, 3), ('fällt', 4, 9), ('aus', 10, 13)]
    """
    return [
        (match[1].lower().replace("’", "'"), *match.span(1)) for match in WORDS.finditer(text) if match[1]
    ]
