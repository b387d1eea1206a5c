"""What a title says of a theme, and how a phrase out of a text is written as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from textanalytics.grammar.german import in_dative
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.grammar.negation import denies
from textanalytics.grammar.phrases import Phrase
from textanalytics.grammar.sentence import Text
from textanalytics.grammar.spelling import BASE, Spelling

HOW_TO = re.compile(r"how (?:do|can|could|would|should|to) (?:(?:i|we|you) )?", re.IGNORECASE)
"""Questions that are shorter, and no less faithful, as "How to"."""

BLAMED = 0.55
"""Share of the texts that blame from which on the name of a thing says that there is trouble with it. A reader finds some more: who
only asks whether a thing is broken blames nobody."""

TROUBLE = "trouble"
"""What is said of the name of a thing of which most complain."""

ANY = "any"
"""What belongs to a question or to a "not": who asks "can I withdraw any money" wants to withdraw money."""

LEFT_OUT = frozenset("also just really".split())
"""Small adverbs before a verb or a judgement that tell nothing of it: "service was also horrible"."""

TOLD = frozenset({Kind.OPEN, Kind.ADJECTIVE, Kind.ADVERB, Kind.WEAK, Kind.AUXILIARY})
"""What they stand before, there: "just in time" keeps its own."""

TURNED = frozenset({Kind.NEGATED, Kind.NEGATION})
"""Behind these they tell."""

UNINFLECTED = frozenset({Kind.AUXILIARY, Kind.NEGATED, Kind.TO})
"""What stands before "be" as it is: "will be", "can't be", "to be"."""


@dataclass(frozen=True)
class Title:
    """`twin` is the label that a larger theme has whose title says the same as what would suit this one best."""

    title: str
    keywords: tuple[str, ...]
    twin: int = -1
    listed: bool = False
    """Whether no phrase fitted, so that the title only lists the words that set the theme apart."""
    mixed: bool = False
    """Whether no word holds the texts together, so that no title says what they have in common: see `mixed`."""
    heap: bool = False
    """Whether it is mixed only because these texts' like is elsewhere. Where they stand for many more, that does not tell."""
    bare: bool = False
    """Whether it is a phrase that only names a thing, so that what is said of the thing belongs beside it."""
    several: bool = False
    """Whether the texts share a thing, which is the title, and say all sorts of it: see `several`."""
    unsure: bool = False
    """Whether what the texts share may be a word and no matter: see `mixed.unsure`."""
    subject: bool = False
    """Whether it names what the texts speak of, and nothing that they say of it: see `subjects`."""
    troubled: str = ""
    """What it is called instead where it is the mere name of a thing, and most complain of it: "Card payment trouble". Whether two
    titles are one is asked of what they name."""
    sided: str = ""
    """What it is called instead where it only names a thing, and two things are said of that: "Change my pin / Forgot my pin"."""
    blamed: bool = False
    """Whether most complain: see `BLAMED`."""

    beside: int = -1
    """The label of a theme that is told in like words, for who wants to see both; -1 for none: see `related`."""

    @property
    def headline(self) -> str:
        return self.sided or (self.blamed and self.troubled) or self.title


def written(text: Text, phrase: Phrase, spelling: Spelling, language: str) -> str:
    places = [
        place
        for place in range(phrase.start, phrase.end)
        if language != "en" or not _is_left_out(text, phrase, place)
    ]
    words = [next(same) for _, same in groupby((text.words[place] for place in places), str.lower)]
    mark = "?" if phrase.asks else ""
    if phrase.asks and (asking := HOW_TO.match(" ".join(words))):
        words, mark = ["how", "to", *words[asking.group().count(" ") :]], ""
    if language == "de":
        words = _in_german(text, phrase, words, spelling)
    elif language == "en" and not spelling.is_inflected:
        words = _inflected(words)
    if not phrase.asks and not any(denies(text, place) for place in range(phrase.start, phrase.end)):
        words = [word for word in words if word.lower() != ANY]
    return spelling.phrase(words, language) + mark


def within(said: str) -> str:
    """A title as it stands behind a colon: "age limit", and "PIN" as it is."""
    return said[:1].lower() + said[1:] if said[1:2].islower() else said


def _is_left_out(text: Text, phrase: Phrase, place: int) -> bool:
    """Whether an English phrase says as much without the word at `place`; "not just slow" does not."""
    followed = place + 1 < phrase.end and text.kind[place + 1] in TOLD
    turned = not TURNED.isdisjoint(text.kind[phrase.start : place])
    return text.lower[place] in LEFT_OUT and followed and not turned


def _inflected(words: Sequence[str]) -> list[str]:
    """ "Video be not available" in a form that can be read, where nobody writes but the first form of "be"."""
    known = kinds("en")
    before = ["", *(word.lower() for word in words)]
    return [
        "is" if word.lower() == BASE and known.get(last) not in UNINFLECTED else word
        for word, last in zip(words, before, strict=False)
    ]


def _in_german(text: Text, phrase: Phrase, words: list[str], spelling: Spelling) -> list[str]:
    """Without the ending that "den" gave to a plural, and without an apostrophe that no German plural has: "Auto's"."""
    if in_dative(text, phrase.start) and spelling.knows(words[0][:-1].lower(), "de"):
        words = [words[0][:-1], *words[1:]]
    return [
        word.removesuffix("'s") + "s" * word.endswith("'s") if word[0].isupper() else word for word in words
    ]
