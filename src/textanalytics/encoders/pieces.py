"""Texts to the ids of their word pieces."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer


def pieces(tokenizer: Tokenizer, texts: Sequence[str], *, special: bool = False) -> list[list[int]]:
    """`special` adds the marks that a model expects around a text."""
    try:
        found = tokenizer.encode_batch_fast(list(texts), add_special_tokens=special)
    except TypeError:  # Half a character, as broken senders leave it, is no UTF-8.
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        found = tokenizer.encode_batch_fast(whole, add_special_tokens=special)
    return [one.ids for one in found]
