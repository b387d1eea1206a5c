"""Of few messages it cannot be asked who their neighbours are: what they say decides."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.belonging.small import small_twins

GROUPS = {
    "Buy a boat": ["buy a boat", "can I buy a boat here", "buy a boat for us"] * 3,
    "Purchase a boat": ["purchase a boat", "can I purchase a boat"],
    "Kitchen tap drips": ["the kitchen tap drips", "tap drips", "a dripping kitchen tap"] * 3,
    "Lunch for two": ["lunch for two", "a lunch for two please"] * 20,
}


def joined(
    groups: dict[str, list[str]] = GROUPS, language: str = "en", blames: str = ""
) -> set[tuple[str, str]]:
    """(smaller, larger) titles; all of `blames` blame, and all others praise, if there are any."""
    names = list(groups)
    texts = [text for name in names for text in groups[name]]
    labels = np.repeat(np.arange(len(names)), [len(groups[name]) for name in names])
    moods = np.where(labels == names.index(blames), -1, 1) if blames else np.zeros(len(texts), np.int64)
    corpus = read_texts(texts, labels, [language] * len(texts))
    vectors = default().encode(texts)
    found = small_twins(dict(enumerate(names)), labels, vectors, corpus, default(), moods)
    return {(names[one], names[other]) for one, other in found}


def test_a_small_theme_goes_to_the_larger_that_says_the_same() -> None:
    assert joined() == {("Purchase a boat", "Buy a boat")}


def test_where_two_lie_together_their_titles_have_to_say_so() -> None:
    others = {name: said for name, said in GROUPS.items() if name != "Purchase a boat"}
    small = ["buy a boat here", "can we buy a boat by the pier"]
    assert joined({**others, "Pier": small}) == joined({**others, "Hm": small}) == set()
    assert joined({**others, "Pier for a boat": small}) == set(), (
        "the word that they share is not what sets them apart"
    )
    assert joined({**others, "Boat": small}) == {("Boat", "Buy a boat")}


def test_titles_of_other_words_may_mean_the_same() -> None:
    others = {name: said for name, said in GROUPS.items() if name != "Purchase a boat"}
    small = ["purchasing yachts", "can I purchase yachts"]
    assert joined({**others, "Purchasing yachts": small}) == {("Purchasing yachts", "Buy a boat")}


def test_themes_of_many_are_not_joined_by_what_they_are_called() -> None:
    assert joined({**GROUPS, "Purchase a boat": GROUPS["Purchase a boat"] * 4}) == set()


def test_themes_of_five_to_seven_have_to_mix_as_well() -> None:
    others = {name: said for name, said in GROUPS.items() if name != "Purchase a boat"}
    mixed = [
        "buy a boat",
        "can I buy a boat",
        "buy a boat here",
        "buy a boat for us",
        "can I buy a boat for us",
    ]
    assert joined({**others, "Buy a boat here": mixed}) == {("Buy a boat here", "Buy a boat")}
    apart = [f"buy a boat with {sail} sails" for sail in ("red", "two", "torn", "silk", "new")]
    assert joined({**others, "Buy a boat with sails": apart}) == set()
    assert joined({**others, "Buy a boat with sails": apart[:4]}) == {("Buy a boat with sails", "Buy a boat")}


def test_praise_and_blame_stay_apart() -> None:
    assert joined(blames="Purchase a boat") == set()


def test_the_contrary_is_another_matter() -> None:
    small = {
        "It is complete": ["it is complete", "all complete"],
        "It is incomplete": ["it is incomplete", "incomplete"],
    }
    others = {name: GROUPS[name] for name in ("Buy a boat", "Kitchen tap drips")}
    assert joined({**others, **small}) == set()
    denied = {
        "Buy a boat": GROUPS["Buy a boat"],
        "Can't buy a boat": ["can't buy a boat", "could not buy a boat"],
    }
    assert joined({**GROUPS, **denied}) == {("Purchase a boat", "Buy a boat")}


def test_german_themes_are_left_alone() -> None:
    assert joined(language="de") == set()
