"""What is told of a theme stands by itself: nobody sees the sentence that it was cut from."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.alone import reads_alone
from textanalytics.naming.saying.things import nothing_else, stand
from textanalytics.naming.saying.worth import Worth

THINGS = [
    f"{article} {noun} is late"
    for noun in ("card", "fee", "bank", "loan", "claim")
    for article in ("my", "the", "a", "our", "his")
]


def alone(said: str, text: str) -> bool:
    texts = [text, *THINGS]
    corpus = read_texts(texts, np.zeros(len(texts), np.int64))
    read, words = corpus.texts[0], said.lower().split()
    start = next(i for i in range(len(read.lower)) if read.lower[i : i + len(words)] == words)
    nouns = nothing_else(stand(corpus))
    return reads_alone(read, Phrase(start, start + len(words), 1.0), nouns, Worth(corpus).all_stems(0))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("call now still on hold", "I had to call now still on hold"),
        ("bag just delivered", "my bag just delivered at last"),
        ("payment be refunded", "can my payment be refunded"),
        ("card using the pin", "activate my card using the pin"),
        ("score from lowering", "keep my score from lowering"),
        ("loan in your bank", "I want a loan in your bank"),
        ("boarding C group", "we are boarding C group"),
        ("message that my transfer", "I got a message that my transfer failed"),
        ("audio will randomly", "the audio will randomly stop"),
        ("gym open", "is the gym open yet"),
        ("gym open", "when does the gym open"),
        ("apply for a credit", "I want to apply for a credit card"),
        ("charged an extra", "I was charged an extra 1 pound"),
    ],
)
def test_what_is_torn_out_of_its_sentence_does_not_read_alone(said: str, text: str) -> None:
    assert not alone(said, text)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("top-up is still pending", "my top-up is still pending today"),
        ("can't log in anymore", "I can't log in anymore"),
        ("bag was lost", "my bag was lost in Leeds"),
        ("fee for transferring money", "the fee for transferring money abroad"),
        ("free parking", "is there free parking"),
        ("refund claim", "is my refund claim late"),
        ("apply for a loan", "I want to apply for a loan today"),
        ("staff is friendly", "the staff is friendly"),
        ("declined at the bank", "it was declined at the bank 3 times"),
    ],
)
def test_a_whole_phrase_does(said: str, text: str) -> None:
    assert alone(said, text)
