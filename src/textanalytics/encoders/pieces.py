"""Texts to the ids of their word pieces."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from textanalytics.base import IntArray
from textanalytics.words.numbers import Numbers

REMEMBERED, LONGEST = 50_000, 32
"""Words whose pieces are remembered, and their characters on the mean: who types no blanks must not fill the memory."""

CUT = 1 << 14
"""Words that no piece is whole of which it is remembered how they are cut: they come with and without marks."""


def pieces(tokenizer: Tokenizer, texts: Sequence[str], *, special: bool = False) -> list[list[int]]:
    """`special` adds the marks that a model expects around a text."""
    try:
        found = tokenizer.encode_batch_fast(list(texts), add_special_tokens=special)
    except TypeError:  # Half a character, as broken senders leave it, is no UTF-8.
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        found = tokenizer.encode_batch_fast(whole, add_special_tokens=special)
    return [one.ids for one in found]


@dataclass(frozen=True)
class Laid:
    """The ids of all texts one behind the other, and their words by number: where those of each text begin, and the last
    one's end."""

    ids: IntArray
    ends: IntArray
    words: IntArray
    ends_of_words: IntArray


class Pieces:
    """`pieces`, in a fraction of the time: texts share their words, so those of a word are found out once.

    Only of a tokenizer that never looks beyond a blank; what is between two blanks then has the same pieces everywhere. To
    another one each text is one word.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._plain = PlainWords(tokenizer) if stops_at_blanks(tokenizer) else None
        self.using = Lock()
        """To be held from before `laid_out` until nobody looks at `words` any more."""
        self._start_afresh()

    def _start_afresh(self) -> None:
        self.words, self._characters = Numbers(), 0
        self._ids, self._first = array("q"), array("q", [0])

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        with self.using:
            laid = self.laid_out(texts)
        ids, ends = laid.ids.tolist(), laid.ends.tolist()
        return [ids[start:end] for start, end in zip(ends, ends[1:], strict=False)]

    def laid_out(self, texts: Sequence[str]) -> Laid:
        """The pieces of all texts, and their words. What numbers words had before may be forgotten."""
        if max(len(self.words), self._characters // LONGEST) > REMEMBERED:
            self._start_afresh()
        number = self.words.__getitem__
        words: list[int] = []
        ends_of_words = [0]
        for text in texts:
            words.extend(map(number, text.split(" ") if self._plain else (text,)))
            ends_of_words.append(len(words))
        self._learn(self.words.words[len(self._first) - 1 :])
        numbers = np.array(words, np.int64)
        first = np.asarray(self._first)
        begins, counts = first[numbers], first[numbers + 1] - first[numbers]
        after = np.concatenate([[0], np.cumsum(counts)])
        place = np.arange(after[-1]) + np.repeat(begins - after[:-1], counts)
        ends = np.array(ends_of_words, np.int64)
        return Laid(np.asarray(self._ids)[place], after[ends], numbers, ends)

    def _learn(self, new: Sequence[str]) -> None:
        """The pieces of these words, which have the next numbers."""
        self._characters += sum(map(len, new))
        plain = self._plain
        rest = [word for word in new if plain is None or not (word.isascii() and word.isprintable())]
        known = dict(zip(rest, pieces(self._tokenizer, rest), strict=True)) if rest else {}
        for word in new:
            found = known.get(word)
            self._ids.extend(plain.pieces(word) if plain is not None and found is None else found or ())
            self._first.append(len(self._ids))


class PlainWords:
    """The pieces of words of ASCII letters, digits and marks: what the tokenizer does with them needs no tables of Unicode,
    and a call of it takes longer than the few look-ups."""

    PARTS = re.compile(r"[A-Za-z0-9]+|[!-~]")

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._numbers = tokenizer.get_vocab()
        self._small = tokenizer.normalizer.lowercase
        model = tokenizer.model
        self._unknown = [self._numbers[model.unk_token]] if model.unk_token in self._numbers else []
        self._inner, self._longest = model.continuing_subword_prefix, model.max_input_chars_per_word
        self._cut = lru_cache(CUT)(self._cut_anew)

    def pieces(self, word: str) -> list[int]:
        """Of one word, which must be printable ASCII without a blank."""
        found: list[int] = []
        small = word.lower() if self._small else word
        for part in (small,) if small.isalnum() else self.PARTS.findall(small):
            number = self._numbers.get(part)
            if number is not None and len(part) <= self._longest:
                found.append(number)
            else:
                found += self._cut(part)
        return found

    def _cut_anew(self, part: str) -> list[int]:
        """The longest piece that is known, and again from where it ends: WordPiece, by Wu and others (2016)."""
        if len(part) > self._longest:
            return self._unknown
        found: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._numbers.get(self._inner + part[start:end] if start else part[start:end])
                if number is not None:
                    break
            else:
                return self._unknown
            found.append(number)
            start = end
        return found


def stops_at_blanks(tokenizer: Tokenizer) -> bool:
    """Whether it is of BERT's kind: it takes no word to pieces by what stands beyond a blank, and adds nothing."""
    return (
        isinstance(tokenizer.normalizer, BertNormalizer)
        and isinstance(tokenizer.pre_tokenizer, BertPreTokenizer)
        and isinstance(tokenizer.model, WordPiece)
        and not tokenizer.get_added_tokens_decoder()
        and tokenizer.truncation is None
        and tokenizer.padding is None
    )
