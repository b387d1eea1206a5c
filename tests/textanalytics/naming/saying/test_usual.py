"""A title is put as most of its texts put it."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import Corpus, read_texts
from textanalytics.grammar.phrases import Phrase
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.usual import Usual, is_torn

TABLE = [
    "my table is booked for nine",
    "a booked table, please",
    "can I book a table for two",
    "we would like to book a table tonight",
    "how do I book a table online",
]


def asked(texts: list[str]) -> tuple[Corpus, Usual, Backing]:
    corpus = read_texts(texts, np.zeros(len(texts), np.int64))
    starts, stem = corpus.words.starts.tolist(), corpus.words.stem.tolist()
    stems = [stem[starts[i] : starts[i + 1]] for i in range(len(texts))]
    return corpus, Usual(corpus), Backing(corpus.texts, stems, range(len(texts)))


def number(corpus: Corpus, word: str) -> int:
    return corpus.words.names.index(word)


def said(corpus: Corpus, found: tuple[int, Phrase] | None) -> str:
    text, phrase = found or (0, Phrase(0, 0, 0.0))
    return " ".join(corpus.texts[text].lower[phrase.start : phrase.end])


def put(texts: list[str], phrase: str) -> str:
    """How most put it, for a phrase of the first text."""
    corpus, usual, backing = asked(texts)
    words, wanted = corpus.texts[0].lower, phrase.split()
    start = next(i for i in range(len(words)) if words[i : i + len(wanted)] == wanted)
    return said(corpus, usual.wording(0, Phrase(start, start + len(wanted), 0.9), backing))


def joined(texts: list[str], *words: str) -> str:
    corpus, usual, backing = asked(texts)
    return said(corpus, usual.joined({number(corpus, word) for word in words}, backing))


def around(texts: list[str], word: str) -> str:
    corpus, usual, backing = asked(texts)
    return said(corpus, usual.around(number(corpus, word), backing))


def judged(texts: list[str], mood: int) -> str:
    corpus, usual, backing = asked(texts)
    return usual.judge([number(corpus, "customer"), number(corpus, "service")], mood, backing)


def test_what_most_want_to_do_is_not_said_to_be_done() -> None:
    assert put(TABLE, "table is booked") == "book a table"


def test_whoever_wants_it_done_is_not_told_that_it_was_done() -> None:
    was = ["my flight was cancelled", "a flight was cancelled"]
    wish = ["can I cancel my flight", "cancel my next flight please", "cancel my last flight, I am ill"]
    assert put([*was, *wish], "flight was cancelled") == "cancel my flight"
    assert put([*was, *wish[:2]], "flight was cancelled") == "flight was cancelled"


def test_what_one_points_at_is_everybodys() -> None:
    texts = ["I want to close this account", "close my account", "close my account today", "an account"]
    assert put(texts, "close this account") == "close my account"
    assert put(texts[:1], "close this account") == "close this account"
    assert put(["close the account", *texts[1:]], "close the account") == "close the account"


def test_a_phrase_stays_if_no_other_is_clearly_more_usual() -> None:
    assert put(TABLE[:3], "table is booked") == "table is booked"


def test_what_is_denied_is_not_put_without_its_not() -> None:
    texts = [
        "the card was not charged",
        *(f"they charged my card {when}" for when in ("today", "twice", "again")),
    ]
    assert put(texts, "card was not charged") == "card was not charged"


def test_a_word_that_counts_is_kept_where_many_say_it() -> None:
    texts = ["the fee was charged twice", "you charged twice this fee", *["you charged a fee again"] * 3]
    assert put([*texts, "why was a fee charged", "a fee was charged, why"], "fee was charged twice").endswith(
        "twice"
    )


def test_a_shorter_name_does_not_take_the_place_of_a_statement() -> None:
    texts = [
        "the flight was cancelled",
        *(f"another cancelled flight {when}" for when in ("today", "now", "again")),
    ]
    assert put(texts, "flight was cancelled") == "flight was cancelled"


def test_what_another_thing_stands_for_is_not_put_in() -> None:
    texts = [
        "a transfer between accounts please",
        *(f"transfer from one account {n}" for n in ("x", "y", "z")),
    ]
    assert put(texts, "transfer between accounts") == "transfer between accounts"


def test_words_side_by_side_are_put_in_the_phrase_that_most_put_them_in() -> None:
    texts = ["I double tap to skip", "why must I double tap to skip", "double tap: gone", "skip, please"]
    assert joined(texts, "double", "tap", "skip") == "double tap to skip"


def test_words_that_nobody_joins_are_not_joined() -> None:
    assert (
        joined(["the driver left", "a parcel came", "driver and then he took my parcel"], "driver", "parcel")
        == ""
    )


def test_what_few_state_is_not_said_of_all() -> None:
    texts = [
        "the lamp is broken",
        "my lamp is broken",
        *["a lamp for the desk"] * 3,
        *["it arrived broken"] * 3,
    ]
    assert joined(texts, "lamp", "broken") == ""


def test_one_word_gets_the_small_words_that_usually_stand_around_it() -> None:
    texts = [f"how much did I spend {when}" for when in ("in May", "in June", "on shoes")] + ["I spend a lot"]
    assert around(texts, "spend") == "how much did i spend"
    assert around([f"let me talk to a person{mark}" for mark in (".", "!", " now")], "talk").endswith(
        "talk to a person"
    )


def test_articles_alone_say_no_more_than_the_word() -> None:
    assert around(["my account", "the account", "in my account", "on my account"], "account") == ""
    assert (
        around(["what countries do you serve", "what countries are they", "what countries"], "countries")
        == ""
    )


def test_a_thing_is_judged_as_most_do_who_complain_of_it() -> None:
    texts = [
        "terrible customer service",
        "your customer service is terrible",
        "the worst customer service",
        "what a great customer service",
        "customer service has not called",
    ]
    assert judged(texts, -1) == "terrible"
    assert judged(texts, 1) == ""
    assert (
        judged([*texts[3:], "the customer service is not terrible", "customer service, terrible weather"], -1)
        == ""
    )


def test_a_better_thing_is_no_judged_thing() -> None:
    texts = ["better customer service", "a better customer service", "the customer service is better"]
    assert judged([*texts, "wonderful customer service"], 1) == ""
    assert judged([*texts, *["wonderful customer service, really"] * 4], 1) == "wonderful"


def test_what_a_cut_question_asks_for_is_asked() -> None:
    texts = [
        "how much do I pay in taxes",
        "how much do I pay in my taxes",
        "tell me how much we pay in taxes",
        "I pay in taxes what you earn",
    ]
    assert put(texts, "pay in taxes") == "how much do i pay in taxes"
    assert put(["we pay in taxes what you earn", *texts[:1]], "pay in taxes") == "pay in taxes"
    deeds = ["how do I pay my taxes", "how do I pay my taxes online", "when must I pay my taxes"]
    assert put(deeds, "pay my taxes") == "pay my taxes"


def test_small_words_that_say_nothing_give_way_to_some_that_do() -> None:
    texts = [*["let me talk now"] * 4, *["we talk to a person then"] * 3]
    assert around(texts, "talk") == "talk to a person"
    assert around(texts[:4], "talk") == "let me talk"


def test_what_is_left_of_a_question_is_not_joined() -> None:
    texts = ["when will my card arrive", "when will the card arrive", "waiting for the card to arrive"]
    assert joined(texts, "card", "arrive") != "card arrive"
    texts = [f"how much have I recently spent on {what}" for what in ("shoes", "bread", "tea")]
    assert joined(texts, "recently", "spent") == ""


def test_nobody_points_in_joined_words() -> None:
    assert joined(["paying all that money", "I was paying all that money"], "paying", "money") == ""
    assert joined(["paying the money", "I was paying the money"], "paying", "money") == "paying the money"


def test_a_small_word_that_few_say_is_not_joined_in() -> None:
    texts = [
        "can I change the start date and length of a course I booked",
        "could I change the date",
        *(f"the date, and no change {n}" for n in ("today", "here", "yet", "then", "now")),
    ]
    assert joined(texts, "change", "date") == "change the date"


def test_what_something_is_easy_to_do_belongs_to_it() -> None:
    texts = [f"it is easy to use {when}" for when in ("at home", "by night", "for my mother")]
    assert around([*texts, "so easy, and cheap"], "easy") == "easy to use"


def test_a_slip_is_not_put_in() -> None:
    texts = ["change my the number of nights", "I need to change my the number", "change the number today"]
    assert joined(texts, "change", "number") == "change the number"


def test_of_two_numbers_the_latter_does_not_stand_alone() -> None:
    texts = ["a room for 2 adults one child", "rooms for two adults one child", "3 adults one child"]
    assert joined(texts, "adults", "child") == ""
    text = read_texts(["lane 2 boarding at gate 3"], np.zeros(1, np.int64)).texts[0]
    assert not is_torn(text, Phrase(2, 5, 0.9))
