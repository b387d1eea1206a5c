"""What a reader says of corrected texts that it has not seen: each is asked of a reader that learnt from the others.

>>> taught = [Correction("the parcel limps", "mood", "negative"), Correction("blue", "mood", "neutral")]
>>> [answer.right for answer in held_out(Reader(), taught)]
[True, True]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textanalytics.base import IntArray
from textanalytics.reading.corrections import SAME, Correction, Memory, key, word_weights
from textanalytics.reading.examples import Example
from textanalytics.reading.features import Hashes
from textanalytics.reading.reading import Reader
from textanalytics.reading.readings import Readings
from textanalytics.words.page import Column, Vocabulary, open_page

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one correction's text and field, how sure (0 to 1), and whether that is what people say."""

    said: str | bool | float
    sure: float
    right: bool


def held_out(
    reader: Reader,
    taught: Sequence[Correction],
    asked: Sequence[Correction] | None = None,
    *,
    examples: Sequence[Example] = (),
    seed: int = 0,
) -> list[Answer]:
    """In the order of `asked` (the taught ones when not given), by readers that learnt what `taught` and `examples` say
    of others.

    The same text and its near copies are never on both sides. `reader` is taken as it is before it was taught.
    """
    questions = list(taught if asked is None else asked)
    if not questions:
        return []
    untaught = Reader(reader.context, heads=reader.heads)
    texts = [*(one.text for one in (*questions, *taught)), *(one.text for one in examples)]
    fold = folds(texts, seed)
    of_questions, of_taught, of_examples = np.split(fold, np.cumsum([len(questions), len(taught)]))
    answers: dict[int, Answer] = {}
    for number in range(FOLDS):
        mine = np.flatnonzero(of_questions == number).tolist()
        if mine:
            others = [taught[i] for i in np.flatnonzero(of_taught != number).tolist()]
            told = [examples[i] for i in np.flatnonzero(of_examples != number).tolist()]
            answers |= _answers(untaught.learn(others, told), questions, mine)
    return [answers[i] for i in range(len(questions))]


def _answers(reader: Reader, questions: Sequence[Correction], mine: Sequence[int]) -> dict[int, Answer]:
    texts = list(dict.fromkeys(questions[i].text for i in mine))
    row = {text: place for place, text in enumerate(texts)}
    read = reader.read(texts)
    return {i: _answer(read, row[questions[i].text], questions[i]) for i in mine}


def _answer(read: Readings, row: int, question: Correction) -> Answer:
    field = question.field
    said = getattr(read, field)[row]
    said = said.item() if isinstance(said, np.generic) else said
    sure = float(read.confidence[{"sentiment": "mood", "reason": "about_us"}.get(field, field)][row])
    right = abs(said - question.value) < 0.25 if field == "sentiment" else said == question.value
    return Answer(said, sure, bool(right))


def folds(texts: Sequence[str], seed: int = 0) -> IntArray:
    """(n,) numbers below FOLDS; texts that say the same, or nearly, share one."""
    group = alike(texts)
    count = int(group.max(initial=-1)) + 1
    return (np.random.default_rng(seed).permutation(count) % FOLDS)[group]


def alike(texts: Sequence[str]) -> IntArray:
    """(n,) the number of the group of near copies that each text is in."""
    from scipy.sparse.csgraph import connected_components

    keys = [key(text) for text in texts]
    once = list(dict.fromkeys(keys))
    place = {text: number for number, text in enumerate(once)}
    page = open_page(once, Vocabulary())
    rows = Memory.vectors(page, Hashes(), Column(word_weights))
    near = (rows @ rows.T).tocsr()
    near.data = (near.data >= SAME).astype(np.int8)
    near.eliminate_zeros()
    _, group = connected_components(near, directed=False)
    return np.asarray(group, np.int64)[[place[text] for text in keys]]
