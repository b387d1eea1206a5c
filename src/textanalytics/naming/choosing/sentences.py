"""One sentence of a message, to call it by: whoever speaks alone is named best in their own words, whole."""

from __future__ import annotations

import re
from textwrap import shorten

from textanalytics.grammar.kinds import kinds
from textanalytics.grouping.vague import is_vague_text
from textanalytics.quotes import roots
from textanalytics.speakers.turns import customers_words
from textanalytics.text import EMOJI, EMOTICON, clean, opening

LONGEST, SHORTEST = 72, 12
"""Letters of a title that is a sentence, and of a clause out of a longer one at least."""

READ = 2_000
"""Characters in which a sentence is looked for: what a message is about is said early."""

TAGS = re.compile(
    r"(?:[\s,]*#\w+){1,40}\s*(?:https?://\S+\s*)?$|^(?:[\s.]*@\w+){0,40}\s*(?:#\w+[\s,]+){2,40}"
)
"""What a message is put under, behind what it says or before it."""

GREETING = re.compile(
    r"(?:(?:hey|hi|hello|hiya|dear|hallo|hola|bonjour|good (?:morning|afternoon|evening|day)|guten (?:tag|morgen|abend))\b"
    r"(?: (?:guys|there|all|everyone|team|zusammen))?[\s,:.!]*)+",
    re.IGNORECASE,
)

SENTENCES = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\.{2,}\s*|…\s*|\s[-–—|]+\s")
CLAUSES = re.compile(r"[,;:]\s+")
FACES = re.compile(rf"(?:\s*(?:{EMOTICON}|{EMOJI}))+$")
BEFORE, BEHIND = re.compile(r"^[^\w“\"‘'(¿¡$€£]+"), re.compile(r"[^\w?%”\"’')$€£]+$")
"""Marks around a sentence that a title needs not."""

ENGLISH = 3
"""Small English words that tell the language of a sentence with an "i": Italian and Polish have one, too."""

HANGS_ON = frozenset(
    "which who that than because as and or but so if die der das weil dass und oder aber".split()
)
"""Words that begin a clause which does not stand alone."""


def sentence(message: str, about: str = "") -> str:
    """The sentence that says what the message is `about`, else its longest; of one too long a clause, else its beginning. Thanks
    and greetings only where there is nothing else; "" where there are no words.

    >>> sentence("@acme Thanks! My bag never came, again. #fail #acme", "Bag")
    'My bag never came, again'
    """
    said = _sentences(message)
    wanted = roots(about)
    best = max(said, key=lambda one: (len(wanted & roots(one)), len(one)), default="")
    if len(best) > LONGEST:
        fitting = [one for one in map(_bare, CLAUSES.split(best)) if _stands_alone(one)]
        clause = max(fitting, key=lambda one: (len(wanted & roots(one)), len(one)), default="")
        told = len(wanted & roots(clause)) == len(wanted & roots(best))
        best = clause if clause and told else _beginning(best)
    return _written(best)


def _sentences(message: str) -> list[str]:
    """Those that name something, without what is no word of theirs."""
    words = customers_words(message)
    words = words[opening(words) :][:READ]
    untagged = TAGS.sub("", words)
    words = untagged if clean(untagged) else words
    parts = (part for line in words.splitlines() for part in SENTENCES.split(line))
    said = [one for one in map(_bare, map(clean, parts)) if one]
    return [one for one in said if not is_vague_text(one)] or said


def _bare(said: str) -> str:
    said = FACES.sub("", said)
    ungreeted = GREETING.sub("", said, count=1) if GREETING.match(said) else said
    return BEHIND.sub("", BEFORE.sub("", ungreeted or said))


def _stands_alone(clause: str) -> bool:
    first = clause.split(" ", 1)[0].casefold()
    return SHORTEST <= len(clause) <= LONGEST and " " in clause and first not in HANGS_ON


def _beginning(said: str) -> str:
    return shorten(said, LONGEST, placeholder="…") if " " in said[:LONGEST] else said[:LONGEST] + "…"


def _written(said: str) -> str:
    """As a title: with a capital, and not all in capitals; an English "i" is large."""
    if said.isupper() and " " in said:
        said = said.lower()
    known = kinds("en")
    if " i " in f" {said} " and sum(word in known for word in said.lower().split()) >= ENGLISH:
        said = re.sub(r"\bi(?=['’]|\b)", "I", said)
    return said[:1].upper() + said[1:]
