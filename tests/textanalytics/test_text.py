from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textanalytics.text import PIECES, clean, tokens


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("@acme  my #Bag is lost &amp; wet https://x.example/1", "my Bag is lost & wet"),
        ("RT @acme: look www.example.org", ": look"),
        ("mail me at jo@example.org", "mail me at jo@example.org"),
        ("line one\r\n\tline two", "line one line two"),
        ("null\x00byte", "nullbyte"),
        ("", ""),
    ],
)
def test_clean_keeps_what_was_said(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_tokens_have_offsets_into_the_text_as_given() -> None:
    text = "Ärger: Straße gesperrt 😡, don’t wait! @acme http://x.y"
    found = tokens(text)
    assert [word for word, _, _ in found] == ["ärger", "straße", "gesperrt", "don't", "wait"]
    assert [text[start:end] for _, start, end in found] == ["Ärger", "Straße", "gesperrt", "don’t", "wait"]


def test_letters_that_grow_when_lowered_do_not_move_offsets() -> None:
    text = "İİİ late"
    assert text[tokens(text)[1][1] : tokens(text)[1][2]] == "late"


@pytest.mark.parametrize(
    ("text", "emoticons"),
    [
        ("nice :-) and :( and <3 xD", [":-)", ":(", "<3", "xD"]),
        ("at 8) or 10:30, ratio 3:3, and/or ftp://host", []),
        ("note:(see below", []),
    ],
)
def test_emoticons_are_not_mistaken_for_times_and_paths(text: str, emoticons: list[str]) -> None:
    found = [match[0] for match in PIECES.finditer(text)]
    assert [piece for piece in found if not piece.isalnum() and len(piece) > 1 or piece == "xD"] == emoticons


@given(st.text())
def test_any_text_splits_into_words_that_stand_where_they_say(text: str) -> None:
    clean(text)
    ends = [0]
    for word, start, end in tokens(text):
        assert text[start:end].lower().replace("’", "'") == word
        assert start >= ends[-1]
        ends.append(end)
