"""Two themes for which the same words are listed are told apart, and never by a number alone."""

from __future__ import annotations

import numpy as np

from textanalytics.grammar.corpus import members_of, read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.naming.choosing.unlike import Unlike
from textanalytics.naming.saying.backing import Backing
from textanalytics.naming.saying.listing import NO_WORDS, Listing
from textanalytics.naming.saying.theme import Theme
from textanalytics.naming.saying.titling import Title
from textanalytics.naming.saying.worth import Worth

BOOKED = [
    f"room for {count} {who}" for count in ("two", "three", "four") for who in ("adults", "kids", "of us")
]
OURS = [
    "clean my room",
    "towels in my room",
    "my room smells",
    "no heating in our room",
    "my room has ants",
    "ants on the bed",
]
WITH_ANTS = ["room has ants", "ants in a room", "the room had ants", "a room smells", "heating in the room"]


def given(*groups: list[str], words: str = "room", language: str = "en") -> list[Title]:
    """The titles of themes for all of which the same words are listed, the first being the largest."""
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    corpus = read_texts([text for group in groups for text in group], labels, [language] * len(labels))
    unlike, worth, weights = (
        Unlike(corpus, Listing(corpus), set()),
        Worth(corpus),
        weigh(corpus.words, labels),
    )
    found = []
    for label, members in members_of(labels).items():
        texts, own = members.tolist(), weights[label]
        backing = Backing([corpus.texts[i] for i in texts], list(map(worth.all_stems, texts)), texts)
        stems = sorted(own.words, key=lambda stem: -own.words[stem])
        theme = Theme(label, members, own, backing, language, stems, (), None)
        found.append(unlike.title(theme, words, Title("", ())))
    return found


def test_the_larger_one_has_the_name_and_the_other_says_whose_it_is() -> None:
    assert [one.title for one in given(BOOKED, OURS)] == ["Room", "My room"]


def test_where_both_speak_of_their_own_another_word_tells_them_apart() -> None:
    titles = given([f"my {text}" for text in BOOKED], [*OURS, "ants in my room"])
    assert [one.title for one in titles] == ["Room", "Room · ants"]


def test_a_word_that_three_hold_and_few_of_the_larger_one_marks_the_other() -> None:
    assert given(BOOKED, WITH_ANTS)[1].title == "Room · ants"
    both = given([*BOOKED, *WITH_ANTS, *WITH_ANTS], WITH_ANTS)
    assert both[1].title == "Room (2)" and both[1].twin == 0


def test_a_single_text_is_called_by_what_it_begins_with() -> None:
    long = "so what about the other thing that you told me of in the room"
    titles = given(BOOKED, [long], ["so it is"])
    assert titles[1].title == "So what about the other thing that you…"
    assert [one.title for one in given(["so it is"], ["not that"], words=NO_WORDS)] == [
        "So it is",
        "Not that",
    ]


def test_copies_are_twins() -> None:
    titles = given(BOOKED, ["the room it is"], ["the room it is"])
    assert titles[1].title == "The room it is" and titles[2].twin == 1


def test_what_did_not_happen_marks_nothing_without_its_not() -> None:
    rang = [f"Fahrer {what}" for what in ("fährt schnell", "ist nett", "grüßt nie", "fährt um", "war da")]
    never = [f"Fahrer hat {where} nicht geklingelt" for where in ("hier", "dort", "unten", "oben")]
    marked = given(rang, never, words="Fahrer", language="de")[1].title
    assert marked == "Fahrer · nicht geklingelt"
