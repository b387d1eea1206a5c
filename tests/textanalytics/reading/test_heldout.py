"""A reader is asked only about what it has not learnt from."""

from __future__ import annotations

import pytest

from textanalytics.reading.heldout import alike, folds, held_out
from textanalytics.reading.reading import Correction, Reader

ODD = "The zindle hums a tartan tune beside the quarrel of larch and moss."
COPY = ODD + " !!"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_the_same_text_never_teaches_its_own_answer(reader: Reader) -> None:
    untaught = reader.read([ODD]).mood[0]
    other = "positive" if untaught != "positive" else "negative"
    taught = [Correction(ODD, "mood", other), Correction(COPY, "mood", other)]
    assert reader.learn(taught).read([ODD]).mood[0] == other
    assert [answer.right for answer in held_out(reader, taught)] == [False, False]


def test_near_copies_are_alike_and_share_a_fold() -> None:
    texts = [ODD, "Where is my parcel?", COPY, ODD.upper()]
    groups = alike(texts).tolist()
    assert groups[0] == groups[2] == groups[3] != groups[1]
    assert len({folds(texts, seed)[i] for i in (0, 2, 3) for seed in [1]}) == 1


def test_what_resembles_others_is_learnt_from_them(reader: Reader) -> None:
    """Twelve people call the same thing something the reader does not know: each helps the others."""
    said = [
        f"The gronk of my {thing} in the {place} wobbles"
        for thing in ("shelf", "table", "bench", "chair")
        for place in ("hall", "attic", "garden")
    ]
    taught = [Correction(text, "function", "supply") for text in said]
    known = [answer.right for answer in held_out(reader, [], taught)]
    learnt = [answer.right for answer in held_out(reader, taught)]
    assert sum(learnt) > sum(known)


def test_nothing_asked_is_nothing_answered(reader: Reader) -> None:
    assert held_out(reader, []) == []
