from __future__ import annotations

import numpy as np
import pytest

from textanalytics.reading.reading import Reader
from textanalytics.rising.alerts import FALSE_SHARE, false_share, feeling, repeated_share, why_quiet
from textanalytics.trends import unusual

FAULTS = [
    "cannot log in since noon",
    "login broken again",
    "I am locked out",
    "no way to sign in",
    "password refused",
]


def test_a_fault_wakes_somebody() -> None:
    assert why_quiet(FAULTS, [True] * 5) == ""


def test_praise_wakes_nobody() -> None:
    assert why_quiet(FAULTS, [True, False, False, False, False], moods=(1, 4)) == "praise"


def test_where_nobody_is_at_fault_and_few_are_pleased_it_is_no_praise() -> None:
    assert why_quiet(FAULTS, [True, False, False, False, False]) == "no fault"
    assert why_quiet(FAULTS, [False] * 5, moods=(0, 2)) == "no fault"
    assert why_quiet(FAULTS, [False] * 5, moods=(0, 3)) == "praise"
    assert why_quiet([], []) == "no fault"


HURT = [
    "the kettle burst and burned my hand",
    "my kettle burst in the kitchen and burned my arm",
    "your kettle exploded next to my son",
    "kettle blew up, glass in my face",
    "it exploded, I am in hospital",
]


def test_who_is_hurt_complains_or_leaves_is_not_pleased_however_it_sounds() -> None:
    assert [feeling("positive", intent) for intent in ("crisis", "complaint", "churn threat")] == [-1] * 3
    assert [feeling("positive", intent) for intent in ("praise", "request", "other")] == [1] * 3
    assert (feeling("neutral", "question"), feeling("negative", "praise")) == (0, -1)


def test_danger_wakes_somebody_whatever_the_others_say() -> None:
    assert why_quiet(HURT, [True] * 5, moods=(1, 4), crises=2) == ""
    assert why_quiet(HURT, [False] * 5, moods=(0, 5), crises=1) == "", "one of few"
    praised = [f"lovely kettle {n}" for n in range(20)]
    assert why_quiet(praised, [False] * 20, moods=(0, 20), crises=1) == "praise", "one may be misread"
    assert why_quiet(praised, [False] * 20, moods=(0, 20), crises=2) == ""


def test_danger_told_in_the_same_words_is_no_slogan() -> None:
    alike = [f"{who} kettle exploded and burned my hand" for who in ("your", "my", "this", "our", "a")]
    assert why_quiet(alike, [True] * 5, moods=(5, 0)) == "repeats"
    assert why_quiet(alike, [True] * 5, moods=(5, 0), crises=5) == ""


def test_blame_within_a_praised_theme_wakes_somebody() -> None:
    texts, blamed = [f"{text} {n}" for n, text in enumerate(FAULTS * 3)], [True] * 5 + [False] * 10
    assert why_quiet(texts, blamed, moods=(5, 10)) == "praise"
    assert why_quiet(texts, blamed, (5, 100), moods=(5, 10)) == ""
    assert why_quiet(texts, blamed, (35, 100), moods=(5, 10)) == "praise"
    assert why_quiet(texts, [True] * 2 + [False] * 13, (0, 1_000), moods=(2, 13)) == "praise"


def test_one_sentence_that_everybody_repeats_wakes_nobody() -> None:
    quoted = [f"{face} our fleet is on fire today {face}" for face in ("lol", "what", "no", "stop", "haha")]
    assert why_quiet(quoted, [True] * 5) == "repeats"
    assert repeated_share(quoted) == 1.0


def test_the_words_of_a_machine_among_ones_own_are_a_fault() -> None:
    own = (
        "every time I open a video it says something went wrong, please mend it",
        "since the update: something went wrong, tap to retry, and nothing plays on my tablet",
        "I pay for this and all I read is something went wrong, tap to retry",
        "restarted twice, something went wrong again and again on two phones",
        "my children cannot watch anything, something went wrong, tap to retry all day long",
    )
    assert why_quiet(own, [True] * 5) == ""
    assert repeated_share(own) == 0.0


def test_what_is_asked_for_while_most_are_pleased_wakes_nobody() -> None:
    asked = [f"{text}?" for text in FAULTS * 2]
    assert why_quiet(asked, [True] * 10) == ""
    assert why_quiet(asked, [True] * 10, moods=(1, 5)) == "praise"
    assert why_quiet(asked, [True] * 10, moods=(6, 5)) == ""
    assert why_quiet(asked, [True] * 10, moods=(4, 3)) == "no fault"
    assert why_quiet(asked, [True] * 10, moods=(4, 2)) == ""
    assert why_quiet(asked, [True] * 10, moods=(0, 2)) == ""


def test_what_some_ask_for_while_the_others_chat_of_it_wakes_nobody() -> None:
    asked = [f"{text}?" for text in FAULTS * 2]
    assert why_quiet(asked, [True] * 8 + [False] * 2, moods=(1, 0)) == "no fault"
    assert why_quiet(asked, [True] * 8 + [False] * 2, moods=(3, 0)) == ""


def test_blame_among_many_who_are_pleased_still_wakes_somebody() -> None:
    texts = [f"{text} {n}" for n, text in enumerate(FAULTS * 4)]
    assert why_quiet(texts, [True] * 12 + [False] * 8, (1, 100), moods=(5, 15)) == ""
    assert why_quiet(texts, [True] * 12 + [False] * 8, (30, 100), moods=(5, 15)) == "praise"


PRAISE = {
    "en": ("I love the new lounge", "great crew today, thank you", "best airline ever", "how do I get such a pass? love it",
           "the new seats are wonderful", "thanks for the free upgrade, so happy"),
    "de": ("Ich liebe das neue Angebot", "Super Service heute, vielen Dank!", "Die beste Bahn der Welt", "Toll, dass es endlich WLAN gibt",
           "Das neue Design ist wunderschön", "Danke für die Freikarte, ich freue mich sehr"),
    "es": ("Me encanta la nueva sala", "excelente atención, muchas gracias", "la mejor aerolínea", "¡Qué maravilla de asientos nuevos!",
           "gracias por el regalo, estoy feliz", "muy buen servicio, felicidades"),
}  # fmt: skip


@pytest.mark.parametrize("language", PRAISE)
def test_praise_as_it_is_read_wakes_nobody(language: str) -> None:
    texts = PRAISE[language]
    read = Reader().read(list(texts))
    faults = [mood == "negative" or bool(acts) for mood, acts in zip(read.mood, read.actionable, strict=True)]
    felt = list(map(feeling, read.mood, read.intent))
    assert why_quiet(texts, faults, moods=(felt.count(-1), felt.count(1))) == "praise"


def test_who_was_hurt_as_it_is_read_wakes_somebody() -> None:
    texts = [
        "your battery exploded and burned my hand",
        "the battery exploded and burned my leg",
        "battery exploded in my bag and burned my hand",
        "my battery exploded and burned my hand badly",
        "battery exploded on the table and burned my hand",
    ]
    read = Reader().read(texts)
    felt = list(map(feeling, read.mood, read.intent))
    assert felt == [-1] * 5
    assert why_quiet(texts, [True] * 5, moods=(5, 0), crises=list(read.intent).count("crisis")) == ""


def test_a_few_alike_are_no_campaign() -> None:
    assert why_quiet(["the app is not working"] * 3, [True] * 3) == ""


def test_among_many_themes_more_is_asked_of_each() -> None:
    chance = np.array([1e-3])
    assert false_share(chance, 10)[0] == pytest.approx(0.01)
    assert false_share(chance, 1_000)[0] == 1.0


def test_what_rises_together_supports_one_another() -> None:
    shares = false_share(np.array([0.01, 0.001, 0.002]), 10)
    assert shares.tolist() == pytest.approx([0.1 / 3, 0.01, 0.01])
    assert false_share(np.array([]), 5).tolist() == []


@pytest.mark.parametrize("seed", range(3))
def test_hardly_a_quiet_day_wakes_somebody_among_five_hundred_themes(seed: int) -> None:
    random = np.random.default_rng(seed)
    people, everyone = random.poisson(2, (500, 60)), random.poisson(1_000, 60)
    alarm, chance = unusual(people, everyone)
    woken = 0
    for day in range(20, 60):
        woken += bool((alarm[:, day] & (false_share(chance[:, day], 500) <= FALSE_SHARE)).any())
    assert woken <= 4, "of forty days"
