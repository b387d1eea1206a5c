"""Themes of bare answers: "yes, it is a debit one" tells something to whoever asked, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from textanalytics.base import IntArray
from textanalytics.grammar.corpus import Corpus
from textanalytics.grammar.sentence import Text

LONGEST = 8
"""Words of a bare answer; who says more says something else as well."""

MANY, FEWEST = 0.4, 3
"""Share of a theme's texts that are bare answers, from which on it is one of them, and its texts at least. Of nine English sets such are the
answers to an assistant, and nothing that customers say unasked."""

BEFORE = r"(?:(?:well|ok|okay|um|uh|hm+|oh|sorry|i am sorry|honestly|to be honest|but|i (?:think|believe|guess)) )*"
ANSWERS = (
    r"yes|yep|yeah|yup|no|nope|nah|none|neither|either|both|exactly|correct|right|it'?s|that'?s|(?:it|that) (?:is|isn't|was|wasn't)"
    r"|i (?:really )?have no (?:idea|clue)|by|with"
)
ANSWER = re.compile(rf"{BEFORE}(?:{ANSWERS})\b")


def is_answer(text: Text) -> bool:
    """Whether an English text is short, asks nothing and begins as only answers do."""
    said = text.lower
    return 0 < len(said) <= LONGEST and not text.asked and bool(ANSWER.match(" ".join(said)))


def of_answers(members: Mapping[int, IntArray], corpus: Corpus) -> frozenset[int]:
    """Labels of so many bare answers that they are a theme of these."""
    return frozenset(
        label
        for label, texts in members.items()
        if len(texts) >= FEWEST and np.mean([is_answer(corpus.texts[i]) for i in texts.tolist()]) >= MANY
    )
