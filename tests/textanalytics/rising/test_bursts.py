"""A fault inside a wide theme shows by its words, whatever else is said; what is always said does not burst."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.rising.bursts import HISTORY, Burst, Heard, bursts, matter, spellings

PEOPLE_A_DAY = 30
VIDEO, SYNC, AUDIO = 0, 1, 2


def month(seed: int, sync: int = 0, days: int = HISTORY) -> Heard:
    """Everybody speaks of one word or another; on the last day `sync` people say the video is out of sync."""
    random = np.random.default_rng(seed)
    words = [np.array([VIDEO, 10 + random.integers(40)]) for _ in range(days * PEOPLE_A_DAY)]
    day = np.repeat(np.arange(days), PEOPLE_A_DAY)
    for i in range(sync):
        words[-1 - i] = np.array([VIDEO, SYNC, AUDIO])
    return Heard(words, day, np.arange(len(words)), one_theme(words), days)


def one_theme(words: list[np.ndarray]) -> np.ndarray:
    return np.stack([np.arange(len(words)), np.full(len(words), 5)], axis=1)


@pytest.mark.parametrize("seed", range(4))
def test_a_fault_within_what_everybody_speaks_of_is_found(seed: int) -> None:
    (burst,) = bursts(month(seed, sync=7))
    assert set(burst.words) == {SYNC, AUDIO}
    assert burst.rise.people == len(burst.messages) == 7
    assert burst.rise.false_share < 0.01


def test_two_words_that_are_said_every_day_burst_when_they_meet() -> None:
    random = np.random.default_rng(5)
    comment, load = 1, 2
    words = [np.array([comment if i % 3 else load, 10 + random.integers(40)]) for i in range(HISTORY * 30)]
    day = np.repeat(np.arange(HISTORY), 30)
    for i in range(6):
        words[-1 - i] = np.array([comment, 60 + i, load])
    (burst,) = bursts(Heard(words, day, np.arange(len(words)), one_theme(words), HISTORY))
    assert set(burst.words) == {comment, load}
    assert burst.rise.people == 6


def test_ordinary_months_burst_seldom() -> None:
    found: list[Burst] = [burst for seed in range(60) for burst in bursts(month(seed))]
    assert len(found) <= 1


def scattered(heard: Heard, themes: int) -> Heard:
    """The same, of so many themes in turn."""
    each = np.stack([np.arange(len(heard.words)), np.arange(len(heard.words)) % themes], axis=1)
    return Heard(heard.words, heard.day, heard.person, each, heard.days)


def test_what_is_said_of_many_matters_has_to_rise_more() -> None:
    few, many = month(1, sync=4), month(1, sync=12)
    assert bursts(few) != []
    assert bursts(scattered(few, 5)) == []
    assert bursts(scattered(many, 5)) != []


def test_who_is_of_two_themes_counts_in_both() -> None:
    """Half of the messages are of the theme by a second matter only."""
    heard = month(1, sync=4)
    own = np.stack([np.arange(len(heard.words)), np.arange(len(heard.words)) % 5], axis=1)
    both = Heard(
        heard.words, heard.day, heard.person, np.concatenate([own, one_theme(heard.words)]), heard.days
    )
    assert bursts(scattered(heard, 5)) == []
    assert bursts(both) != []


def test_one_person_who_says_it_ten_times_is_one() -> None:
    heard = month(0, sync=10)
    heard.person[-10:] = heard.person[-1]
    assert bursts(heard) == []


def test_in_the_first_week_every_word_is_new() -> None:
    assert bursts(month(0, sync=9, days=7)) == []
    assert bursts(month(0, sync=9, days=8)) != []


def test_before_a_week_is_over_many_people_say_which_words_are_usual() -> None:
    few, many = month(0, sync=9, days=6), month(0, sync=9, days=6)
    often = np.tile(np.arange(len(many.words)), 5)
    words = [many.words[i] for i in often.tolist()]
    order = np.argsort(many.day[often], kind="stable")
    words, day = [words[i] for i in order.tolist()], many.day[often][order]
    crowd = Heard(words, day, np.arange(len(words)), one_theme(words), 6)
    assert bursts(few) == []
    assert SYNC in bursts(crowd)[0].words


@pytest.mark.parametrize(("one_in", "bursting"), [(30, True), (5, False)])
def test_a_word_that_many_say_every_day_tells_of_no_matter(one_in: int, bursting: bool) -> None:
    """However it rises: on the last day all say it."""
    words = [np.array([SYNC if i % one_in == 0 else 50 + i % 7]) for i in range(HISTORY * 90)]
    words[-90:] = [np.array([SYNC])] * 90
    day = np.repeat(np.arange(HISTORY), 90)
    found = bursts(Heard(words, day, np.arange(len(words)), one_theme(words), HISTORY))
    assert [burst.words for burst in found] == [(SYNC,)] * bursting


def test_a_burst_is_of_the_messages_since_it_rose() -> None:
    heard = month(2, sync=9)
    early = len(heard.words) - 4 * PEOPLE_A_DAY
    heard.words[early] = np.array([VIDEO, SYNC, AUDIO])
    (burst,) = bursts(heard)
    assert early not in burst.messages
    assert len(burst.messages) == 9


def test_nothing_heard_is_no_burst() -> None:
    none = np.zeros(0, np.int64)
    assert bursts(Heard([], none, none, none.reshape(-1, 2), HISTORY)) == []
    assert bursts(Heard([none], none + 0, none, none.reshape(-1, 2), HISTORY)) == []


def test_matter_leaves_small_words_out_and_joins_forms() -> None:
    assert matter("Hello, the refunds and my refund are late @acme https://x.example", "en") == {
        "refund": "refunds",
        "late": "late",
    }
    assert list(matter("Die Züge sind ausgefallen", "de").values()) == ["züge", "ausgefallen"]


def test_the_usual_spelling_of_a_stem_is_shown() -> None:
    said = [{"crash": "crashes"}, {"crash": "crashed"}, {"crash": "crashes", "app": "app"}]
    assert spellings(said) == {"crash": "crashes", "app": "app"}


def test_what_stands_beside_a_matter_is_none() -> None:
    assert set(matter("Sorry, the second lamp was down again for ten minutes", "en").values()) == {"lamp"}
