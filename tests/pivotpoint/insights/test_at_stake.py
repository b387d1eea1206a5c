"""Who tells of theft the plainest is quoted first, each person and each text once, from different themes."""

from __future__ import annotations

import numpy as np

from pivotpoint.insights.ladder.at_stake import danger, how_many, leaving, of_what, stolen, thefts
from pivotpoint.insights.ladder.crowd import Crowd
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.ladder import Grave
from textanalytics.base import IntArray
from textanalytics.reading.reading import Reader
from textanalytics.reading.readings import Readings

TEXTS = [
    "Where do I ask about fraud with a room?",  # names the crime only
    "My suitcase was stolen from the hall of your hotel, and nobody helps me!",
    "My card was stolen on Friday and your hotline does not answer, I am furious!",
    "Lock the hall, or else some bag may be stolen there one day",  # perhaps
    "Somebody hacked my account and ordered three lamps, please help me!",
    "My card was stolen on Friday and your hotline does not answer, I am furious!",
    "The breakfast was cold",
]
AUTHORS = ["ada", "bo", "cy", "dan", "bo", "eve", "flo"]
LABELS = np.array([1, 1, 2, 1, 2, 2, 1])


def crowded(texts: list[str], authors: list[str], labels: IntArray) -> tuple[Crowd, Readings]:
    heard = Heard()
    heard.texts, heard.authors, heard.times = texts, authors, [None] * len(texts)
    readings = Reader().read(texts)
    people = np.unique(authors, return_inverse=True)[1]
    return Crowd(heard, readings, people, labels, cleaned=texts), readings


def told(authors: list[str], listed: set[int], texts: list[str] = TEXTS) -> list[Grave]:
    labels = LABELS[: len(texts)]
    crowd, readings = crowded(texts, authors, labels)
    return thefts(stolen(texts, readings), crowd, readings, labels, listed=listed)


def test_the_plainest_of_each_theme_come_first_then_the_others() -> None:
    everybody = [f"person {place}" for place in range(len(TEXTS))]
    found = told(everybody, {1, 2})
    said = [one.quote.text for one in found]
    assert {one.theme for one in found[:2]} == {1, 2}
    assert set(said[:3]) == {TEXTS[1], TEXTS[2], TEXTS[4]}
    assert set(said[3:]) == {TEXTS[0], TEXTS[3]}


def test_each_person_and_each_text_is_told_once() -> None:
    said = [one.quote.text for one in told(AUTHORS, {1, 2})]
    assert len(said) == len(set(said)) == 4
    assert (TEXTS[1] in said) != (TEXTS[4] in said)


def test_where_nobody_tells_it_plainly_nobody_is_quoted() -> None:
    vague = [
        "Where do I ask about fraud with a room?",
        "They warn of phishing mails",
        "Some bag may be stolen there one day",
        "Wir zahlen nicht wegen Betrug eines anderen",
    ]
    assert stolen(vague, Reader().read(vague)).sum() >= 3
    assert told(["ada", "bo", "cy", "dan"], {1, 2}, vague) == []


def test_the_words_that_tell_it_are_marked() -> None:
    for one in told(AUTHORS, set()):
        ((start, end),) = one.quote.words
        assert any(word in one.quote.text[start:end] for word in ("fraud", "stolen", "hacked"))


def test_people_are_counted_in_each_theme() -> None:
    readings = Reader().read(TEXTS)
    robbed = stolen(TEXTS, readings)
    people = np.array([0, 1, 2, 3, 2, 4, 5])
    assert how_many(robbed, people, LABELS) == {1: 3, 2: 2}


def test_what_was_stolen_is_counted_once_for_each_person() -> None:
    robbed = stolen(TEXTS, Reader().read(TEXTS))
    assert of_what(TEXTS, robbed, np.array([0, 1, 2, 3, 2, 2, 5])) == {"bag": 2, "account": 1, "card": 1}


def test_who_was_harmed_themselves_is_told_before_what_others_heard() -> None:
    texts = [
        "Any news on the emergency landing in the north?",
        "They say that the boiler could go on fire",
        "Your driver assaulted me at the corner",
    ]
    crowd, readings = crowded(texts, ["ada", "bo", "cy"], np.array([1, 1, 1]))
    found = [one.quote.text for one in danger(crowd, readings, np.array([1, 1, 1]))]
    assert sorted(found) == sorted(texts) and found[0] == texts[2]


def test_who_leaves_is_told_once_with_the_words_that_say_so() -> None:
    texts = [
        "I am cancelling my contract and will never order from you again",
        "The breakfast was cold",
        "I am cancelling my contract and will never order from you again",
        "That was it, I will take my business elsewhere",
    ]
    crowd, readings = crowded(texts, ["ada", "bo", "cy", "dan"], np.array([1, 1, 2, 2]))
    found = leaving(crowd, readings, np.array([1, 1, 2, 2]))
    assert sorted(one.quote.text for one in found) == sorted({texts[0], texts[3]})
    assert all(one.quote.words for one in found)
    sure = [float(readings.confidence["intent"][texts.index(one.quote.text)]) for one in found]
    assert sure == sorted(sure, reverse=True)
