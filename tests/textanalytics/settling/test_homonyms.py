"""One word for two things is two themes; one thing of which two things are said stays one."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.base import IntArray
from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.settling.homonyms import parted, two_middles
from textanalytics.settling.marks import unit_rows

STANDING = tuple(
    f"{what} the standing order {whom}"
    for what in ("please cancel", "stop", "set up", "change the date of", "the bank lost")
    for whom in ("to my landlord", "for my rent", "of 40 pounds", "to my brother", "from my savings account")
)
DISHES = tuple(
    f"{what} order {dish}"
    for what in ("can I", "we want to", "please", "I would like to", "could we")
    for dish in ("a steak", "two pizzas", "tomato soup", "fish and chips", "a cheese sandwich")
)
THINGS = "invoice battery piano waiter gym password parcel museum garden violin volcano printer".split()
SO = ("is out of reach", "does not work", "was rude to us", "never came", "is too small", "was sent twice")


def things_in(*themes: tuple[str, ...], kept: frozenset[int] = frozenset()) -> IntArray:
    """The labels of the first theme, beside others."""
    groups = [*themes, *(tuple(f"the {thing} {what}" for what in SO) for thing in THINGS)]
    texts = [text for group in groups for text in group]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    encoder = default()
    middle = encoder.encode(texts).mean(0)
    found = parted(
        labels, read_texts(texts, labels), lambda said: unit_rows(encoder.encode(said) - middle), kept
    )
    assert (found[len(themes[0]) :] == labels[len(themes[0]) :]).all(), "the others stay"
    return found[: len(themes[0])]


def test_one_word_for_two_things_is_two_themes_and_the_larger_keeps_the_number() -> None:
    assert things_in(STANDING + DISHES[:20]).tolist() == [0] * 25 + [len(THINGS) + 1] * 20
    assert things_in(STANDING[:20] + DISHES).tolist() == [len(THINGS) + 1] * 20 + [0] * 25


def test_one_thing_stays_one() -> None:
    more = tuple(text.replace("standing", "monthly standing") for text in STANDING)
    assert set(things_in(STANDING + more).tolist()) == {0}


def test_a_few_strays_are_no_second_thing() -> None:
    assert set(things_in(STANDING + DISHES[:2]).tolist()) == {0}


def test_what_is_kept_stays_whole() -> None:
    assert set(things_in(STANDING + DISHES, kept=frozenset((0,))).tolist()) == {0}


@pytest.mark.parametrize("seed", range(5))
def test_a_cloud_is_no_two_groups_and_two_clouds_are(seed: int) -> None:
    chance = np.random.default_rng(seed)
    cloud = chance.normal(size=(60, 16)).astype(np.float32)
    assert two_middles(unit_rows(cloud)) is None
    cloud[:30, 0] += 4
    cloud[30:, 0] -= 4
    middles = two_middles(unit_rows(cloud))
    assert middles is not None
    assert abs(float(middles[0, 0])) > 0.8
