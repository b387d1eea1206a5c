"""Planted events are what they say: so many people of one label on set days, in a stream of everything else."""

from __future__ import annotations

import numpy as np
import pytest

from textanalytics.evaluate.planted import DAYS, EVENTS, LASTS, QUIET_DAYS, SIZES, Planted, figures, plant
from textanalytics.evaluate.replay import AGAIN, Alarm, Replay
from textanalytics.evaluate.tables import BadInput

LABELS, EACH = 20, 90


def planted(seed: int = 0, a_day: int = 8) -> Planted:
    labels = [f"matter{i % LABELS}" for i in range(LABELS * EACH)]
    return plant([f"{label} text {i}" for i, label in enumerate(labels)], labels, a_day=a_day, seed=seed)


def test_each_event_has_its_people_on_its_days() -> None:
    made = planted()
    assert len(made.events) == EVENTS
    assert [one.people for one in made.events[:3]] == list(SIZES)
    assert made.events[0].start == QUIET_DAYS
    for i, one in enumerate(made.events):
        heard = made.stream.day[made.event == i]
        a_day = np.bincount(heard, minlength=DAYS)[one.start : one.start + LASTS]
        assert len(heard) == a_day.sum()
        assert (a_day >= one.people).all()


def test_half_of_the_events_are_of_what_was_never_heard_before() -> None:
    made = planted()
    assert sum(one.known for one in made.events) == EVENTS / 2
    for one in made.events:
        own = np.array([text.split()[0] == one.label for text in made.stream.texts])
        before = made.stream.day[own] < one.start
        assert before.any() == one.known


def test_no_message_is_used_twice_and_the_seed_decides() -> None:
    first, again, other = planted(), planted(), planted(seed=1)
    assert len(set(first.stream.texts)) == len(first.stream.texts)
    assert first.stream.texts == again.stream.texts != other.stream.texts


def test_too_small_a_table_is_refused() -> None:
    with pytest.raises(BadInput, match="12 labels with 75 messages"):
        plant(["a", "b"], ["a", "b"], a_day=5, seed=0)
    with pytest.raises(BadInput, match="more than the table holds"):
        planted(a_day=90)


def test_an_alarm_finds_the_event_that_is_a_third_of_it() -> None:
    made = planted()
    own, other = np.flatnonzero(made.event == 1)[:4], np.flatnonzero(made.event == -1)
    start = made.events[1].start
    alarms = [
        Alarm(start + 2, own, ""),
        Alarm(start + 2, np.concatenate([own, other[:20]]), ""),
        Alarm(start + 3, other[:5], AGAIN),
        Alarm(start + 9, own, ""),
    ]
    found = figures(made, Replay(alarms, theme_weeks=100.0))
    assert (found["found"], found["of"], found["mean_delay_days"]) == (1, EVENTS, 2.0)
    assert (found["found_of_3_a_day"], found["found_of_5_a_day"]) == (0, 1)
    assert found["mean_delay_of_3_a_day"] is None
    assert found["false_alarm_days_per_week"] == 50 * 2 / 100
