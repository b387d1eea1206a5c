"""What is said of a thing in the place of its name leaves no word of the name out."""

from __future__ import annotations

import pytest

from textanalytics.naming.choosing.putting import _is_cut, only_denies_a_feeling


@pytest.mark.parametrize(
    ("said", "cut"),
    [
        ("Customer is terrible", True),
        ("Terrible service", True),
        ("Customer service is terrible", False),
        ("Nobody answers", False),
    ],
)
def test_a_name_is_said_whole_or_not_at_all(said: str, cut: bool) -> None:
    assert _is_cut(["customer", "service"], said) == cut


@pytest.mark.parametrize(
    ("said", "only"),
    [
        ("Wasn't too worried", True),
        ("Not impressed", True),
        ("Not worried about viruses", False),
        ("Worried", False),
        ("Doesn't work", False),
    ],
)
def test_who_does_not_feel_something_says_about_what(said: str, only: bool) -> None:
    assert only_denies_a_feeling(said) == only
