"""A theme that shares a thing and no matter is called by the thing, and what is said of it is told."""

from __future__ import annotations

import numpy as np

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.choosing.titles import Title, name_all
from textanalytics.naming.telling.matters import Matter, matters

KETTLE = [
    "the kettle leaks at the lid",
    "my kettle leaks all over the table",
    "why does this kettle leak",
    "which kettle fits a gas stove",
    "will the kettle whistle on a gas stove",
    "a kettle for my gas stove please",
    "send the kettle to my sister",
    "the kettle was a gift for my sister",
    "can I return a kettle without the box",
    "I want to return my kettle",
    "return of the kettle, where to",
    "how many litres does your kettle hold",
    "is the kettle made of steel or of copper",
    "I painted the kettle blue",
    "we take the kettle to the lake",
]
REFUND = [
    f"{who} refund has not arrived {when}"
    for who in ("my", "our", "the")
    for when in ("yet", "since May", "after weeks", "at all", "on my account")
]
MENDED = [
    "can you {} my kettle",
    "who in Leeds will {} a kettle",
    "{} the kettle soon, please",
    "please {} this kettle",
]
WHEN = ("today", "in Leeds", "since May", "at night", "again")
ANYTHING = [
    "violin strings in winter",
    "a volcano over dinner",
    "he draws bishops with chalk",
    "nobody waters seven palms",
    "late trains and old goats",
    "choir at noon, then rain",
    "sand in every pocket",
]

ELSEWHERE = [
    "the invoice was sent twice",
    "nobody answers the telephone",
    "your shop opens too late",
    "the app logs me out",
    "my parcel was left in the rain",
    "a lovely evening, thank you",
]


def named(
    *groups: list[str], means: bool = True, blamed: float = 0.0
) -> tuple[dict[int, Title], dict[int, tuple[Matter, ...]]]:
    """`blamed`: the share of each group's texts that blame."""
    groups += tuple([text] for text in ELSEWHERE)
    texts = [text for group in groups for text in group]
    labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    corpus = read_texts(texts, labels)
    vectors = default().encode(texts)
    moods = [
        "negative" if i < blamed * len(group) else "neutral" for group in groups for i in range(len(group))
    ]
    titles = name_all(corpus, labels, moods=moods, vectors=vectors, encoder=default() if means else None)
    return titles, matters(corpus, labels, titles, vectors=vectors, encoder=default())


def test_a_thing_of_which_people_say_all_sorts_is_the_title() -> None:
    titles, _ = named(KETTLE, REFUND)
    assert (titles[0].title, titles[0].several, titles[0].mixed) == ("Kettle", True, False)


def test_a_thing_of_which_most_complain_says_so_and_is_compared_by_its_name() -> None:
    titles, _ = named(KETTLE, REFUND, blamed=0.7)
    assert (titles[0].headline, titles[0].title, titles[0].several) == ("Kettle trouble", "Kettle", True)
    assert titles[1].headline == titles[1].title == "Refund has not arrived"
    assert named(KETTLE, REFUND, blamed=0.5)[0][0].headline == "Kettle"
    assert named(KETTLE, REFUND, blamed=0.6)[0][0].headline == "Kettle trouble"


def test_a_name_that_says_what_is_wrong_needs_no_more() -> None:
    errors = [text.replace("kettle", "error") for text in KETTLE]
    title = named(errors, REFUND, blamed=0.7)[0][0]
    assert (title.title, title.several, title.headline) == ("Error", True, "Error")


def test_what_nearly_all_say_is_one_matter() -> None:
    titles, told = named(KETTLE, REFUND)
    assert titles[1].title == "Refund has not arrived"
    assert not titles[1].several
    assert 1 not in told


def test_what_is_said_of_the_thing_is_told_with_the_texts_that_say_it() -> None:
    _, told = named(KETTLE, REFUND)
    said = {one.said: one.texts for one in told[0]}
    assert len(said) >= 3
    for texts, word in ((said_by(told[0], "leak"), "leak"), (said_by(told[0], "return"), "return")):
        assert [i for i, text in enumerate(KETTLE) if word in text] == list(texts)
    assert [len(one.texts) for one in told[0]] == sorted((len(one.texts) for one in told[0]), reverse=True)


def said_by(told: tuple[Matter, ...], word: str) -> tuple[int, ...]:
    return next(one.texts for one in told if word in one.said.lower())


def test_what_is_said_in_other_words_is_told_once() -> None:
    mended = [said.format(how) for said in MENDED for how in ("repair", "fix")]
    _, told = named([*KETTLE, *mended], REFUND)
    assert sum("repair" in one.said.lower() or "fix" in one.said.lower() for one in told[0]) == 1


def test_a_name_that_most_say_is_no_part_of_what_they_speak_of() -> None:
    lids = [f"the kettle lid {how}" for how in ("drips", "is blue", "came late", "fell off", "rattles")]
    for most, is_told in ((lids, True), ([f"{lid} {when}" for lid in lids for when in WHEN], False)):
        groups = [[*KETTLE, *most], REFUND, *([text] for text in ELSEWHERE)]
        texts = [text for group in groups for text in group]
        labels = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        titles = {0: Title("Kettle", (), several=True)}
        told = matters(
            read_texts(texts, labels), labels, titles, vectors=default().encode(texts), encoder=default()
        )
        assert ("Kettle lid" in {one.said for one in told[0]}) is is_told


def test_few_texts_are_not_judged() -> None:
    titles, told = named(KETTLE[:11], REFUND)
    assert not titles[0].several
    assert told == {}


def test_of_few_themes_nothing_is_told_as_their_middle_is_not_that_of_all() -> None:
    labels = np.repeat([0, 1], [len(KETTLE), len(REFUND)])
    texts = [*KETTLE, *REFUND]
    found = name_all(read_texts(texts, labels), labels, vectors=default().encode(texts), encoder=default())
    assert not any(title.several or title.mixed for title in found.values())


def test_without_their_meaning_every_theme_says_one_thing() -> None:
    titles, _ = named(KETTLE, REFUND, means=False)
    assert not any(title.several for title in titles.values())


def test_words_that_do_not_belong_together_make_no_theme() -> None:
    rows = [f"{text} {word}" for text, word in zip(ANYTHING, ["lamp"] * 4 + ["onions"] * 3, strict=True)]
    titles, _ = named(rows, REFUND, KETTLE)
    assert titles[0].listed
    assert titles[0].mixed


def test_words_that_mean_alike_do() -> None:
    rows = [f"{text} {word}" for text, word in zip(ANYTHING, ["lamp"] * 4 + ["lantern"] * 3, strict=True)]
    titles, _ = named(rows, REFUND, KETTLE)
    assert titles[0].listed
    assert not titles[0].mixed


def test_words_that_only_judge_hold_nothing_together() -> None:
    said = ["lamp"] * 3 + ["awful"] * 2 + ["horrible"] * 2
    titles, _ = named([f"{text} {word}" for text, word in zip(ANYTHING, said, strict=True)], REFUND, KETTLE)
    assert titles[0].listed
    assert titles[0].mixed


WHEN = ("today", "again", "at noon", "in May", "at last", "in Oslo")
PLACES = "attic barn cellar ditch estate forge garage hut inn jetty kiosk loft mill nook orchard porch quay".split()


def told_of_a_kettle(texts: list[str], *, several: bool = True, title: str = "Kettle") -> list[str]:
    """What is told of a theme that is called so."""
    rows = [*texts, *ELSEWHERE]
    labels = np.array([0] * len(texts) + list(range(1, len(ELSEWHERE) + 1)))
    titles = {0: Title(title, (), bare=True, several=several)}
    found = matters(
        read_texts(rows, labels), labels, titles, vectors=default().encode(rows), encoder=default()
    )
    return [one.said for one in found.get(0, ())]


def test_what_hardly_any_say_is_told_only_of_a_thing_of_which_they_say_all_sorts() -> None:
    """Three of twenty say that it leaks."""
    texts = [*KETTLE[:3], *(f"the kettle from the {place}" for place in PLACES)]
    assert told_of_a_kettle(texts, several=False) == []
    assert len(told_of_a_kettle(texts)) == 1


def test_what_most_deny_is_not_told_without_its_not() -> None:
    rest = [f"the kettle from the {place}" for place in PLACES[:8]]
    assert told_of_a_kettle([*(f"I discovered the kettle in my parcel {when}" for when in WHEN), *rest])
    assert not told_of_a_kettle(
        [*(f"I did not discover the kettle in my parcel {when}" for when in WHEN), *rest]
    )


def test_no_noun_runs_into_the_next_in_what_is_told() -> None:
    rest = [f"the kettle from the {place}" for place in PLACES[:8]]
    told = told_of_a_kettle([*(f"a kettle my sister has {when}" for when in WHEN), *rest])
    assert not any(said.startswith("Kettle my") for said in told)


def test_a_thing_is_called_with_its_small_word() -> None:
    waits = ("an hour", "all morning", "since nine", "in the rain", "with my baby", "for a refund", "again")
    more = ("and nobody came", "to change a seat", "about my lamp", "for the manager", "over lunch", "abroad")
    titles, _ = named([f"on hold {wait}" for wait in (*waits, *more)], REFUND)
    assert titles[0].title.startswith("On hold")


MONTHS = "January February March April May June July August September October November December".split()


def test_of_a_large_theme_it_is_told_what_is_said_beside_the_title() -> None:
    late = [f"my parcel is late, it was sent in {month}" for month in MONTHS]
    broken = [f"my parcel is late and the courier broke the vase, {month}" for month in MONTHS]
    titles, told = named(late * 3 + broken, REFUND)
    assert titles[0].title == "Parcel is late"
    assert [(one.said, len(one.texts)) for one in told[0]] == [("Courier broke the vase", len(broken))]
    assert named(late * 2 + broken, REFUND)[1].get(0) is None


def test_a_general_word_gets_one_beside_it_that_many_say() -> None:
    problems = [text.replace("kettle", "problem") for text in KETTLE]
    title = named(problems, REFUND, blamed=0.7)[0][0]
    assert title.headline.startswith("Problem · ")
    assert named(KETTLE, REFUND)[0][0].title == "Kettle"


def test_what_says_the_title_again_in_another_word_is_not_told() -> None:
    texts = [f"{felt} service from the {place}" for place in PLACES for felt in ("amazing", "great")]
    assert "Great service" not in told_of_a_kettle(texts, title="Amazing service")
    assert told_of_a_kettle(texts, title="Service") == ["Amazing service"]
