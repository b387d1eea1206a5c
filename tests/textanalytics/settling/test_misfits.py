"""Who has neither a theme's words nor its meaning nor company in it leaves it."""

from __future__ import annotations

from collections.abc import Set

import numpy as np
import pytest

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.settling import misfits
from textanalytics.settling.marks import unit_rows
from textanalytics.settling.misfits import without_misfits

SAID = {
    "parcel": ("never arrived", "is late again", "is still missing", "got lost on its way", "came damaged"),
    "password": ("is not accepted", "was forgotten", "cannot be reset", "expired again", "is always wrong"),
    "battery": ("is empty by noon", "does not charge", "drains overnight", "swells", "lasts an hour"),
    "invoice": ("shows the wrong sum", "was sent twice", "has no tax number", "is overdue", "never came"),
    "waiter": ("was rude to us", "forgot our order", "took an hour", "ignored the table", "was clumsy"),
    "gym": ("opens too late", "is crowded at six", "smells of sweat", "closes early", "has no showers"),
    "ticket": ("machine is broken", "is too expensive", "cannot be changed", "was checked twice", "is void"),
    "piano": ("is out of tune", "lesson was moved", "stool wobbles", "teacher is ill", "keys stick"),
}
ODD = "my uncle sails to Norway"
THEIRS = "the waiter spilled the soup and was rude"


def sorted_out(*more: tuple[str, str], themes: int = 8, kept: Set[int] = frozenset()) -> list[int]:
    """The labels of these (theme, text), which a grouping put into a theme besides its own messages."""
    names = list(SAID)[:themes]
    texts = [f"the {name} {what}" for name in names for what in (*SAID[name], f"{SAID[name][0]} too")]
    labels = [names.index(name) for name in names for _ in range(6)]
    texts += [text for _, text in more]
    labels += [names.index(name) for name, _ in more]
    vectors = default().encode(texts)
    rows = unit_rows(vectors - vectors.mean(0))
    numbers = np.array(labels)
    found = without_misfits(numbers, rows, read_texts(texts, numbers), kept)
    assert found[: len(names) * 6].tolist() == labels[: len(names) * 6], "nobody else has moved"
    return found[len(names) * 6 :].tolist()


def test_who_has_nothing_in_common_with_the_theme_stands_alone() -> None:
    assert sorted_out(("parcel", ODD)) == [8]


def test_who_says_its_word_stays() -> None:
    assert sorted_out(("parcel", "the parcel sails to Norway")) == [0]


def test_who_means_the_same_in_other_words_stays() -> None:
    assert sorted_out(("parcel", "my package got lost on its way and never arrived")) == [0]


def test_who_is_far_nearer_to_another_theme_and_says_its_word_goes_there() -> None:
    assert sorted_out(("parcel", THEIRS)) == [4]


def test_two_who_leave_stand_alone_each() -> None:
    assert sorted_out(("parcel", ODD), ("gym", "bees in the chimney")) == [8, 9]


def test_what_is_kept_stays_whole() -> None:
    assert sorted_out(("parcel", ODD), kept={0}) == [0]


def test_where_many_do_not_belong_the_theme_stays_as_it_is() -> None:
    odd = [ODD, "bees in the chimney", "a violin needs new strings", "volcano on the news"]
    assert sorted_out(*(("parcel", text) for text in odd)) == [0] * 4


def test_among_few_themes_nobody_is_asked() -> None:
    assert sorted_out(("parcel", ODD), themes=7) == [0]


def test_of_very_many_some_are_asked_and_who_has_company_among_these_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [f"the {name} {what}" for name, said in SAID.items() for what in (*said, ODD)]
    labels = np.repeat(np.arange(len(SAID)), len(SAID["gym"]) + 1)
    vectors = default().encode(texts)
    rows = unit_rows(vectors - vectors.mean(0))
    everyone, sizes = np.arange(len(texts)), np.bincount(labels)
    all_asked = misfits._in_company(everyone, labels, rows, sizes)
    monkeypatch.setattr(misfits, "AT_ONCE", 5)
    assert (misfits._in_company(everyone, labels, rows, sizes) == all_asked).all()
    monkeypatch.setattr(misfits, "MOST", len(texts) // 2)
    some_asked = misfits._in_company(everyone, labels, rows, sizes)
    assert 0 < all_asked.sum() < len(texts)
    assert (some_asked == all_asked).mean() > 0.8
