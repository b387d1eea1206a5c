"""What only names a thing is called by two things that are said of it, if enough of its texts say one of them."""

from __future__ import annotations

import numpy as np

from tests.textanalytics.naming.loose import SAID
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.keywords import weigh
from textanalytics.grammar.phrases import whole
from textanalytics.naming.choosing.titles import Namer, Title, name_all
from textanalytics.naming.saying.nearness import Meaning

WHERE = "Dublin Lisbon Vienna Oslo Milan Ghent Porto Turin".split()
CHANGE = [f"how do I change my pin, I am in {place}" for place in WHERE]
FORGOT = [f"I forgot my pin, the branch in {place} is closed" for place in WHERE]
OTHERS = [
    "which button comes after the pin",
    "my nephew saw the pin",
    "is a pin of six digits safer",
    "the machine wants a pin again",
    "what is a pin good for",
    "no pin came with the letter",
    "they print the pin on paper",
    "the pin pad was wet",
]


def named(texts: list[str], *, moods: str = "neutral") -> Title:
    """These texts among eight other themes."""
    others = [(text, label) for label, some in enumerate(SAID.values(), 1) for text in some]
    said = [*texts, *(text for text, _ in others)]
    labels = np.array([0] * len(texts) + [label for _, label in others])
    corpus, encoder = read_texts(said, labels, ["en"] * len(said)), default()
    felt = [moods] * len(texts) + ["neutral"] * len(others)
    return name_all(corpus, labels, moods=felt, vectors=encoder.encode(said), encoder=encoder)[0]


def test_two_things_that_many_say_stand_side_by_side() -> None:
    title = named([*CHANGE[:5], *FORGOT[:4], *OTHERS])
    assert title.title == "Pin"
    assert title.headline == "Change my pin / Forgot my pin"


def test_the_name_stays_where_few_say_them() -> None:
    assert named([*CHANGE[:2], *FORGOT[:1], *OTHERS, *OTHERS[:4]]).sided == ""


UNKNOWN = [f"I don't recognise this direct debit, {place}" for place in WHERE[:2]]
UNKNOWN += [f"I didn't set up this direct debit, {place}" for place in WHERE[:2]]
UNKNOWN += [
    "the direct debit is not ours",
    "my wife never saw that direct debit before",
    "direct debit for a club that is not mine",
    "no idea whose direct debit that is",
    "who took a direct debit, we never signed",
    "a direct debit without a name",
    "not again, a direct debit from a gym",
    "a direct debit can't be right",
    "never agreed to a direct debit",
    "no direct debit of that sum, surely",
]


def sides(texts: list[str], title: Title) -> str:
    """Of that title for these texts among the other themes."""
    others = [(text, label) for label, some in enumerate(SAID.values(), 1) for text in some]
    said = [*texts, *(text for text, _ in others)]
    labels = np.array([0] * len(texts) + [label for _, label in others])
    corpus, encoder = read_texts(said, labels, ["en"] * len(said)), default()
    namer = Namer(corpus, None, Meaning(encoder, encoder.encode(said), labels))
    members, weights = np.arange(len(texts)), weigh(corpus.words, labels)[0]
    theme = namer._theme(0, members, weights)
    found = [(text, phrase, 1.0) for text in range(4) for phrase in whole(corpus.texts[text])]
    return namer._sides.title(theme, title, found)


def test_of_trouble_that_each_denies_in_other_words_fewer_have_to_say_one_of_the_two() -> None:
    trouble = Title("Direct debit", (), bare=True, troubled="Direct debit trouble", blamed=True)
    found = sides(UNKNOWN, trouble)
    assert "recognise" in found and "set up" in found
    assert sides(UNKNOWN, Title("Direct debit", (), bare=True)) == ""


def test_a_word_that_stood_beside_a_phrase_stands_in_one_of_its_own() -> None:
    stole = [f"somebody stole my card in {place}" for place in WHERE]
    block = [f"how do I block my card, I am in {place}" for place in WHERE[:6]]
    assert sides([*stole, *block], Title("Stole my card · block", ())) == "Stole my card / Block my card"
    assert sides([*stole, *block], Title("Stole my card · branch", ())) == ""
