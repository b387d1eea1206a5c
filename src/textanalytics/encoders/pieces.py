"""Texts to the ids of their word pieces."""

from __future__ import annotations

from collections.abc import Sequence
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
        self._by_word = stops_at_blanks(tokenizer)
        self._known: dict[str, list[int]] = {}
        self._growing = Lock()

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        if not self._by_word:
            return pieces(self._tokenizer, texts)
        words = [text.split(" ") for text in texts]
        known = self._learn({word for row in words for word in row})
        return [[piece for word in row for piece in known[word]] for row in words]

    def _learn(self, wanted: set[str]) -> dict[str, list[int]]:
        """The pieces of these words at least; who asked before keeps what was given then."""
        with self._growing:
            if len(self._known) > REMEMBERED:
                self._known = {}
            known = self._known
            new = sorted(wanted - known.keys())
            found = dict(zip(new, pieces(self._tokenizer, new), strict=True))
            known.update((word, ids) for word, ids in found.items() if len(word) <= LONGEST)
        return known if all(len(word) <= LONGEST for word in new) else known | found


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
