"""A file that is gathered house by house, or begins with a few old messages, makes nothing new and lets nothing rise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from pivotpoint.insights.ladder.crowd import Crowd
from pivotpoint.insights.ladder.heard import Heard
from pivotpoint.insights.ladder.ladder import Theme
from textanalytics.naming.choosing.titles import Title
from textanalytics.reading.reading import Reader

Row = tuple[int, int, str]
"""Day, label (-1 none), house."""

LAMPS = 0
ALL_DAYS = [(day, -1, "Fjord") for day in range(40) for _ in range(6)]
LATE_LAMPS = [(day, LAMPS, "North") for day in range(30, 40) for _ in range(5)]
NORTH_BEFORE = [(day, -1, "North") for day in range(30) for _ in range(5)]


def lamps(rows: list[Row]) -> Theme:
    heard = Heard(texts=["The lamp is dark"] * len(rows), houses=[house for *_, house in rows], by="brand")
    heard.authors = [f"p{place}" for place in range(len(rows))]
    heard.times = [datetime(2024, 3, 1, tzinfo=UTC) + timedelta(days=day) for day, *_ in rows]
    labels = np.array([label for _, label, _ in rows])
    readings = Reader().read(heard.texts)
    crowd = Crowd(heard, readings, np.arange(len(rows)), labels, cleaned=heard.texts)
    return crowd.theme(LAMPS, Title("Lamp is dark", ("lamp",)), [])


def test_what_came_with_its_house_is_not_new_and_did_not_rise() -> None:
    gathered = lamps([*ALL_DAYS, *LATE_LAMPS])
    assert gathered.to == "North" and not gathered.new and gathered.onset is None


def test_what_its_house_had_not_heard_before_is_new_and_rose() -> None:
    for one in (
        lamps([*ALL_DAYS, *NORTH_BEFORE, *LATE_LAMPS]),
        lamps([(day, label, "Fjord") for day, label, _ in (*ALL_DAYS, *LATE_LAMPS)]),
    ):
        assert one.new and one.onset is not None


def test_after_a_few_old_messages_nothing_is_new() -> None:
    old = [(day, -1, "Fjord") for day in range(0, 360, 20)]
    later = [(360 + day, label, "Fjord") for day, label, _ in (*ALL_DAYS, *LATE_LAMPS)]
    assert lamps([*old, *later]).new
    begins = [(360 + day, LAMPS, "Fjord") for day in range(40) for _ in range(5)]
    others = [(360 + day, -1, "Fjord") for day in range(40)]
    assert not lamps([*old, *others, *begins]).new


def test_what_rose_no_more_than_all_that_its_house_hears_did_not_rise() -> None:
    busy = [(day, -1, "North") for day in range(30, 40) for _ in range(20)]
    before = [(day, label, "North") for day in range(30) for label in (LAMPS, *[-1] * 4)]
    alone = lamps([*ALL_DAYS, *before, *LATE_LAMPS])
    among = lamps([*ALL_DAYS, *before, *LATE_LAMPS, *busy])
    assert alone.to == among.to == "North"
    assert alone.onset is not None and among.onset is None
