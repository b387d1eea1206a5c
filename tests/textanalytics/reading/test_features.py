"""The shape of a fault: what a broken thing does, or what a sound one can and this one cannot."""

from __future__ import annotations

from zlib import crc32

import pytest

from textanalytics.reading.features import BUCKETS, CUES, Hashes, key, word_buckets
from textanalytics.sentiment import Valence
from textanalytics.words.page import Vocabulary, open_page


def cue(text: str, name: str) -> float:
    page = open_page([text], Vocabulary())
    valence, _ = Valence().read(page, ["en"])
    return float(Hashes().cues(page, valence)[0, CUES.index(name)])


@pytest.mark.parametrize(
    "text",
    [
        "My kettle leaks",
        "The lid does not close",
        "it won't ever charge",
        "Der Deckel schließt nicht",
        "Der Akku hält keine Stunde",
        "La lámpara no enciende",
        "Le tiroir ne ferme pas",
        "Il cassetto non si chiude",
        "A gaveta não fecha",
        "De lade sluit niet",
    ],
)
def test_it_says_that_something_fails(text: str) -> None:
    assert cue(text, "says it fails") == 1
    assert cue(text, "asks whether it fails") == 0


@pytest.mark.parametrize(
    "text", ["Does it leak?", "I closed the lid", "the lid closes", "it does not leak", ""]
)
def test_what_only_looks_like_it_does_not(text: str) -> None:
    assert cue(text, "says it fails") == 0


@pytest.mark.parametrize("text", ["Is it normal that it leaks?", "Why is it that it leaks"])
def test_who_asks_whether_something_fails_says_nothing_yet(text: str) -> None:
    assert cue(text, "says it fails") == 0
    assert cue(text, "asks whether it fails") == 1


def test_a_negator_of_the_next_text_changes_nothing() -> None:
    page = open_page(["the lid closes", "not mine"], Vocabulary())
    valence, _ = Valence().read(page, ["en", "en"])
    assert Hashes().cues(page, valence)[:, CUES.index("says it fails")].tolist() == [0, 0]


def test_the_parts_of_a_word_are_hashed_as_zlib_hashes_each() -> None:
    words = ["the", "cup", "größer", "unbelievable", "anna" * 20, "don't", "😡", "aaaaaaa", "@home", "123"]
    rows = word_buckets(words)
    for i, word in enumerate(words):
        whole = crc32(key(word)) % BUCKETS
        marked = b"<" + word.encode()[:40] + b">"
        parts = {crc32(marked[k : k + 4], 1) % BUCKETS for k in range(len(marked) - 3)}
        cut = word.isalpha() and len(word) > 3
        own = rows.indices[rows.indptr[i] : rows.indptr[i + 1]].tolist()
        assert own == [whole, *(sorted(parts) if cut else [])]
