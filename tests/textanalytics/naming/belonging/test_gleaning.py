"""Who lies in no theme goes where they state what its title states, or becomes one with others who state the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging.gleaning import Gleaned, Gleaner, resettled
from textanalytics.naming.saying.judging import Judging
from textanalytics.naming.saying.speaking import Speaking
from textanalytics.naming.saying.titling import Title

MISSED = (
    "We missed the train because nobody told us of the other platform",
    "my mother in law has missed the train and cries",
    "thanks to your website I missed my train on Monday",
    "long queue at the counter, so I missed the train",
)
KETTLE = (
    "The kettle leaks at the lid",
    "bees live in the chimney of the town hall",
    "the ferry smells of fish",
    "how far is Saturn from a comet",
    "nobody plays chess like the cow next door",
    "a lid is a lid",
)


def gleaned(
    said: Sequence[str],
    *others: str,
    mood: int = -1,
    intent: str = "complaint",
    people: Sequence[int] = (),
    titles: dict[int, str] | None = None,
) -> list[tuple[str, int, list[str]]]:
    """(title, home, texts) of what these texts, all of one mood and intent, say; besides some others, which are neutral remarks."""
    texts = [*said, *KETTLE, *others]
    labels = np.zeros(len(texts), np.int64)
    corpus = read_texts(texts, labels, ["en"] * len(texts))
    moods = np.array([mood] * len(said) + [0] * (len(texts) - len(said)))
    found = Gleaner(
        texts,
        corpus,
        np.arange(len(texts)),
        people=np.array([*people, *range(100, 100 + len(texts) - len(people))]),
        intents=[intent] * len(said) + ["other"] * (len(texts) - len(said)),
        judging=Judging(
            corpus, moods, moods.astype(np.float32), Speaking(corpus, default().encode(corpus.words.names))
        ),
        encoder=default(),
    ).gleaned(titles or {})
    return [(one.title, one.home, [texts[i] for i in one.texts]) for one in found]


def test_what_several_state_is_a_theme_called_as_they_put_it() -> None:
    assert gleaned(MISSED) == [("Missed the train", -1, list(MISSED))]


def test_four_people_make_a_theme_and_not_four_messages() -> None:
    assert not gleaned(MISSED, people=(1, 1, 2, 3))
    assert not gleaned(MISSED[:3])


def test_a_text_that_is_sent_again_and_again_counts_once() -> None:
    assert not gleaned((*MISSED[:3], *MISSED[2:3] * 4))


def test_who_praises_does_not_state_that_something_failed() -> None:
    assert not gleaned(MISSED, mood=1)


def test_who_denies_states_something_else() -> None:
    denied = "I have never missed the train, and still the queue is long"
    assert gleaned((*MISSED, denied)) == [("Missed the train", -1, list(MISSED))]


def test_words_that_an_and_parts_state_nothing_together() -> None:
    assert not gleaned(
        (
            "my train was late and the ferry full of goats",
            "the bus came late and the ferry had no seat",
            "so late, and the ferry is old",
            "he is late and my ferry waits",
        )
    )


def test_a_name_states_nothing() -> None:
    assert not gleaned(
        (
            "the ticket counter is in the old harbour",
            "go to the ticket counter with the goat",
            "our ticket counter has two chairs",
            "a ticket counter of oak",
        )
    )


GUIDE = (
    "The staff was great on both days",
    "great staff and a nice walk along the wall",
    "your great staff found my purse",
    "what a great staff you have",
    "a wonderful crew, all of them",
)


def test_praise_of_those_who_serve_is_one_in_whatever_words() -> None:
    assert gleaned(GUIDE, mood=1, intent="praise") == [("Great staff", -1, list(GUIDE))]


def test_a_wish_is_no_praise() -> None:
    wish = "A word from the staff would be great"
    assert gleaned((*GUIDE, wish), mood=1, intent="praise")[0][2] == list(GUIDE)


CHANGE = (
    "I want to change my booking to Sunday",
    "please change my booking, the goat is ill",
    "how do I change a booking for two",
    "need to change the booking of my aunt",
)


def test_what_is_to_be_done_is_asked_by_most() -> None:
    assert gleaned(CHANGE, mood=0, intent="request") == [("Change my booking", -1, list(CHANGE))]
    assert not gleaned(CHANGE, mood=0, intent="other")


def test_what_is_to_be_done_stands_before_to_what() -> None:
    turned = "a booking change costs nothing"
    assert gleaned((*CHANGE, turned), mood=0, intent="request")[0][2] == list(CHANGE)


def test_who_states_the_title_of_a_theme_goes_there_however_few_they_are() -> None:
    found = gleaned(MISSED[:1], titles={7: "Missed my train"})
    assert found == [("Missed my train", 7, [MISSED[0]])]


def test_what_all_speak_of_goes_without_saying() -> None:
    often = [
        f"the flight number {number} is over the {place}"
        for number in range(10)
        for place in ("sea", "hill", "town", "wood", "lake")
    ]
    late = "delayed again in this cold"
    assert gleaned([late], *often, titles={7: "Flight was delayed"}) == [("Flight was delayed", 7, [late])]
    assert not gleaned([late], titles={7: "Flight was delayed"})


TROUBLE = (
    "your website is a horrible mess",
    "The slow website ate my evening",
    "website crashed when I paid",
    "an error on the website again",
)


def test_a_thing_that_failed_in_many_ways_is_in_trouble() -> None:
    assert gleaned(TROUBLE) == [("Website trouble", -1, list(TROUBLE))]
    assert gleaned(TROUBLE[:2], titles={7: "Website trouble"}) == [("Website trouble", 7, list(TROUBLE[:2]))]


def test_theft_is_told_however_it_is_said() -> None:
    told = (
        "Somebody stole my purse from the locker",
        "there is a payment that I never made",
        "my account was hacked from abroad",
        "this is fraud, plain and simple",
    )
    assert gleaned(told) == [("Theft or fraud", -1, list(told))]


def test_a_name_that_is_written_large_is_no_praise() -> None:
    shop = (
        "bought it at Best Shop in May",
        "Best Shop sold me the kettle",
        "a queue at Best Shop",
        "the man from Best Shop came",
    )
    assert not gleaned(shop, mood=1, intent="praise")


def test_of_words_in_their_first_form_no_new_theme_is_made() -> None:
    first = [
        f"the lid be {colour} and it be mine" for colour in ("red", "blue", "green", "grey", "pink")
    ] * 12
    assert gleaned(MISSED)
    assert not gleaned(MISSED, *first)


@pytest.mark.parametrize(("home", "label"), [(0, 0), (-1, 3)])
def test_who_is_gleaned_has_a_label_and_whom_nobody_is_left_of_has_no_title(home: int, label: int) -> None:
    titles = {0: Title("Ferry", ()), 2: Title("Lid", ())}
    labels, left = resettled(
        np.array([0, 0, 2, -1]), titles, [Gleaned("Missed the train", (2,), home, ("train",))]
    )
    assert labels.tolist() == [0, 0, label, -1]
    assert {label: title.title for label, title in left.items()} == {0: "Ferry"} | (
        {3: "Missed the train"} if home < 0 else {}
    )
