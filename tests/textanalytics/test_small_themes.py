"""The first messages of a fresh install must already climb the ladder: themes from three messages on."""

from __future__ import annotations

import numpy as np
import pytest

from tests.textanalytics.speech import speak
from textanalytics.base import IntArray
from textanalytics.encoders import default
from textanalytics.themes import ThemeIndex

SAME = {
    "parcel": (
        "My parcel never arrived",
        "Where is my delivery? The parcel is missing",
        "Still waiting for my package",
    ),
    "charge": (
        "I was charged twice for the same order",
        "Double charge on my credit card",
        "You charged me twice",
    ),
    "crash": (
        "The app crashes every time I open it",
        "App keeps crashing on startup",
        "App crash after the update",
    ),
    "hold": (
        "I was on hold for an hour",
        "On hold forever with customer service",
        "Waited on the phone for an hour",
    ),
    "refund": ("My refund has not come", "Refund still not received", "When do I get my refund?"),
    "late": (
        "Der Zug war wieder zu spät",
        "Schon wieder Verspätung, Zug zu spät",
        "Die Bahn ist unpünktlich",
    ),
    "dear": ("Die Fahrkarten sind viel zu teuer", "Ticketpreise zu teuer", "Die Tickets sind überteuert"),
}


def themes(texts: list[str]) -> IntArray:
    index = ThemeIndex()
    ids = index.add(default().encode(texts), texts)
    index.consolidate()
    return index.themes_of(ids)


@pytest.mark.parametrize("matter", SAME)
def test_three_people_with_one_matter_share_a_theme(matter: str) -> None:
    assert len(set(themes(list(SAME[matter])).tolist())) == 1


def test_two_matters_stay_apart_among_the_first_messages() -> None:
    names = list(SAME)
    for one in names:
        for other in names:
            if one != other:
                found = themes([*SAME[one][:2], SAME[other][0]])
                assert found[2] not in found[:2], (one, other)


def test_one_message_has_a_theme_after_consolidation() -> None:
    assert themes(["The app crashes every time I open it"]).tolist() == [0]


def test_a_matter_of_three_is_found_among_a_hundred() -> None:
    noise, _ = speak(97, seed=5)
    planted = [
        "The swimming pool was green",
        "Pool water was green and dirty",
        "Green water in the swimming pool",
    ]
    found = themes(noise + planted)
    assert len(set(found[-3:].tolist())) == 1
    assert np.sum(found == found[-1]) == 3


def test_a_fourth_voice_joins_at_once() -> None:
    index = ThemeIndex()
    texts = [text for said in SAME.values() for text in said[:2]]
    ids = index.add(default().encode(texts), texts)
    index.consolidate()
    more = ["The app keeps crashing when I open it"]
    theme = index.themes_of(index.add(default().encode(more), more))[0]
    assert theme == index.themes_of(ids)[texts.index(SAME["crash"][0])]


def test_messages_one_by_one_keep_what_was_found() -> None:
    index = ThemeIndex()
    seen: dict[str, int] = {}
    for position in range(3):
        for said in SAME.values():
            text = said[position]
            index.add(default().encode([text]), [text])
            index.consolidate()
            for early, theme in seen.items():
                now = index.themes_of(index.add(default().encode([early]), [early]))[0]
                assert now == theme
            if position == 0:
                seen[text] = int(index.themes_of(index.add(default().encode([text]), [text]))[0])


def test_small_talk_shares_the_vague_theme_and_no_other() -> None:
    texts = ["ok thanks", "DM sent", "any update?", "danke", "My parcel never arrived", "Thank you so much"]
    index = ThemeIndex()
    ids = index.add(default().encode(texts), texts)
    index.consolidate()
    found = index.themes_of(ids)
    assert (found == index.vague).tolist() == [True, True, True, True, False, True]
    later = index.add(default().encode(["thanks a lot"]), ["thanks a lot"])
    assert index.themes_of(later).tolist() == [index.vague]
    assert index.vague not in [theme for theme, _ in index.similar(int(found[4]))]
