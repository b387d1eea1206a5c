from __future__ import annotations

import pytest

from textanalytics import lexicons
from textanalytics.grouping import vague
from textanalytics.grouping.vague import is_reply
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
        "ありがとうございます。",
        "Muito obrigado!",
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I DM’ed you!", True),
        ("My pleasure", True),
        ("whoops", True),
        ("whoops, the oven fell", False),
        ("on Jul 23rd", True),
        ("am 3. Oktober", True),
        ("what do I have to do on January 1st", False),
        ("Sunday?", False),
    ],
)
def test_who_only_answers_exclaims_or_names_a_day(text: str, expected: bool) -> None:
    assert is_reply([text]).tolist() == [expected]


def test_a_long_text_is_never_vague() -> None:
    assert is_vague(["thanks " * 1000]).tolist() == [False]


def test_a_look_at_the_beginning_says_what_the_whole_text_says(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for name in ("en", "de") for text in _said(name)]
    at_a_glance = is_vague(texts).tolist()
    monkeypatch.setattr(vague, "OPENING", 10_000)
    assert is_vague(texts).tolist() == at_a_glance
    assert any(at_a_glance) and not all(at_a_glance)


def _said(language: str) -> list[str]:
    """The sentences that the reader was taught, and small talk before, behind and between them."""
    taught = [sentence.text for sentence in lexicons.sentences() if sentence.language == language][:400]
    small = ["ok thanks", "Hi there!", "any update?", "I can’t", "danke schön", "…"]
    return taught + small + [f"{a} {b}" for a, b in zip(small * 30, taught, strict=False)]
