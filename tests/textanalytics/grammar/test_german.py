"""Where German keeps the parts of its verbs."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.grammar.corpus import read_texts
from textanalytics.grammar.german import hangs, sent_off


@pytest.mark.parametrize("word", ["zurückgeschickt", "abgeholt", "klemmt", "zurückgezahlt"])
def test_what_has_happened_hangs_on_nothing(word: str) -> None:
    """However a set of particles is gone through: "zurück" begins with "zu"."""
    assert not hangs(word)


@pytest.mark.parametrize("word", ["mitteilt", "zurückschickt", "neue", "fährst"])
def test_what_waits_for_something_hangs_on_it(word: str) -> None:
    assert hangs(word)


@pytest.mark.parametrize(
    ("said", "verb"),
    [
        ("meine Lampe fällt heute aus", "fällt"),
        ("die kleine Lampe springt nie an", "springt"),
        ("heute fallen alle Lampen aus", "fallen"),
        ("die Lampe geht nicht", ""),
    ],
)
def test_the_particle_at_the_end_belongs_to_the_verb(said: str, verb: str) -> None:
    (text,) = read_texts([said], np.zeros(1, np.int64), ["de"]).texts
    assert [text.lower[place] for place in range(len(text.lower)) if sent_off(text, place)] == [verb] * bool(
        verb
    )
