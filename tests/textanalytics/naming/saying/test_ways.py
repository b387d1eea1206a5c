"""What is done both ways with a verb is told both ways."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.ways import both_ways

OUT = ["when do we check out", "check out at ten", "late checkout"]
IN = ["check in at noon", "can I check in early", "checking in on Friday", "early check-in"]


def told(texts: list[str], said: str) -> str:
    """For a phrase of the first text."""
    corpus = read_texts(texts, np.zeros(len(texts), np.int64))
    starts, stem = corpus.words.starts.tolist(), corpus.words.stem.tolist()
    backing = Backing(corpus.texts, [stem[a:b] for a, b in zip(starts, starts[1:], strict=False)])
    words, wanted = corpus.texts[0].lower, said.lower().split()
    start = words.index(wanted[0])
    return both_ways(corpus.texts[0], Phrase(start, start + len(wanted), 1.0), said, backing, corpus.spelling)


def test_both_ways_are_told_and_what_most_do_first() -> None:
    assert told([*OUT, *IN], "Check out") == "Check in / Check out"
    assert told([*OUT, *IN[:2]], "Check out") == "Check out / Check in"


def test_one_way_is_told_where_few_go_the_other() -> None:
    assert told([*OUT, IN[0]], "Check out") == "Check out"


def test_a_verb_that_goes_without_it_has_no_other_way() -> None:
    texts = ["it works on my phone", *[f"works in the {what}" for what in ("car", "house", "dark")]]
    assert told(texts, "works on my phone") == "works on my phone"


def test_who_does_the_contrary_stands_beside_who_does_it() -> None:
    receive, send = "receive money from abroad", "send money to my aunt"
    assert told([receive, receive, send, send, send], "Receive money") == "Send money / Receive money"
    assert told([receive, receive, receive, send], "Receive money") == "Receive money"
    assert told([receive, receive, "send a card", "send a letter"], "Receive money") == "Receive money"
