"""What the other texts of a theme say for a phrase."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.saying.backing import Backing

TEXTS = ["the boarding pass is gone", "no boarding pass", "boarding pass does not print", "where is my seat?"]
CORPUS = read_texts(TEXTS, np.zeros(4, np.int64))
STARTS = CORPUS.words.starts.tolist()
STEMS = [CORPUS.words.stem[a:b].tolist() for a, b in zip(STARTS, STARTS[1:], strict=False)]
BACKING = Backing(CORPUS.texts, STEMS)
BOARDING, PASS, PRINT = (CORPUS.words.names.index(name) for name in ("boarding", "pass", "print"))


def test_it_knows_who_holds_what() -> None:
    assert BACKING.share(PASS) == 0.75
    assert BACKING.all_of([BOARDING, PRINT]) == {2}
    assert BACKING.share("seat") == 0.25


def test_half_of_the_weight_covers() -> None:
    assert BACKING.covered([PASS, PRINT], {PASS: 1.0, PRINT: 0.4}) == {0, 1, 2}
    assert BACKING.covered([PASS, PRINT], {PASS: 0.4, PRINT: 1.0}) == {2}


def test_words_that_stand_together_are_one() -> None:
    assert BACKING.are_one(BOARDING, PASS)
    assert not BACKING.are_one(PASS, BOARDING)
    assert not BACKING.are_one(PASS, PRINT)


def test_who_says_not_and_who_asks() -> None:
    assert BACKING.turned([PRINT]) == 1.0
    assert BACKING.asking() == 0.25


def test_it_counts_different_sentences_and_copies_once() -> None:
    texts = ["my lamp is late again", "our lamp is late", "my lamp is late again", "late is the lamp"]
    corpus = read_texts(texts, np.zeros(4, np.int64))
    starts = corpus.words.starts.tolist()
    backing = Backing(
        corpus.texts, [corpus.words.stem[a:b].tolist() for a, b in zip(starts, starts[1:], strict=False)]
    )
    assert backing.saying(["lamp", "is", "late"]) == 2
    assert backing.different([corpus.words.names.index("lamp")]) == 3
    assert backing.forms(corpus.words.names.index("lamp")) == {"lamp": 4}


def backing_of(texts: list[str]) -> tuple[Backing, list[str]]:
    corpus = read_texts(texts, np.zeros(len(texts), np.int64))
    starts = corpus.words.starts.tolist()
    stems = [corpus.words.stem[a:b].tolist() for a, b in zip(starts, starts[1:], strict=False)]
    return Backing(corpus.texts, stems), corpus.words.names


def test_it_knows_which_way_a_verb_goes() -> None:
    texts = [
        "logging me in",
        "my login",
        "log into it",
        "log out",
        "in Oslo I log miles",
        "log off; in a day",
    ]
    backing, _ = backing_of(texts)
    assert backing.going("log", "in").tolist() == [True, True, True, False, False, False]
    assert backing.going("log", "out").tolist() == [False, False, False, True, False, False]
    assert backing.going("walk", "out", alone=True).tolist() == [False, False, False, True, False, False]


def test_it_knows_who_asks_so() -> None:
    texts = [
        "what is my limit",
        "what's the limit",
        "raise my limit",
        "can I raise the limit",
        "a limit I can see",
    ]
    backing, names = backing_of(texts)
    limit = [names.index("limit")]
    assert backing.asking_so(limit, ["what", "is"]) == 0.4
    assert backing.asking_so(limit, ["can", "i"]) == 0.2


def asked_of(texts: list[str], word: str) -> tuple[Backing, int]:
    corpus = read_texts(texts, np.zeros(len(texts), np.int64))
    starts = corpus.words.starts.tolist()
    stems = [corpus.words.stem[a:b].tolist() for a, b in zip(starts, starts[1:], strict=False)]
    return Backing(corpus.texts, stems), corpus.words.names.index(word)


def test_the_first_half_of_a_name_belongs_to_it() -> None:
    backing, york = asked_of(["we live in New York", "a trip to New York", "the best of New York"], "york")
    assert backing.before([york]) == "new"


def test_a_small_word_that_is_written_as_one_with_it_belongs_to_a_word() -> None:
    texts = ["one carry on please", "is a carry on free", "my carry on is lost"]
    backing, carry = asked_of([*texts, "what carry-on fits", "the carry-on rules"], "carry")
    assert backing.behind(carry, "carry") == "on"
    backing, carry = asked_of(texts, "carry")
    assert backing.behind(carry, "carry") == ""
