"""The word lists and example sentences that the analysers start from, all of our own writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

ENDINGS = ("", "e", "en", "er", "es", "em", "ere", "eren", "erer", "eres")
LANGUAGES = ("en", "de", "es")
"""Each has sentences enough for weights of its own."""

BESIDES = ("fr", "it", "pt", "nl")
"""Of these there are a few sentences, and a list of words."""

INFLECTED = {
    "de": ("german", ENDINGS),
    "es": ("spanish", ("", "o", "a", "os", "as", "e", "es")),
    "fr": ("french", ("", "e", "s", "es")),
    "it": ("italian", ("", "o", "a", "i", "e")),
    "pt": ("portuguese", ("", "o", "a", "os", "as", "e", "es")),
    "nl": ("dutch", ("", "e", "er")),
}
"""The file of strengths of each language but English, and the endings that "~" stands for in it."""

LISTED = re.compile(r"\{([^\W\d][^{}]*)\}")
"""What a pattern takes from a list; a number in braces is how often something may stand."""

DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
"""A letter that is repeated for its tone: "gooood"."""

ALIKE = (("İ", "i"), ("ı", "i"), ("ſ", "s"))
"""Letters that a pattern takes for others, though they are not their capitals."""

ACCENTED = ("es", "fr", "it", "pt")
PLAIN = str.maketrans("áéíóúàèìòùâêîôûëïãõç", "aeiouaeiouaeioueiaoc")

FILES = tuple(
    f"{name}.txt"
    for name in (
        *(f"sentences_{language}" for language in (*LANGUAGES, *BESIDES)),
        "words",
        "languages",
        "english",
        *(name for name, _ in INFLECTED.values()),
        "emoji",
    )
)
RULES = ("signals.txt", "sayings.txt", "senders.txt")
"""What is read by rule: part of a reader's version, not of what the model is fitted to."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One example: `reason` is "" when it is about us."""

    language: str
    mood: str
    intent: str
    function: str
    reason: str
    text: str
    quiet: bool = False
    """Without a word of feeling: it says what is wanted, and little of a mood."""
    review: bool = False
    """What guests and buyers say of a meal, a room or a thing: it teaches the mood alone."""


def sections(name: str) -> Iterator[tuple[str, str]]:
    """(heading, line) for every line that is neither blank nor a comment."""
    heading = ""
    for raw in source(name).splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]"):
            heading = line[1:-1]
        elif line and not line.startswith("# "):
            yield heading, line


def source(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def sentences() -> tuple[Sentence, ...]:
    found = []
    for language in (*LANGUAGES, *BESIDES):
        for heading, text in sections(f"sentences_{language}.txt"):
            parts = heading.split()
            if len(parts) >= 3:
                mood, intent, function, *how = parts
                marks = {"quiet": "quiet" in how, "review": "review" in how}
                found.append(Sentence(language, mood, intent, function.strip("-"), "", text, **marks))
            else:
                found.append(Sentence(language, "neutral", "other", "", heading, text))
    return tuple(found)


@cache
def words(heading: str) -> frozenset[str]:
    """The words of every section of words.txt whose heading is, or begins with, the given one."""
    return frozenset(
        word
        for section, line in sections("words.txt")
        if section == heading or section.startswith(heading + " ")
        for word in line.split()
    )


@cache
def common_words() -> dict[str, tuple[str, ...]]:
    """The languages in which each common little word is used."""
    table: dict[str, set[str]] = {}
    for _, line in sections("languages.txt"):
        language, *listed = line.split()
        for word in listed:
            table.setdefault(word, set()).add(language)
    return {word: tuple(sorted(languages)) for word, languages in table.items()}


@cache
def emoji() -> dict[str, float]:
    """Strength by emoji, without skin tone or variation."""
    return strengths("emoji.txt")


@cache
def english() -> dict[str, float]:
    """Strength of words that the VADER lexicon lacks or weighs too little for customers' matters."""
    return strengths("english.txt")


def strengths(name: str) -> dict[str, float]:
    table: dict[str, float] = {}
    for _, line in sections(name):
        strength, *listed = line.split()
        table.update(dict.fromkeys(listed, float(strength)))
    return table


def whole(pattern: str, name: str) -> str:
    """With what stands in braces: any one of a list of the same file. A number in braces is how often something may stand. KeyError
    where there is no such list."""
    return LISTED.sub(lambda braces: any_of(braces[1], name), pattern)


@cache
def any_of(listed: str, name: str) -> str:
    """One of the list that is called so in the file `name`, as part of a pattern; "*" is any ending, "_" a blank. KeyError when there is none."""
    lines = [line for heading, line in sections(name) if heading == f"list {listed}"]
    if not lines:
        raise KeyError(listed)
    words = " ".join(lines).replace("*", r"\w*").split()
    return f"(?:{'|'.join(words).replace('_', ' ')})"


def compiled(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Whatever the capitals, unless others are the `flags`; people leave apostrophes out."""
    return re.compile(pattern.replace("'", "'?"), flags)


def small(text: str) -> str:
    """In small letters and at the same length. A pattern in small letters finds in it what it would find in the text
    whatever the capitals, and takes half as long.

    >>> small("İch gehe! ſo")
    'ich gehe! so'
    """
    if not text.isascii():
        for letter, plainer in ALIKE:
            text = text.replace(letter, plainer)
    return text.lower()


class Openings:
    """Beginnings of words, found by their lengths: there are many beginnings and few lengths."""

    def __init__(self, openings: Iterable[str]) -> None:
        self._place = {opening: i for i, opening in enumerate(openings)}
        self._lengths = sorted({len(opening) for opening in self._place})
        self._least = self._lengths[0] if self._lengths else 0
        self._first = {opening[: self._least] for opening in self._place}

    def of(self, word: str) -> list[str]:
        """Those with which the word begins, in the order given."""
        if word[: self._least] not in self._first:
            return []
        found = [start for length in self._lengths if (start := word[:length]) in self._place]
        return sorted(dict.fromkeys(found), key=self._place.__getitem__) if len(found) > 1 else found


@cache
def inflected(language: str) -> tuple[dict[str, float], dict[str, float]]:
    """Strength by word, and by the beginning of a word; accents that people leave out may be left out."""
    name, endings = INFLECTED[language]
    exact: dict[str, float] = {}
    openings: dict[str, float] = {}
    for _, line in sections(f"{name}.txt"):
        strength, *listed = line.split()
        for word in listed:
            if word.endswith("*"):
                openings[word[:-1]] = float(strength)
            elif word.endswith("~"):
                exact.update({word[:-1] + ending: float(strength) for ending in endings})
            else:
                exact[word] = float(strength)
    if language in ACCENTED:
        exact = {plain(word): strength for word, strength in exact.items()} | exact
        openings = {plain(word): strength for word, strength in openings.items()} | openings
    return exact, openings


def drawn_out(words: Sequence[str]) -> list[int]:
    """Which of the words repeat a letter three times. All letters are compared at once: hardly any word is one.

    >>> drawn_out(["goood", "good", "..."])
    [0]
    """
    letters = np.frombuffer("\n".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    thrice = np.flatnonzero((letters[2:] == letters[1:-1]) & (letters[2:] == letters[:-2]))
    ends = np.cumsum([len(word) + 1 for word in words], dtype=np.int64)
    places = dict.fromkeys(np.searchsorted(ends, thrice, side="right").tolist())
    return [place for place in places if DRAWN_OUT.search(words[place])]


def plain(word: str) -> str:
    """Without the accents that people leave out when they type in a hurry; "ñ" stays, it is a letter.

    >>> plain("pésimo año"), plain("péssimo não")
    ('pesimo año', 'pessimo nao')
    """
    return word.translate(PLAIN)
