"""What the model is fitted to changes only where a sentence does, so that a refit moves little."""

from __future__ import annotations

from collections import Counter

import pytest

from textanalytics import lexicons
from textanalytics.reading import training


def told(
    written: tuple[lexicons.Sentence, ...], monkeypatch: pytest.MonkeyPatch
) -> Counter[tuple[str, str, float]]:
    monkeypatch.setattr(lexicons, "sentences", lambda: written)
    return Counter((one.language, one.text, weight) for one, weight in zip(*training.examples(), strict=True))


@pytest.mark.parametrize("place", [0, 40, 700])
def test_a_sentence_left_out_changes_no_other(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    every = lexicons.sentences()
    gone = every[place]
    with_it = told(every, monkeypatch)
    without = told(every[:place] + every[place + 1 :], monkeypatch)
    lost, new = with_it - without, without - with_it
    assert all(gone.text in text for _, text, _ in lost)
    assert sum(new.values()) < sum(lost.values()), "another neighbour, or another remark, in its stead"


def test_the_marks_that_a_sentence_gets_depend_on_it_alone() -> None:
    one, other = lexicons.sentences()[:2]
    alone = [varied.text for varied, _ in training.marked([one])]
    assert [varied.text for varied, _ in training.marked([other, one])][training.DRAWS :] == alone
    assert len(set(alone)) > 1


def test_the_ways_of_one_sentence_share_one_weight() -> None:
    one = lexicons.sentences()[0]
    assert sum(weight for _, weight in training.marked([one])) == pytest.approx(training.VARIED_WEIGHT)


def test_a_review_teaches_the_mood_alone_and_introduces_nothing() -> None:
    reviews = [one for one in lexicons.sentences() if one.review]
    assert {head: bool(training.labels(head, reviews)[0]) for head in training.CLASSES} == {
        head: head == "mood" for head in training.CLASSES
    }
    assert not list(training.introduced([one for one in reviews if one.mood == "neutral"]))
    other = [one for one in lexicons.sentences() if one.language == "en" and one.mood == "negative"][:3]
    assert not list(training.introduced([*other, *(one for one in reviews if one.mood == "neutral")]))
