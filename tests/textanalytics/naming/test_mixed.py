"""What no word holds together is no matter, whatever put it together."""

from __future__ import annotations

import numpy as np

from textanalytics.naming.titles import titles

REFUND = [f"my refund {what}" for what in ("is late", "never came", "went to the wrong card", "is missing")]
REFUND += ["no refund after three weeks", "where does the refund stay", "refund refused without a word"]
ANYTHING = [
    "the lamp hums at night",
    "a parcel stood in the rain",
    "your driver sang for my daughter",
    "the newsletter has a broken link",
    "two chairs wobble on the tiles",
    "he hung up while I spelled my name",
    "oak or beech for a bathroom",
]


def test_a_group_of_what_is_like_nothing_else_is_mixed() -> None:
    found = titles([*REFUND, *ANYTHING], np.repeat([0, 1], [len(REFUND), len(ANYTHING)]))
    assert (found[0].mixed, found[1].mixed) == (False, True)


def test_a_few_texts_are_not_judged_by_their_words() -> None:
    found = titles([*REFUND, *ANYTHING[:5]], np.repeat([0, 1], [len(REFUND), 5]))
    assert not found[1].mixed


def test_what_only_a_place_sets_apart_is_mixed() -> None:
    sights = "cabin cabin crew crew menu menu violin garden volcano bishop goats choir".split()
    town = [
        f"{way} Rostock, the {sight}"
        for way, sight in zip(("in", "from", "to", "via") * 3, sights, strict=True)
    ]
    tram = [
        f"the tram in Rostock {what}" for what in ("derailed", "rang", "stood", "fell", "shook", "hummed")
    ]
    found = titles([*REFUND, *town, *tram], np.repeat([0, 1, 2], [len(REFUND), len(town), len(tram)]))
    assert (found[1].mixed, found[2].mixed) == (True, False)
