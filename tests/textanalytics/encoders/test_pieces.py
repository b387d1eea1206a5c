from __future__ import annotations

import random

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer, Metaspace

from textanalytics.encoders import default
from textanalytics.encoders.pieces import Pieces, pieces, stops_at_blanks
from textanalytics.encoders.static import StaticEncoder


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    shipped = default()
    assert isinstance(shipped, StaticEncoder)
    return shipped._tokenizer


@pytest.mark.parametrize(
    "text",
    [
        "where is my card",
        "Wo ist  meine\tKarte\nbitte?",
        "",
        " ",
        "café \u0301a\u0301 naïve",
        "a\x1cb\x00c \u200bd\u3000e",
        "我的卡 在哪里",
        "half a \ud83d character",
        "[UNK] ##ing [CLS]",
        "x" * 300 + " y",
    ],
)
def test_word_by_word_gives_what_the_whole_text_gives(tokenizer: Tokenizer, text: str) -> None:
    assert Pieces(tokenizer).of([text]) == pieces(tokenizer, [text])


def test_any_characters_in_any_order_give_the_same(tokenizer: Tokenizer) -> None:
    draw = random.Random(7)
    letters = [*map(chr, range(0x250)), *map(chr, range(0x300, 0x370)), *map(chr, range(0x2000, 0x2070))]
    texts = ["".join(draw.choices([*letters, *" " * 200], k=draw.randint(0, 50))) for _ in range(500)]
    assert Pieces(tokenizer).of(texts) == pieces(tokenizer, texts)


def test_what_is_remembered_of_words_is_bounded_and_changes_nothing(
    tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textanalytics.encoders.pieces.REMEMBERED", 3)
    kept = Pieces(tokenizer)
    for text in ("my card is lost", "my card was stolen", "the refund is late"):
        assert kept.of([text]) == pieces(tokenizer, [text])
    assert len(kept.words) <= 3 + 4


def test_a_tokenizer_that_looks_beyond_blanks_gets_whole_texts() -> None:
    beyond = Tokenizer(WordPiece({"[UNK]": 0, "▁a": 1, "b": 2}, unk_token="[UNK]"))
    beyond.pre_tokenizer = Metaspace()
    assert not stops_at_blanks(beyond)
    assert Pieces(beyond).of(["a b"]) == pieces(beyond, ["a b"])


def test_one_without_a_normalizer_of_that_kind_gets_whole_texts() -> None:
    plain = Tokenizer(WordPiece({"[UNK]": 0}, unk_token="[UNK]"))
    plain.pre_tokenizer = BertPreTokenizer()
    assert not stops_at_blanks(plain)
