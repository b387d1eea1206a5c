"""What people complain of and what rose on one day or the next is one wave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from pivotpoint.insights.ladder.crowd import Crowd
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.ladder import Theme, Wave
from pivotpoint.insights.ladder.waves import waves
from tests.pivotpoint.insights.made_ladder import theme
from textanalytics.naming.choosing.titles import Title
from textanalytics.reading.reading import Reader

TITLE = Title("Lamp is dark", ("lamp",))
START = date(2024, 3, 1)
LAMPS, RINGS, PRAISE = 1, 2, 3
DAILY = {LAMPS: [1] * 10 + [8, 6, 1, 1, 1], RINGS: [0] * 10 + [1, 7, 0, 0, 1], PRAISE: [1] * 15}


def crowd() -> Crowd:
    """Each day's people of a theme are the same ones as on other days, and from the second on those of the other themes, too."""
    rows = [
        (label, day, who) for label, days in DAILY.items() for day, n in enumerate(days) for who in range(n)
    ]
    heard = Heard()
    heard.texts = ["The lamp is dark"] * len(rows)
    heard.authors = [f"p{label if who == 0 else 0}-{who}" for label, _, who in rows]
    first = datetime(START.year, START.month, START.day, tzinfo=UTC)
    heard.times = [first + timedelta(days=day) for _, day, _ in rows]
    people = np.unique(heard.authors, return_inverse=True)[1]
    labels = np.array([label for label, *_ in rows])
    return Crowd(heard, Reader().read(heard.texts), people, labels, cleaned=heard.texts)


def rose(label: int, day: int | None, intent: str = "complaint") -> Theme:
    onset = None if day is None else START + timedelta(days=day)
    one = theme("trend", 9, f"Fault {label}", "text")
    return replace(one, id=label, people=sum(DAILY[label]), onset=onset, messages=9, intents={intent: 9})


def found(*themes: Theme) -> list[Wave]:
    return waves(themes, crowd())


def test_two_that_rise_on_one_day_or_the_next_are_one_wave() -> None:
    (wave,) = found(rose(RINGS, 11), rose(LAMPS, 10))
    assert (wave.first, wave.themes, wave.days) == (START + timedelta(days=10), (LAMPS, RINGS), 2)
    assert wave.over and wave.before == 1.0 and wave.after == np.mean([1, 1, 2])


def test_whoever_tells_both_is_one_person() -> None:
    (wave,) = found(rose(LAMPS, 10), rose(RINGS, 11))
    assert wave.people == 2 + 7


def test_what_rises_two_days_later_alone_or_in_praise_is_none() -> None:
    assert found(rose(LAMPS, 10), rose(RINGS, 12)) == []
    assert found(rose(LAMPS, 10), rose(RINGS, None)) == []
    assert found(rose(LAMPS, 10), rose(PRAISE, 10, "praise")) == []


def test_a_wave_that_the_file_ends_with_is_not_over() -> None:
    (wave,) = found(rose(LAMPS, 14), rose(RINGS, 14))
    assert not wave.over and wave.after == 0.0


def test_a_person_who_complains_twice_is_one_who_complains() -> None:
    heard = Heard()
    heard.texts = ["The lamp is broken, I want my money back!"] * 3 + ["I love the lamp, thank you so much"]
    heard.authors, heard.times = ["anna", "anna", "bert", "cleo"], [None] * 4
    people = np.array([0, 0, 1, 2])
    readings = replace(
        Reader().read(heard.texts), intent=("complaint", "complaint", "churn threat", "praise")
    )
    told = Crowd(heard, readings, people, np.full(4, LAMPS), cleaned=heard.texts).theme(LAMPS, TITLE, [0])
    assert told.doers == {"Complained of the most": 2, "Asked the most": 0, "Praised the most": 1}
