"""Texts to the ids of their word pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from threading import Lock

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

REMEMBERED, LONGEST = 50_000, 32
"""Words whose pieces are remembered, and characters of those that may come again."""


def pieces(tokenizer: Tokenizer, texts: Sequence[str], *, special: bool = False) -> list[list[int]]:
    """`special` adds the marks that a model expects around a text."""
    try:
        found = tokenizer.encode_batch_fast(list(texts), add_special_tokens=special)
    except TypeError:  # Half a character, as broken senders leave it, is no UTF-8.
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        found = tokenizer.encode_batch_fast(whole, add_special_tokens=special)
    return [one.ids for one in found]


class Pieces:
    """`pieces`, in a fraction of the time: texts share their words, so those of a word are found out once.

    Only of a tokenizer that never looks beyond a blank; what is between two blanks then has the same pieces everywhere.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._plain = PlainWords(tokenizer) if stops_at_blanks(tokenizer) else None
        self._known: dict[str, list[int]] = {}
        self._growing = Lock()

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        if self._plain is None:
            return pieces(self._tokenizer, texts)
        words = [text.split(" ") for text in texts]
        known = self._learn(self._plain, {word for row in words for word in row})
        return [list(chain.from_iterable(map(known.__getitem__, row))) for row in words]

    def _learn(self, plain: PlainWords, wanted: set[str]) -> dict[str, list[int]]:
        """The pieces of these words at least; who asked before keeps what was given then."""
        with self._growing:
            if len(self._known) > REMEMBERED:
                self._known = {}
            known = self._known
            new = wanted - known.keys()
            found = {word: plain.pieces(word) for word in new if word.isascii() and word.isprintable()}
            rest = sorted(new - found.keys())
            found.update(zip(rest, pieces(self._tokenizer, rest), strict=True))
            known.update((word, ids) for word, ids in found.items() if len(word) <= LONGEST)
        return known if all(len(word) <= LONGEST for word in found) else known | found


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

    def pieces(self, word: str) -> list[int]:
        """Of one word, which must be printable ASCII without a blank."""
        found: list[int] = []
        for part in self.PARTS.findall(word.lower() if self._small else word):
            number = self._numbers.get(part)
            if number is not None and len(part) <= self._longest:
                found.append(number)
            else:
                found += self._cut(part)
        return found

    def _cut(self, part: str) -> list[int]:
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
