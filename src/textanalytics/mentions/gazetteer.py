"""Names that an organisation keeps in the fields of its customers: which of them tell something, and where texts say them.

Capitals do not matter, nor do the commonest endings of a plural or a case. A longer name goes before a shorter one that
it holds. A value that is an everyday word ("card", "basic", "yes") is no name: it would be found everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from textanalytics.base import Span
from textanalytics.grammar.kinds import Kind, kinds
from textanalytics.text import WORD, tokens

LEAST = 3
"""People on whose records a value stands before it is a name: what fewer have may be about a person."""
MOST, OF_ONE_FIELD = 2_000, 500
SHORTEST, LONGEST, MOST_WORDS = 3, 60, 5
INFLECTS_FROM = 3
"""Letters from which on a word takes endings."""

_ENDINGS = ("s", "es", "n", "en", "e", "er", "'s")
_WORD, _LETTERS = re.compile(WORD), re.compile(r"[^\W_]+")
_NO_NAME = re.compile(r"[@\\{}<>|]|://|www\.|\d{5}")
_BETWEEN = re.compile(r"\s{1,3}|\s?[\-–_/&+]\s?|\.?")
_HERE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A value, and the field that holds it."""

    field: str
    value: str


class Gazetteer:
    """Looks names up; many cost no more than few.

    >>> gazetteer = Gazetteer([Name("product", "Aroma One"), Name("site", "Rostock")])
    >>> [(name.value, span) for name, span in gazetteer.find("Two AROMA ONES from Rostock")]
    [('Aroma One', (4, 14)), ('Rostock', (20, 27))]
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = tuple(sorted(set(names)))
        self._starts: dict[str, list[tuple[list[frozenset[str]], Name]]] = {}
        for name in sorted(self.names, key=lambda one: (-len(words_of(one.value)), one)):
            forms = [_forms(word) for word in words_of(name.value)]
            for first in forms[0] if forms else ():
                self._starts.setdefault(first, []).append((forms, name))
        for name in self.names:  # "#AromaOne": whoever writes a tag leaves the blanks out.
            words = words_of(name.value)
            if len(words) > 1:
                joined = _forms("".join(words))
                for first in joined:
                    self._starts.setdefault(first, []).append(([joined], name))
        self._firsts = frozenset(word.partition("'")[0] for word in self._starts)

    def find(self, text: str) -> list[tuple[Name, Span]]:
        """Names and where they stand, in reading order."""
        if not self._firsts or self._firsts.isdisjoint(_LETTERS.findall(text.lower())):
            return []
        words, found, at = tokens(text), [], 0
        while at < len(words):
            held = self._at(text, words, at)
            if held is None:
                at += 1
            else:
                found.append((held[0], (words[at][1], words[held[1] - 1][2])))
                at = held[1]
        return found

    def _at(self, text: str, words: Sequence[tuple[str, int, int]], at: int) -> tuple[Name, int] | None:
        """The longest name that begins with this word, and the word after it."""
        for forms, name in self._starts.get(words[at][0], ()):
            end = at + len(forms)
            if end > len(words) or any(words[at + i][0] not in form for i, form in enumerate(forms)):
                continue
            gaps = (text[words[i][2] : words[i + 1][1]] for i in range(at, end - 1))
            if all(_BETWEEN.fullmatch(gap) for gap in gaps):
                return name, end
        return None


def words_of(value: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(value.lower())]


def _forms(word: str) -> frozenset[str]:
    """The word as it is said, in one or many."""
    if len(word) < INFLECTS_FROM or not word[-1].isalpha():
        return frozenset((word,))
    return frozenset((word, *(word + ending for ending in _ENDINGS)))


def is_name(value: str) -> bool:
    """Whether the value of a field can be told from everyday words, and from an address, a number or a sentence."""
    if not SHORTEST <= len(value) <= LONGEST or _NO_NAME.search(value):
        return False
    words = words_of(value)
    if not 1 <= len(words) <= MOST_WORDS or not any(len(word) > 2 and word[0].isalpha() for word in words):
        return False
    if len(words) == 1:
        return words[0] not in everyday()
    return any(word not in _closed() for word in words)


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """Words of the sentences that the reader was taught with, but names, and the closed classes."""
    paths = (*sorted((_HERE / "lexicons").glob("sentences_*.txt")), _HERE / "data" / "german.txt")
    texts = (path.read_text(encoding="utf-8") for path in paths)
    said = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    nouns = set(words_of(paths[-1].read_text(encoding="utf-8")))
    return frozenset(said | nouns | _closed() | {"true", "false", "none", "null", "unknown", "ja", "nein"})


@lru_cache(maxsize=1)
def _closed() -> frozenset[str]:
    known = {**kinds("de"), **kinds("en")}
    return frozenset(word for word, kind in known.items() if kind is not Kind.OPEN)


def choose(records: Mapping[Name, int]) -> list[Name]:
    """What becomes the gazetteer of values and the people who have them: enough people, and not too many names.

    A value that stands in two fields belongs to the one where more people have it; so do two spellings of one name.
    """
    people: Counter[str] = Counter()
    best: dict[str, Name] = {}
    for name in sorted(records, key=lambda one: (-records[one], one)):
        key = " ".join(words_of(name.value))
        first = best.setdefault(key, name)
        people[key] += records[name] if first.field == name.field else 0
    chosen: list[Name] = []
    of: Counter[str] = Counter()
    for key in sorted(best, key=lambda key: (-people[key], best[key])):
        name = best[key]
        if (
            people[key] >= LEAST
            and of[name.field] < OF_ONE_FIELD
            and len(chosen) < MOST
            and is_name(name.value)
        ):
            of[name.field] += 1
            chosen.append(name)
    return sorted(chosen)
