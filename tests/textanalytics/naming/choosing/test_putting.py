"""What is said of a thing in the place of its name leaves no word of the name out."""

from __future__ import annotations

import pytest

from textanalytics.naming.choosing.putting import _is_cut


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
