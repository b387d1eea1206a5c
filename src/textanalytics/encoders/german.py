"""The words of German texts: by a list with an English gloss for each, by their endings, and compounds by their parts.

A German word has the vector of its gloss, so that both languages share one space. It is looked for as it stands, then
without its ending, then as a compound of such words ("Liefertermin": delivery, appointment); last come word pieces, which
were learnt from English and say little of German.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from threading import Lock

import numpy as np
from tokenizers import Tokenizer

from textanalytics.base import FloatArray, IntArray
from textanalytics.encoders.pieces import PlainWords, pieces
from textanalytics.words.page import Column, Worded

REMEMBERED, LONGEST = 50_000, 40
"""Words whose rows are remembered, and letters of those that are cut."""

FRONT, HEAD, STEM = 3, 4, 4
"""Letters at least of a compound's first part, of its last, and of what is left without an ending."""

LIGHT = 0.25
"""The length of a row, beside that of the mean, up to which a word is too small to be part of a compound: "in", "sein"."""

TELLING, LONG = 5, 10
"""Letters at least of a word that tells that a text is German, and of a compound that does."""

UMLAUT = frozenset("äöüß")
AROUND = "\"'#(*.,:;!?…)"
"""What may stand around an English word: most words are one, and tell nothing."""
LETTERS = re.compile(r"[a-zäöüß]+")

PARTS = 3
LINKS = ("", "s", "n", "en", "es", "e", "er")
"""What joins the parts of a compound: "Lieferung-s-zeit"."""

ENDINGS = frozenset(
    "e n s en er es em t st et te ten test nen in innen d de den ung ungen bar bare baren lich liche lichen".split()
)
"""Of nouns, adjectives and verbs; what an umlaut changes is gone with the accents."""

MADE = ("", "e", "n", "en")
"""What a listed word may have where an ending was taken off: "buch-st" is "buch-en"."""

SPELT_OUT = str.maketrans({"ß": "ss", "ẞ": "ss"})
UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
ACCENTS = str.maketrans("äöüáàâéèêíóôúûç", "aouaaaeeeioouuc")

PREFIXES = ("ab", "an", "auf", "aus", "ein", "mit", "nach", "vor", "zu", "weg", "los", "her", "hin", "um")
"""Of verbs, which take "ge" and "zu" behind them: "ab-ge-holt", "an-zu-rufen"."""

BEFORE = frozenset(("", *PREFIXES))

PARTICLES = frozenset(
    (*PREFIXES, "zurück", "hoch", "frei", "fest", "weiter", "runter", "raus", "rein", "kaputt", "zusammen")
)
VERBAL = ("t", "e", "en", "et", "st", "te", "ten", "")
REACH = 14
"""Words that may stand between a verb and what it has sent to the end."""

CLOSING = ",.;:!?)"
AND = frozenset(("und", "oder", "aber", "weil", "wenn", "sobald", "obwohl"))

Glosses = Mapping[str, str]


def plain(word: str) -> str:
    """As words are looked up: small, without accents, "ß" as "ss".

    >>> plain("Größe")
    'grosse'
    """
    return word.lower().translate(ACCENTS).translate(SPELT_OUT)


def read_glosses(text: str) -> dict[str, str]:
    """German word, `plain`, to its English gloss; the first line that has a word counts."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        gloss, colon, words = line.partition(":")
        if not line.startswith("#") and colon:
            for word in words.split():
                found.setdefault(plain(word.rstrip("*")), gloss)
    return found


class GermanWords:
    """`rows` are the vectors of `glosses`, by `tokenizer` and its `table`; they stand behind the table's own, from `first` on.

    `english` says of a word whether the tokenizer knows it whole, as English.
    """

    def __init__(
        self, glosses: Glosses, tokenizer: Tokenizer, table: FloatArray, english: Mapping[str, int]
    ) -> None:
        self._tokenizer, self._english = tokenizer, english
        self._plain = PlainWords(tokenizer)
        different = list(dict.fromkeys(glosses.values()))
        self.rows: FloatArray = np.stack([table[ids].mean(0) for ids in pieces(tokenizer, different)])
        place = {gloss: len(table) + i for i, gloss in enumerate(different)}
        self._listed = {word: place[gloss] for word, gloss in glosses.items()}
        length = np.linalg.norm(self.rows, axis=1)
        heavy = length > LIGHT * length.mean()
        self._parts = {
            word: row for word, row in self._listed.items() if heavy[row - len(table)] and len(word) >= FRONT
        }
        self._telling = {
            word for word, gloss in glosses.items() if word not in english and word not in gloss.split()
        }
        self._not = self._listed.get("nicht", len(table))
        self._known: dict[str, list[int]] = {}
        self._telling_of = Column(self._counts)
        self._growing = Lock()

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The rows of each text."""
        words = [self._joined(text.split()) for text in texts]
        known = self._learn({word for row in words for word in row})
        return [list(chain.from_iterable(map(known.__getitem__, row))) for row in words]

    def _joined(self, words: list[str]) -> list[str]:
        """With what a verb has sent to the end of its clause back at the verb: "lehnt die Reparatur ab" as "ablehnen"."""
        for end in reversed(range(len(words))):
            particle = words[end].rstrip(CLOSING)
            if particle in PARTICLES and (
                end + 1 == len(words) or words[end][-1] in CLOSING or words[end + 1] in AND
            ):
                words = self._with_verb(words, plain(particle), end)
        return words

    def _with_verb(self, words: list[str], particle: str, end: int) -> list[str]:
        for place in range(end - 1, max(end - REACH, 0) - 1, -1):
            if words[place][-1] in CLOSING:
                break
            verb = self._whole_verb(particle, plain(words[place]))
            if verb:
                return [*words[:place], verb, *words[place + 1 : end], *words[end + 1 :]]
        return words

    def _whole_verb(self, particle: str, word: str) -> str:
        if len(word) < FRONT or not word.isalpha():
            return ""
        stems = (particle + word.removesuffix(ending) for ending in VERBAL if word.endswith(ending))
        return next((stem + made for stem in stems for made in MADE if stem + made in self._parts), "")

    def telling(self, words: Worded) -> IntArray:
        """(words, 2) how many words, as blanks of any kind part them, of each are listed here or made of what is, and none
        that English has too; and how many there are."""
        return self._telling_of.over(words)

    def _counts(self, words: Sequence[str]) -> IntArray:
        found = np.zeros((len(words), 2), np.int64)
        found[:, 1] = 1
        english = self._english
        for i, word in enumerate(words):
            bare = word.lower().strip(AROUND)
            if bare in english and bare.isascii() and bare.isalpha():
                continue
            parts = word.split()
            found[i] = sum(map(self._tells, parts)), len(parts)
        return found

    def _tells(self, word: str) -> bool:
        small = word.lower()
        if small.isascii() and small.isalpha():
            return self._is_german(small, umlauts=False)
        if "://" in word or "@" in word:
            return False
        umlauts = not UMLAUT.isdisjoint(small)
        parts = LETTERS.findall(small)
        return any(self._is_german(part if part.isascii() else plain(part), umlauts) for part in parts)

    def _is_german(self, word: str, umlauts: bool) -> bool:
        """Whether it is listed, or has umlauts and is made of such words, or is long and ends on one."""
        if len(word) < TELLING or word in self._english:
            return False
        if word in self._telling:
            return True
        ends = (word[place:] in self._telling for place in range(FRONT, len(word) - TELLING + 1))
        return (umlauts or (len(word) >= LONG and any(ends))) and bool(self._found(word))

    def _learn(self, wanted: set[str]) -> dict[str, list[int]]:
        with self._growing:
            if len(self._known) > REMEMBERED:
                self._known = {}
            known = self._known
            new = [word for word in wanted if word not in known]
            known.update({w: [row for part in self._parts_of(w) for row in self.rows_of(part)] for w in new})
        return known

    def _parts_of(self, word: str) -> list[str]:
        """What stands between its marks, and these."""
        small = plain(word)
        if small.isascii() and small.isprintable():
            return PlainWords.PARTS.findall(small)
        normal = self._tokenizer.normalizer.normalize_str(word.encode("utf-8", "replace").decode())
        return [part for part, _ in self._tokenizer.pre_tokenizer.pre_tokenize_str(normal)]

    def knows(self, word: str) -> bool:
        """Whether it is listed, a form or a compound of what is, or English."""
        return word.lower() in self._english or bool(self._found(plain(word)))

    def rows_of(self, part: str) -> list[int]:
        """Of one word without blanks and marks."""
        found = self._found(plain(part))
        if found:
            return found
        return self._plain.pieces(part) if part.isascii() else pieces(self._tokenizer, [part])[0]

    def _found(self, word: str) -> list[int]:
        for spelt in _spellings(word):
            row = self._listed.get(spelt)
            if row is not None:
                return [row]
        if word in self._english or not FRONT < len(word) <= LONGEST or not word.isalpha():
            return []
        found = (
            self._bent(spelt) or self._cut(spelt, PARTS) or self._denied(spelt) for spelt in _spellings(word)
        )
        return next(filter(None, found), [])

    def _bent(self, word: str) -> list[int]:
        """The listed word of which this is a form; none if there is none."""
        for stem in _stems(word):
            for made in MADE:
                row = self._parts.get(stem + made)
                if row is not None and len(stem) >= STEM:
                    return [row]
        return []

    def _cut(self, word: str, parts: int) -> list[int]:
        """The parts of a compound, the longest possible at its end; none where a part is not known."""
        for place in range(FRONT, len(word) - HEAD + 1):
            last = word[place:]
            row = self._parts.get(last)
            head = [row] if row is not None else self._bent(last)
            if not head:
                continue
            for link in LINKS:
                front = (
                    self._front(word[:place].removesuffix(link), parts) if word[:place].endswith(link) else []
                )
                if front:
                    return front + head
        return []

    def _front(self, word: str, parts: int) -> list[int]:
        if len(word) < FRONT:
            return []
        row = self._parts.get(word)
        for made in ("", "en", "e"):
            row = self._parts.get(word + made)
            if row is not None:
                return [row]
        return self._cut(word, parts - 1) if parts > 2 else []

    def _denied(self, word: str) -> list[int]:
        """ "unbrauchbar" is not "brauchbar"."""
        if not word.startswith("un") or len(word) < STEM + 2:
            return []
        row = self._parts.get(word[2:])
        rest = [row] if row is not None else self._bent(word[2:])
        return [self._not, *rest] if rest else []


def _spellings(word: str) -> Iterator[str]:
    """As it stands, and with umlauts that were spelt out."""
    yield word
    for two, one in UMLAUTS:
        word = word.replace(two, one)
    yield word


def _stems(word: str) -> Iterator[str]:
    """Without an ending, the shortest first; and a verb without its "ge" and "zu"."""
    bases = [word]
    for place in range(4):
        if word[place : place + 2] in ("ge", "zu") and word[:place] in BEFORE and len(word) > STEM + 2:
            bases.append(word[:place] + word[place + 2 :])
    for base in bases:
        yield base
        for length in (1, 2, 3, 4, 5):
            if base[-length:] in ENDINGS:
                yield base[:-length]
