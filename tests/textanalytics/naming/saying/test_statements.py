"""What two words close together state."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.encoders import default
from textanalytics.grammar.corpus import read_texts
from textanalytics.naming.saying.statements import Sort, Statements

TEXTS = (
    "The delayed train stood in the snow",
    "my train was delayed by a goat",
    "the train has a bell",
    "great service on board",
    "horrible service at the bar",
    "I want to redeem the voucher",
    "the voucher is green",
    "I cannot download the film",
    "to download it takes ages",
    "they will never download it",
    "a crash at noon",
)


@pytest.fixture(scope="module")
def statements() -> Statements:
    corpus = read_texts(TEXTS, np.zeros(len(TEXTS), np.int64), ["en"] * len(TEXTS))
    return Statements(corpus, range(len(TEXTS)), default())


@pytest.mark.parametrize(
    ("title", "sort", "texts"),
    [
        ("Delayed trains", Sort.FAILED, {0, 1}),
        ("Great service", Sort.PRAISED, {3}),
        ("Terrible train service", None, None),
        ("Horrible bar service", Sort.FAILED, {4}),
        ("Redeem the voucher", Sort.ASKED, {5}),
        ("Train", None, None),
    ],
)
def test_what_a_title_states(
    statements: Statements, title: str, sort: Sort | None, texts: set[int] | None
) -> None:
    said = statements.in_title(title)
    assert (said and statements.sort(said)) == sort
    assert (
        texts is None
        or (said and {text for one in statements.alike(said) for text in statements.by[one]}) == texts
    )


def test_what_one_cannot_do_is_not_what_never_is(statements: Statements) -> None:
    alone = {(statements.name(said.first), said.how) for said in statements.by if said.second < 0}
    assert {("download", "unable"), ("download", "never"), ("crash", "")} <= alone
    assert ("download", "") not in alone


def test_texts_in_another_language_state_nothing() -> None:
    corpus = read_texts(TEXTS[:2], np.zeros(2, np.int64), ["de"] * 2)
    assert not Statements(corpus, range(2), default()).by


def test_a_thing_that_only_names_another_did_not_fail() -> None:
    counters = [f"the counter on floor {floor} is open" for floor in range(6)]
    texts = [
        "the horrible service counter upstairs",
        "a horrible service",
        "error at the service counter",
        *counters,
    ]
    corpus = read_texts(texts, np.zeros(len(texts), np.int64), ["en"] * len(texts))
    said = Statements(corpus, range(3), default())
    horrible = said.in_title("Horrible service")
    assert horrible and said.by[horrible] == [1]
    assert {said.name(one.second) for one, texts in said.by.items() if 2 in texts} == {"counter"}
