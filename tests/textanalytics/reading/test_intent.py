from __future__ import annotations

import pytest

from textanalytics.reading.reading import Reader

READER = Reader()


@pytest.mark.parametrize(
    ("text", "intent", "function"),
    [
        ("I was charged twice and want my money back", "complaint", "finance"),
        ("My sofa arrived with a missing leg", "complaint", "supply"),
        ("your agent was rude and hung up on me", "complaint", "service"),
        ("your advert on tv is misleading", "complaint", "marketing"),
        ("the new version of the app is terrible, it crashes", "complaint", "product"),
        ("How do I reset my password?", "question", "product"),
        ("Please add a dark mode to the app", "request", "product"),
        ("I would like to upgrade my plan", "request", "sales"),
        ("Love the new update, so fast", "praise", "product"),
        ("Der Zug fällt schon wieder aus", "complaint", "supply"),
        ("Mir wurde der Betrag doppelt abgebucht", "complaint", "finance"),
        ("Ich möchte meinen Vertrag kündigen", "churn threat", "sales"),
        ("Wie setze ich mein Kennwort zurück?", "question", "product"),
        ("Der Schaffner war super freundlich", "praise", "service"),
    ],
)
def test_what_is_wanted_and_of_whom(text: str, intent: str, function: str) -> None:
    read = READER.read([text])
    assert (read.intent[0], read.function[0]) == (intent, function)


@pytest.mark.parametrize("text", ["this is ridiculous", "see you tomorrow", "je voudrais parler"])
def test_no_function_where_nothing_points_anywhere(text: str) -> None:
    assert READER.read([text]).function == [""]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("the checkout page shows an error since this morning", True),
        ("when will the blue sofa be in stock again?", True),
        ("you suck", False),
        ("thanks for the quick help", False),
        ("ok", False),
        ("50% off everything, shop now https://example.org/sale", False),
    ],
)
def test_actionable_means_that_somebody_would_know_what_to_do(text: str, acts: bool) -> None:
    assert bool(READER.read([text]).actionable[0]) is acts


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to upgrade my room",
        "turn the volume down",
        "schedule a call for Monday",
        "find me a hotel in Lisbon",
        "Ich hätte gerne einen Rückruf",
        "Buchen Sie mir einen Tisch",
        "Quisiera cambiar mi dirección",
        "Je voudrais changer mon adresse",
        "Vorrei prenotare una camera",
        "Ik wil graag mijn adres wijzigen",
    ],
)
def test_who_says_what_to_do_requests_it(text: str) -> None:
    assert READER.read([text]).intent == ["request"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I'd like to know why I was charged twice", "complaint"),
        ("transfer failed again", "complaint"),
        ("I'd like to thank the crew on flight 22", "praise"),
        ("Ich fahre sehr gern mit euch", "praise"),
        ("we play cards every Monday", "other"),
    ],
)
def test_what_only_looks_like_a_request_is_none(text: str, intent: str) -> None:
    assert READER.read([text]).intent == [intent]
