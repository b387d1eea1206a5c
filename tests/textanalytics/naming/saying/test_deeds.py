"""What was done, and what is to be done."""

from __future__ import annotations

import pytest

from textanalytics.grammar.phrases import Cutter, Phrase
from textanalytics.naming.saying.deeds import did, is_to_be_done, was_done


@pytest.mark.parametrize(
    ("said", "was", "own", "wanted"),
    [
        ("flight was cancelled", True, False, False),
        ("cancelled my flight", False, True, False),
        ("cancel my flight", False, False, True),
        ("cancel flights", False, False, True),
        ("cancel before noon", False, False, False),
    ],
)
def test_a_verb_tells_what_was_done_or_what_is_wanted(said: str, was: bool, own: bool, wanted: bool) -> None:
    text = Cutter("en").read(said)
    stems = [7 if word.startswith("cancel") else -1 for word in text.lower]
    phrase = Phrase(0, len(stems), 1.0)
    assert (was_done(text, stems, phrase) == 7) == was
    assert did(text, stems, phrase, 7) == own
    assert is_to_be_done(text, stems, phrase, 7) == wanted
