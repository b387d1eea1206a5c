"""Quotes show the title's claim, in different words, from different people, and never a company's own answer."""

from __future__ import annotations

import numpy as np

from textanalytics.base import FloatArray
from textanalytics.encoders import default
from textanalytics.quotes import quotes

GATE = ["the gate squeaks at night", "the gate squeaks in the rain", "our gate squeaks since Monday"]


def alike(texts: list[str]) -> FloatArray:
    """Vectors of texts that are all as near to one another, the first a little nearer."""
    rows = np.full((len(texts), len(texts) + 1), 0.0, np.float32)
    rows[:, -1] = 1
    rows[np.arange(len(texts)), np.arange(len(texts))] = np.linspace(0.3, 0.5, len(texts))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def test_an_author_is_quoted_once_for_all_themes_where_there_are_others() -> None:
    texts = [*GATE, "the fence leans to the left", "the fence is painted green"]
    labels = np.array([0, 0, 0, 1, 1])
    authors = ["bo", "ines", "hanne", "bo", "mia"]
    chosen = quotes(texts, labels, alike(texts), k=1, authors=authors)
    assert (chosen[0], chosen[1]) == ([0], [4])
    assert quotes(texts, labels, alike(texts), k=2, authors=authors)[1] == [4, 3]


def test_a_companys_own_answer_is_no_quote() -> None:
    texts = ["Sorry that the gate squeaks, send us a message ^AB", *GATE[:1]]
    assert quotes(texts, np.zeros(2, np.int64), alike(texts), k=1, titles={0: "Gate squeaks"})[0] == [1]


def test_the_same_words_are_no_second_quote() -> None:
    texts = [GATE[0], f"{GATE[0]}!!", "the gate squeaks at night, please", GATE[2]]
    assert 3 in quotes(texts, np.zeros(4, np.int64), alike(texts), k=2)[0]
    assert len(quotes(texts[:3], np.zeros(3, np.int64), alike(texts[:3]), k=2)[0]) == 1


def test_nobody_is_quoted_twice_for_one_theme() -> None:
    chosen = quotes(GATE, np.zeros(3, np.int64), alike(GATE), authors=["bo", "bo", "ines"])
    assert chosen[0] == [0, 2]


def test_who_feels_the_opposite_of_the_others_is_quoted_last() -> None:
    texts = [*GATE, "what a lovely gate that never squeaks"]
    moods = ["negative", "negative", "negative", "positive"]
    labels = np.zeros(4, np.int64)
    assert 3 in quotes(texts, labels, alike(texts), k=2)[0]
    assert 3 not in quotes(texts, labels, alike(texts), moods=moods)[0]


def test_where_as_many_feel_either_the_title_decides_whose_words_are_shown() -> None:
    texts = ["the gate is great, thank you", "oh great, stuck behind the gate"]
    moods, labels = ["positive", "negative"], np.zeros(2, np.int64)
    assert quotes(texts, labels, alike(texts), k=1, titles={0: "Great gate"}, moods=moods)[0] == [0]
    assert quotes(texts, labels, alike(texts), k=1, titles={0: "Awful gate"}, moods=moods)[0] == [1]


def test_who_feels_what_the_title_feels_goes_before_who_feels_nothing() -> None:
    texts = ["the gate is standing wide open again", "the gate is stuck, and nobody comes"]
    moods, labels = ["neutral", "negative"], np.zeros(2, np.int64)
    assert quotes(texts, labels, alike(texts), k=1, titles={0: "Gate trouble"}, moods=moods)[0] == [1]
    assert quotes(texts, labels, alike(texts), k=1, titles={0: "Gate"}, moods=moods)[0] == [0]


def test_what_denies_the_feeling_of_the_title_is_no_quote_for_it() -> None:
    texts = ["a bad gate if you ask me", "not bad at all, this gate"]
    assert quotes(texts, np.zeros(2, np.int64), alike(texts), k=1, titles={0: "Bad gate"})[0] == [0]


def test_of_texts_with_the_words_of_the_title_those_are_shown_that_mean_it() -> None:
    texts = [
        "the gate is closed while your invoice asks for money for paint, brushes and two hours of work",
        "since this morning the gate is closed",
        "why is the gate still waiting for its paint?",
    ]
    titles, rows, labels = {0: "Gate is closed"}, default().encode(texts), np.zeros(3, np.int64)
    assert quotes(texts, labels, rows, k=1, titles=titles)[0] == [0]
    assert quotes(texts, labels, rows, k=1, titles=titles, encoder=default())[0] == [1]


def test_who_feels_surely_what_most_feel_is_quoted_sooner() -> None:
    texts = ["the gate at the north hall closes early", "the gate in the south hall opens late again"] + [
        f"the gate was shut when we came to hall number {n}" for n in range(6)
    ]
    labels, moods = np.zeros(len(texts), np.int64), ["negative"] * len(texts)
    for surest in (0, 1):
        sure = np.full(len(texts), 0.4, np.float32)
        sure[surest] = 0.95
        assert quotes(texts, labels, alike(texts), k=1, moods=moods, sure=sure)[0] == [surest]
    calm = quotes(texts, labels, alike(texts), k=1, moods=["neutral"] * len(texts), sure=sure)
    assert calm == quotes(texts, labels, alike(texts), k=1)


def quoted(texts: list[str], title: str, k: int = 1, moods: list[str] | None = None) -> list[int]:
    """Which of the texts, all as typical, are quoted under a title."""
    return quotes(texts, np.zeros(len(texts), np.int64), alike(texts), k=k, titles={0: title}, moods=moods)[0]


def test_what_is_denied_has_to_be_what_the_title_denies() -> None:
    texts = ["I can't find the shop, and the lock of the gate opens well", "the gate at my house never opens"]
    assert quoted(texts, "Gate won't open") == [1]


def test_who_says_all_of_the_title_in_one_breath_goes_before_who_says_it_here_and_there() -> None:
    texts = [
        "the gate of the old yard has a new key, and I lost my hat",
        "yesterday somebody lost the gate key",
    ]
    assert quoted(texts, "Lost gate key") == [1]


def test_a_third_quote_says_what_the_title_claims_or_there_is_none() -> None:
    texts = ["the gate squeaks at night", "our old gate squeaks in the rain", "nobody painted the fence"]
    assert quoted(texts, "Gate squeaks", k=3) in ([0, 1], [1, 0])
    assert len(quoted(texts, "Gate · squeaks", k=3)) == 3


def test_another_word_that_judges_alike_says_what_the_title_judges() -> None:
    texts = ["the hinge and the key of the gate of my aunt", "what an awful gate you sold us here"]
    assert quoted(texts, "Horrible gate") == [1]


def test_what_is_done_is_not_what_somebody_wants_to_do() -> None:
    texts = ["how can I cancel a tour that was to be there", "this morning the tour was cancelled"]
    assert quoted(texts, "Tour was cancelled") == [1]


def test_each_side_of_a_title_has_its_quote() -> None:
    texts = [
        "open the gate to me at noon",
        "we open the gate when everybody has gone home",
        "close the gate behind us at night",
    ]
    assert 2 in quoted(texts, "Open the gate / Close the gate", k=2)


def test_of_a_theme_of_questions_no_anger_is_shown_first() -> None:
    texts = [
        "when does the gate open today?",
        "where is the gate of the park?",
        "who paints the gate in spring?",
    ]
    texts += ["is there a gate in the north?", "the gate drives me mad, it never opens!"]
    moods, labels = ["neutral"] * 4 + ["negative"], np.zeros(5, np.int64)
    sure = np.full(5, 0.9, np.float32)
    chosen = quotes(texts, labels, alike(texts), k=1, titles={0: "Gate"}, moods=moods, sure=sure)
    assert chosen[0] == [0]


def test_what_is_passed_on_is_quoted_last() -> None:
    assert quoted(
        ["RT @bo: our gate squeaks in the rain", "our gate squeaks in the rain"], "Gate squeaks"
    ) == [1]


def test_whose_it_is_tells_a_title_of_one_word() -> None:
    assert quoted(
        ["a gate with a lamp in it for sale", "somebody painted my gate over night"], "My gate"
    ) == [1]


def test_how_often_is_told_too() -> None:
    assert quoted(
        ["I paid for the gate on Monday, I said", "I paid for the gate twice, I said"], "Paid twice"
    ) == [1]


def test_who_turns_to_the_contrary_is_quoted_later_where_the_others_praise() -> None:
    texts = [
        "the gate is good, but the hinge squeaks all day",
        "the gate is good and opens for everybody here",
    ]
    pleased = ["positive", "positive"]
    assert quoted(texts, "Gate is good", moods=pleased) == [1]
    assert quoted(
        ["the gate is good aber laut", "the gate is good indeed"], "Gate is good", moods=pleased
    ) == [1]
    for mood in ("neutral", "negative"):  # A complaint often stands behind a "but".
        with_and = [text.replace(", but", ", and") for text in texts]
        assert quoted(texts, "Gate", moods=[mood] * 2) == quoted(with_and, "Gate", moods=[mood] * 2)


def test_of_a_link_with_hardly_a_word_is_quoted_only_where_there_is_no_other() -> None:
    long = "they closed it in March, and nobody has told me why, nor when they want to open it to all who live here again"
    texts = [
        "my garden gate",
        f"please open my garden gate for us, because {long}, thanks to everybody in your office",
    ]
    assert quoted(texts, "Garden gate") == [1]
    assert quoted(texts[:1], "Garden gate") == [0]
