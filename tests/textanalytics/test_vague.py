from __future__ import annotations

import pytest

from textanalytics.themes import is_vague


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok thanks",
        "DM sent",
        "Thank you so much!",
        "any update?",
        "yes",
        "hello??",
        "Danke schön",
        "👍",
        "12345",
    ],
)
def test_names_no_matter(text: str) -> None:
    assert is_vague([text]).tolist() == [True]


@pytest.mark.parametrize(
    "text",
    [
        "refund",
        "app crashes",
        "lost bag",
        "Verspätung",
        "thanks for losing my luggage in Boston",
        "hello, the wifi is down",
        "Zug fällt aus",
        "charged twice",
        "моя посылка не пришла",
    ],
)
def test_names_a_matter(text: str) -> None:
    assert is_vague([text]).tolist() == [False]


def test_a_long_text_is_never_vague() -> None:
    assert is_vague(["thanks " * 1000]).tolist() == [False]
